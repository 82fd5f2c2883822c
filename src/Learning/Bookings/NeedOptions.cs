namespace Learning.Bookings;

/// <summary>
/// What is often needed at a conference, to tick beside words of one's own. What is ticked is kept as lines of the needs that the booking has anyway, so that it is seen, met and deleted with them (P5), and
/// can be counted for a caterer without a name.
/// </summary>
public static class NeedOptions
{
    public static readonly IReadOnlyList<string> Food = ["Vegetarian", "Vegan", "Halal", "Kosher", "Gluten free", "Dairy free", "Nut allergy"];
    public static readonly IReadOnlyList<string> Access = ["Step-free access", "Accessible parking space", "Hearing loop", "British Sign Language interpreter", "Large print", "A quiet room", "A personal assistant comes along"];

    /// <summary>All of them, in the order of the page.</summary>
    public static IEnumerable<string> All => Food.Concat(Access);

    /// <summary>One text of what was ticked and what was written; null for nothing.</summary>
    public static string? Join(IEnumerable<string>? ticked, string? words) => SaidNeeds.Of(string.Join('\n', [.. All.Intersect(ticked ?? []), words?.Trim() ?? ""]));

    /// <summary>The same apart again.</summary>
    public static (IReadOnlyList<string> Ticked, string? Words) Split(string? needs)
    {
        var lines = (needs ?? "").ReplaceLineEndings("\n").Split('\n');
        return ([.. All.Intersect(lines.Select(line => line.Trim()))], SaidNeeds.Of(string.Join('\n', lines.Where(line => !All.Contains(line.Trim())))));
    }
}
