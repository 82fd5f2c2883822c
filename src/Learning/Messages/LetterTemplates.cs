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
public sealed class LetterTemplates
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private readonly Dictionary<string, Template> templates = [];
    private readonly HandlebarsTemplate<object, object> frame;

    /// <summary>Reads the folder. Throws <see cref="InvalidDataException"/> that names the file that is not a template.</summary>
    public LetterTemplates(string folder)
    {
        var (markdown, plain, html) = (Engine(new MarkdownEscape()), Engine(null), Engine(new HtmlEncoder()));
        var foot = File.ReadAllText(Path.Combine(folder, "foot.md"));
        frame = html.Compile(File.ReadAllText(Path.Combine(folder, "frame.html")));
        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Where(file => Path.GetFileName(file) != "foot.md"))
        {
            try
            {
                var (subject, body) = Split(File.ReadAllText(file));
                templates[Path.GetFileNameWithoutExtension(file)] = new Template(plain.Compile(subject), markdown.Compile($"{body.TrimEnd()}\n\n{foot}"));
            }
            catch (Exception e) when (e is HandlebarsException or YamlDotNet.Core.YamlException or FormatException)
            {
                throw new InvalidDataException($"{file}: {e.Message}", e);
            }
        }
    }

    /// <summary>The kinds that have a template.</summary>
    public IReadOnlyCollection<string> Kinds => templates.Keys;

    /// <summary>Fills a template.</summary>
    public Words Fill(string kind, IReadOnlyDictionary<string, object?> values)
    {
        var template = templates.GetValueOrDefault(kind) ?? throw new InvalidDataException($"There is no content/emails/{kind}.md.");
        var subject = Letter.OneLine(template.Subject(values));
        var document = Markdown.Parse(template.Body(values), Pipeline);
        return new Words(subject, LetterText.Of(document), frame(new Dictionary<string, object?> { ["subject"] = subject, ["body"] = document.ToHtml(Pipeline) }));
    }

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

    private sealed record Template(HandlebarsTemplate<object, object> Subject, HandlebarsTemplate<object, object> Body);
}
