using Learning.Time;

namespace Learning.Required;

/// <summary>What a lead looks for among what their people need; null: any.</summary>
/// <param name="Words">Parts of names; each has to be found.</param>
/// <param name="Agency">The code of one of their agencies; its departments count as it.</param>
/// <param name="Course">A course's code.</param>
public sealed record RequiredFilter(string? Words, string? Agency, string? Course, RequiredState? State, int Page)
{
    private const int Longest = 100;

    /// <summary>Reads what an address asks for.</summary>
    public static RequiredFilter Of(string? words, string? agency, string? course, string? state, string? page) => new(
        Plain(words), Plain(agency), Plain(course),
        state switch { "in-date" => RequiredState.InDate, "due" => RequiredState.Due, "overdue" => RequiredState.Overdue, _ => null },
        int.TryParse(page, out var number) && number is > 0 and < 100_000 ? number : 1);

    public string Address => $"/agency/required{Query}";

    public string FileAddress => $"/agency/required.csv{(this with { Page = 1 }).Query}";

    public static string WordOf(RequiredState state) => state switch { RequiredState.InDate => "in-date", RequiredState.Due => "due", _ => "overdue" };

    private string Query
    {
        get
        {
            var asked = new (string Name, string? Value)[]
                { ("q", Words), ("agency", Agency), ("course", Course), ("state", State is { } state ? WordOf(state) : null), ("page", Page > 1 ? Page.ToString(British.Culture) : null) }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "" : $"?{string.Join('&', asked)}";
        }
    }

    private static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() .Replace("\0", "", StringComparison.Ordinal) is { Length: > Longest } much ? much[..Longest] : text.Trim().Replace("\0", "", StringComparison.Ordinal);
}
