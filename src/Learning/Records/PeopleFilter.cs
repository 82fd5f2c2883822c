using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Records;

/// <summary>How far somebody's record is theirs: what the business unit picks people by.</summary>
public enum PersonState
{
    /// <summary>No employment today: whoever walked in, or left an agency and has not named the next.</summary>
    Waiting,

    /// <summary>Counted as somebody else (P3).</summary>
    Merged,

    /// <summary>A number without identity (P5).</summary>
    Erased,
}

/// <summary>Whom somebody looks for among the people; null: any. What is not a role or a state is no filter.</summary>
/// <param name="Words">Parts of names or addresses; each has to be found.</param>
/// <param name="Agency">An agency's code; its departments count as it.</param>
/// <param name="Role">A role's word, or <see cref="Trainer"/>.</param>
/// <param name="Account">Whether they have ever signed in.</param>
public sealed record PeopleFilter(string? Words, string? Agency, string? Role, bool? Account, PersonState? State, int Page)
{
    /// <summary>Stands among the roles, though trainers are named on their sessions.</summary>
    public const string Trainer = "trainer";

    /// <summary>Characters of what somebody looks for.</summary>
    public const int LongestWords = 200;

    /// <summary>Nobody in particular.</summary>
    public static readonly PeopleFilter All = new(null, null, null, null, null, 1);

    /// <summary>Reads what an address asks for.</summary>
    public static PeopleFilter Of(string? words, string? agency, string? role, string? account, string? state, string? page) => new(
        Said(words), Said(agency), Said(role) is { } one && (one == Trainer || Learning.Database.Words.TryParse<Role>(one, out _)) ? one.ToLower(British.Culture) : null,
        account switch { "yes" => true, "no" => false, _ => null }, Learning.Database.Words.TryParse<PersonState>(state, out var found) ? found : null,
        int.TryParse(page, out var number) && number is > 0 and < 100_000 ? number : 1);

    /// <summary>The address of the list with this filter.</summary>
    public string Address => $"/manage/people{Query}";

    /// <summary>The address of the same people as a file.</summary>
    public string FileAddress => $"/manage/people.csv{(this with { Page = 1 }).Query}";

    // One line, and what a database can be asked for.
    private static string? Said(string? text) =>
        string.Join(' ', (text ?? "").Replace("\0", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line
            ? line[..Math.Min(line.Length, LongestWords)] : null;

    private string Query
    {
        get
        {
            var asked = new (string Name, string? Value)[]
                {
                    ("q", Words), ("agency", Agency), ("role", Role), ("account", Account is { } has ? has ? "yes" : "no" : null), ("state", State?.Word()),
                    ("page", Page > 1 ? Page.ToString(British.Culture) : null),
                }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "" : $"?{string.Join('&', asked)}";
        }
    }
}
