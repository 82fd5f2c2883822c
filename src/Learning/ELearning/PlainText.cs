using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Learning.ELearning;

/// <summary>Markdown as a reader hears it: its sentences and its words. A heading and a list item end a sentence.</summary>
public static partial class PlainText
{
    public static IReadOnlyList<string> Sentences(string markdown) =>
        [.. Blocks(markdown).SelectMany(text => SentenceEnd().Split(text)).Select(s => s.Trim()).Where(s => Words(s) > 0)];

    public static int Words(string text) => Word().Count(text);

    private static IEnumerable<string> Blocks(string markdown) =>
        Markdown.Parse(Placeholder().Replace(markdown, "contact"))
            .Descendants<LeafBlock>()
            .Where(block => block is not HeadingBlock && block.Inline is not null)
            .Select(block => string.Concat(block.Inline!.Descendants<Inline>().Where(inline => !IsOfPicture(inline)).Select(Said)));

    // The alternative text is heard instead of the picture, not beside it.
    private static bool IsOfPicture(Inline inline) => inline.Parent is LinkInline { IsImage: true } || (inline.Parent is { } parent && IsOfPicture(parent));

    private static string Said(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        _ => "",
    };

    // A full stop inside brackets or quotation marks ends the sentence with them; "2:10pm." and "s. 42" do not occur in plain English.
    [GeneratedRegex(@"(?<=[.!?…]['""”’)]*)\s+|(?<=:)\s*$")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’:.-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\{\s*\w+\s*\}\}")]
    private static partial Regex Placeholder();
}
