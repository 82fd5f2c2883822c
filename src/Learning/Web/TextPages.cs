using Learning.Messages;
using Learning.People;

namespace Learning.Web;

/// <summary>A page of words: help, accessibility, privacy, cookies.</summary>
public sealed record TextPageWords(string Title, string? Lead, string Body)
{
    /// <summary>
    /// The page as an installation says it: {partnership}, {area} and {contact} are its own, and {years}, {notice-days} and {needs-days} how long things are kept in it (P5). What stands there is
    /// text, whatever it holds.
    /// </summary>
    public TextPageWords Of(Installation site, RetentionPeriods periods) => this with
    {
        Body = new (string Name, string Value)[]
            {
                ("partnership", site.Partnership), ("area", site.Area), ("contact", site.Contact), ("years", $"{periods.Years}"), ("notice-days", $"{periods.NoticeDays}"), ("needs-days", $"{periods.NeedsDays}"),
            }
            .Aggregate(Body, (body, one) => body.Replace($"{{{one.Name}}}", Plain(one.Value), StringComparison.Ordinal)),
    };

    private static string Plain(string value)
    {
        using var text = new StringWriter();
        new MarkdownEscape().Encode(value, text);
        return text.ToString();
    }
}

/// <summary>
/// The pages of words under content/pages/, one Markdown file each, beginning with a title and a lead between lines of three
/// dashes. Read once.
/// </summary>
public sealed class TextPages(string folder)
{
    private readonly Lazy<Dictionary<string, TextPageWords>> all = new(() => Read(folder));

    /// <summary>The page of that name, or null.</summary>
    public TextPageWords? Find(string name) => all.Value.GetValueOrDefault(name);

    private static Dictionary<string, TextPageWords> Read(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*.md").ToDictionary(file => Path.GetFileNameWithoutExtension(file), ReadFile);

    private static TextPageWords ReadFile(string file)
    {
        var lines = File.ReadAllLines(file);
        var end = lines.Length > 0 && lines[0] == "---" ? Array.IndexOf(lines, "---", 1) : -1;
        if (end < 0) throw new InvalidDataException($"{file}:1:1: begins with no title between lines of three dashes");

        string? Value(string key) => lines[1..end].FirstOrDefault(line => line.StartsWith(key + ": ", StringComparison.Ordinal))?[(key.Length + 2)..];
        var title = Value("title") ?? throw new InvalidDataException($"{file}:2:1: has no title");
        return new(title, Value("lead"), string.Join('\n', lines[(end + 1)..]));
    }
}
