using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Learning.ELearning;

/// <summary>
/// An author's Markdown as HTML, to stand inside <c>app-prose</c>. Raw HTML is shown as text, never run, and a link goes to the web, to a
/// telephone or to an e-mail. <c>{{field}}</c> becomes the local contact of that name.
/// </summary>
public static partial class CourseMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly string[] Schemes = ["https:", "tel:", "mailto:"];

    /// <summary>The names of the local contacts that a text uses.</summary>
    public static IEnumerable<string> Fields(string markdown) =>
        Field().Matches(markdown).Select(m => m.Groups[1].Value).Distinct();

    public static string ToHtml(string markdown, LocalContacts? local = null)
    {
        var filled = Field().Replace(markdown, m => local?.Find(m.Groups[1].Value)?.Markdown ?? "your safeguarding lead");
        var document = Markdown.Parse(filled, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = Schemes.Any(s => link.Url?.StartsWith(s, StringComparison.OrdinalIgnoreCase) == true) ? link.Url : "#";
        }

        return document.ToHtml(Pipeline);
    }

    /// <summary>The same for a few words inside a sentence, without a paragraph of their own.</summary>
    public static string Inline(string markdown) =>
        ToHtml(markdown).Trim() is var html && html.StartsWith("<p>", StringComparison.Ordinal) ? html[3..^4] : "";

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Field();
}
