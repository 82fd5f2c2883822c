namespace Learning.Web;

/// <summary>A sentence about one field; <paramref name="Field"/> is the name that the field is posted under.</summary>
public sealed record Mistake(string Field, string Sentence);

/// <summary>
/// What is wrong with what was typed. The page shows each sentence twice: in the summary at the top, which links to the
/// field, and beside the field. The first sentence about a field stands; the order is the order of the fields.
/// </summary>
public sealed class Mistakes
{
    private readonly List<Mistake> all = [];

    /// <summary>All mistakes, in the order in which they were added.</summary>
    public IReadOnlyList<Mistake> All => all;

    /// <summary>Whether there is a mistake at all.</summary>
    public bool Any => all.Count > 0;

    /// <summary>Adds a sentence for a field, unless the field already has one.</summary>
    public void Add(string field, string sentence)
    {
        if (For(field) is null) all.Add(new(field, sentence));
    }

    /// <summary>Adds the sentence when the text is empty or only spaces; says whether there is text.</summary>
    public bool Require(string field, string? text, string sentence)
    {
        if (!string.IsNullOrWhiteSpace(text)) return true;
        Add(field, sentence);
        return false;
    }

    /// <summary>The sentence for a field, or null.</summary>
    public string? For(string field) => all.Find(mistake => mistake.Field == field)?.Sentence;

    /// <summary>The id of a field in the page, from the name it is posted under: "Input.Email" is "Input_Email".</summary>
    public static string Id(string field) => field.Replace('.', '_').Replace('[', '_').Replace("]", "", StringComparison.Ordinal);
}
