using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Learning.ELearning;

/// <summary>
/// An author's Markdown as HTML, to stand inside <c>app-prose</c>. Raw HTML is shown as text, never run; a link goes to the web, to a telephone or to an e-mail; a picture is one of the course's
/// own (<see cref="CoursePictures"/>) or its alternative text. <c>{{field}}</c> becomes the local contact of that name.
/// </summary>
public static partial class CourseMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    // Slower, and knows the line of what is inside a paragraph: for messages to authors.
    private static readonly MarkdownPipeline Placed = new MarkdownPipelineBuilder().DisableHtml().UsePreciseSourceLocation().Build();

    private static readonly string[] Schemes = ["https:", "tel:", "mailto:"];

    /// <summary>The names of the local contacts that a text uses.</summary>
    public static IEnumerable<string> Fields(string markdown) =>
        Field().Matches(markdown).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>The pictures that a text shows, each with its line from 0.</summary>
    internal static IReadOnlyList<LinkInline> Pictures(string markdown) =>
        [.. Markdown.Parse(markdown, Placed).Descendants<LinkInline>().Where(link => link.IsImage)];

    internal static string AltOf(LinkInline picture) => string.Concat(picture.Descendants<LiteralInline>().Select(text => text.Content.ToString()));

    public static string ToHtml(string markdown, LocalContacts? local = null, CoursePictures? pictures = null)
    {
        var filled = Field().Replace(markdown, m => local?.Find(m.Groups[1].Value)?.Markdown ?? "your safeguarding lead");
        var document = Markdown.Parse(filled, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage)
            {
                Show(link, pictures?.Find(link.Url));
            }
            else
            {
                link.Url = Schemes.Any(s => link.Url?.StartsWith(s, StringComparison.OrdinalIgnoreCase) == true) ? link.Url : "#";
            }
        }

        return document.ToHtml(Pipeline);
    }

    /// <summary>The same for a few words inside a sentence, without a paragraph of their own.</summary>
    public static string Inline(string markdown) =>
        ToHtml(markdown).Trim() is var html && html.StartsWith("<p>", StringComparison.Ordinal) ? html[3..^4] : "";

    private static void Show(LinkInline link, CoursePicture? picture)
    {
        if (picture is null)
        {
            link.ReplaceBy(new LiteralInline(AltOf(link)));
            return;
        }

        link.Url = picture.Address;
        var attributes = link.GetAttributes();
        attributes.AddClass("app-picture");
        // With its size said, nothing on the page moves when it comes.
        attributes.AddProperty("width", $"{picture.Width}");
        attributes.AddProperty("height", $"{picture.Height}");
    }

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Field();
}
