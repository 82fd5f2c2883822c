using System.Collections.Concurrent;
using System.Text.RegularExpressions;

using HandlebarsDotNet;

using Markdig;

using YamlDotNet.Serialization;

namespace Learning.Messages;

/// <summary>What a template became: subject, plain text and a whole HTML page.</summary>
public sealed record Words(string Subject, string Text, string Html);

/// <summary>
/// The templates of content/emails: one Markdown file a kind, with its subject in a YAML head; foot.md ends every letter, frame.html holds its HTML.
/// All are read when the program starts. Values are text: neither Markdown nor HTML in them has any effect. A name that a template uses and nobody gave
/// is an error, never an empty place.
/// </summary>
public sealed partial class LetterTemplates
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private readonly Dictionary<string, Template> templates = [];
    private readonly ConcurrentDictionary<(string Kind, int Version), Template> own = new();
    private readonly IHandlebars markdown = Engine(new MarkdownEscape()), plain = Engine(null);
    private readonly string foot;
    private readonly HandlebarsTemplate<object, object> frame;

    /// <summary>Reads the folder. Throws <see cref="InvalidDataException"/> that names the file that is not a template.</summary>
    public LetterTemplates(string folder)
    {
        var html = Engine(new HtmlEncoder());
        foot = File.ReadAllText(Path.Combine(folder, "foot.md"));
        frame = html.Compile(File.ReadAllText(Path.Combine(folder, "frame.html")));
        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Where(file => Path.GetFileName(file) != "foot.md"))
        {
            try
            {
                var (subject, body) = Split(File.ReadAllText(file));
                templates[Path.GetFileNameWithoutExtension(file)] = Compile(subject, body);
            }
            catch (Exception e) when (e is HandlebarsException or YamlDotNet.Core.YamlException or FormatException)
            {
                throw new InvalidDataException($"{file}: {e.Message}", e);
            }
        }
    }

    /// <summary>The kinds that have a template.</summary>
    public IReadOnlyCollection<string> Kinds => templates.Keys;

    /// <summary>The words of a kind as they are delivered.</summary>
    public LetterWords Delivered(string kind) => new(kind, null, templates[kind].SubjectWords, templates[kind].BodyWords);

    /// <summary>The names that a kind's words may use.</summary>
    public IReadOnlyList<string> Names(string kind) => [.. NamesIn(templates[kind].SubjectWords + templates[kind].BodyWords).Union(Everywhere).Order(StringComparer.Ordinal)];

    /// <summary>Why words cannot be a letter of the kind; null: they can.</summary>
    public string? WhyNot(string kind, string subject, string body)
    {
        if (NamesIn(subject + body).Except(Names(kind)).FirstOrDefault() is { } unknown)
        {
            return $"This letter knows no {{{{{unknown}}}}}";
        }

        try
        {
            Compile(subject, body);
            LetterText.Of(Markdown.Parse(Braces().Replace(body, "x"), Pipeline));
            return body.Contains("{{{", StringComparison.Ordinal) || subject.Contains("{{{", StringComparison.Ordinal) || body.Contains("{{&", StringComparison.Ordinal) ? "Use two braces, not three" : null;
        }
        catch (Exception e) when (e is HandlebarsException or NotSupportedException or ArgumentException)
        {
            return $"It cannot be read: {Letter.OneLine(e.Message)}";
        }
    }

    /// <summary>Fills a template, or the words that count instead.</summary>
    public Words Fill(string kind, IReadOnlyDictionary<string, object?> values, LetterWords? instead = null)
    {
        var template = instead switch
        {
            null => templates.GetValueOrDefault(kind) ?? throw new InvalidDataException($"There is no content/emails/{kind}.md."),
            { Version: { } version } => own.GetOrAdd((kind, version), _ => Compile(instead.Subject, instead.Body)),
            _ => Compile(instead.Subject, instead.Body),
        };
        var subject = Letter.OneLine(template.Subject(values));
        var document = Markdown.Parse(template.Body(values), Pipeline);
        return new Words(subject, LetterText.Of(document), frame(new Dictionary<string, object?> { ["subject"] = subject, ["body"] = document.ToHtml(Pipeline) }));
    }

    private static readonly string[] Everywhere = ["name", "site", "partnership", "contact"];

    private Template Compile(string subject, string body) => new(plain.Compile(subject), markdown.Compile($"{body.TrimEnd()}\n\n{foot}"), subject, body.Trim());

    // {{name}}, {{#if name}}, {{#each name}}, {{@root.name}}; "this" and "else" are the language's own.
    private static IEnumerable<string> NamesIn(string words) => Braces().Matches(words).SelectMany(match => match.Groups[1].Value.Trim('#', '/', '^', '&', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(word => word.StartsWith("@root.", StringComparison.Ordinal) ? word[6..] : word).Where(word => word is not ("if" or "else" or "each" or "unless" or "this")).Distinct();

    [GeneratedRegex(@"\{\{\{?([^{}]*)\}?\}\}")]
    private static partial Regex Braces();

    private static IHandlebars Engine(ITextEncoder? encoder) =>
        Handlebars.Create(new HandlebarsConfiguration { TextEncoder = encoder, NoEscape = encoder is null, ThrowOnUnresolvedBindingExpression = true });

    private static (string Subject, string Body) Split(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("---\n", 3);
        if (parts is not ["", var head, var body]
            || new Deserializer().Deserialize<Dictionary<string, string>>(head) is not { Count: 1 } read || !read.TryGetValue("subject", out var subject))
        {
            throw new FormatException("a template begins with a line ---, a line subject: \"…\" and a line ---.");
        }

        return (subject, body);
    }

    private sealed record Template(HandlebarsTemplate<object, object> Subject, HandlebarsTemplate<object, object> Body, string SubjectWords, string BodyWords);
}
