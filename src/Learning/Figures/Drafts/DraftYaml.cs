using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Learning.Figures.Drafts;

/// <summary>
/// The text of a definition that was typed into the builder: one key a line, and of each line the field that it came from, so that a mistake that is found in the text is told beside its field.
/// </summary>
public sealed partial class DraftYaml
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> lines = [];
    private readonly List<string> fields = [];

    /// <param name="period">The period that the form's dates stand for.</param>
    public DraftYaml(ReportDraft draft, PeriodChoice period)
    {
        Add("Input.Name", $"report: {Word(draft.Name)}");
        Add("Input.Title", $"title: {Word(draft.Title)}");
        Add("Input.Period", $"period: {period.Yaml}");
        Several("Input.Boards", "boards", draft.Boards ?? [], "");
        Add("figures", "figures:");
        foreach (var (figure, number) in (draft.Figures ?? []).Select((figure, number) => (figure, number)))
        {
            Write(figure, $"Input.Figures[{number}].");
        }
    }

    /// <summary>The text.</summary>
    public string Text => string.Join('\n', lines) + "\n";

    /// <summary>The field that a line came from.</summary>
    public string FieldOf(int line) => line >= 1 && line <= fields.Count ? fields[line - 1] : "Input.Title";

    /// <summary>A name for addresses and references, of a title: "professionals-trained-in-gcp2".</summary>
    public static string NameOf(string? title)
    {
        var name = NotOfNames().Replace((title ?? "").ToLowerInvariant(), "-").Trim('-');
        return name.Length <= 60 ? name : name[..60].TrimEnd('-');
    }

    private void Write(FigureDraft figure, string field)
    {
        Add(field + "Id", $"  - id: {Word(string.IsNullOrWhiteSpace(figure.Id) ? NameOf(figure.Title) : figure.Id)}");
        One(field + "Title", "title", figure.Title);
        One(field + "Measure", "measure", figure.Measure);
        Several(field + "Programmes", "programme", Codes(figure.Programmes));
        Several(field + "Courses", "courses", Codes(figure.Courses));
        Several(field + "Kinds", "kind", figure.Kinds ?? []);
        Several(field + "Boards", "board", figure.Boards ?? []);
        Several(field + "Sectors", "sector", Codes(figure.Sectors));
        Several(field + "Owners", "owner", Codes(figure.Owners));
        Several(field + "Agencies", "agency", Codes(figure.Agencies));
        Several(field + "Levels", "level", Codes(figure.Levels));
        One(field + "Professionals", "who", figure.Professionals ? "professionals" : null);
        if (PeriodChoice.Read(figure.Period) is { } own)
        {
            Add(field + "Period", $"    period: {own.Yaml}");
        }

        One(field + "Window", "window", figure.Window);
        Several(field + (figure.By == figure.AndBy ? "AndBy" : "By"), "by", [.. new[] { figure.By, figure.AndBy }.OfType<string>().Where(by => by.Length > 0)]);
        One(field + "Phrase", "phrase", figure.Phrase);
        One(field + "Sentence", "sentence", figure.Sentence);
        One(field + "Easy", "easy", figure.Easy);
        One(field + "Heading", "heading", figure.Heading);
    }

    private void One(string field, string key, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Add(field, $"    {key}: {Word(text)}");
        }
    }

    private void Several(string field, string key, string[] words, string indent = "    ")
    {
        if (words.Length > 0)
        {
            Add(field, $"{indent}{key}: [{string.Join(", ", words.Select(Word))}]");
        }
    }

    private void Add(string field, string line)
    {
        fields.Add(field);
        lines.Add(line);
    }

    private static string[] Codes(string? text) => (text ?? "").Split([';', '\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Quoted unless nothing in it can mean something else. A line break that somebody pasted is a space.
    private static string Word(string? text)
    {
        var word = Breaks().Replace(text ?? "", " ").Trim();
        return Plain().IsMatch(word) ? word : JsonSerializer.Serialize(word, Quoting);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 _/-]*(?<! )$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"[\r\n\t\v\f\u0085\u2028\u2029]+")]
    private static partial Regex Breaks();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotOfNames();
}
