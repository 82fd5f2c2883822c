using System.Text;

using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Learning.Messages;

/// <summary>A letter's Markdown as plain text: one paragraph a line, list items with a dash or their number, and the address after the words of each link.</summary>
internal static class LetterText
{
    public static string Of(MarkdownDocument document)
    {
        var text = new StringBuilder();
        foreach (var block in document)
        {
            Write(block, "", text);
            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Write(Block block, string indent, StringBuilder text)
    {
        switch (block)
        {
            case ThematicBreakBlock:
                text.Append(indent).Append("--------\n");
                break;
            case LeafBlock { Inline: { } inline }:
                text.Append(indent).Append(Words(inline).Trim().Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append('\n');
                break;
            case ListBlock list:
                var number = list.IsOrdered ? int.Parse(list.OrderedStart ?? "1") : 0;
                foreach (var item in list.Cast<ListItemBlock>())
                {
                    WriteItem(item, list.IsOrdered ? $"{number++}. " : "- ", indent, text);
                }

                break;
            case ContainerBlock container:
                foreach (var inner in container)
                {
                    Write(inner, indent, text);
                }

                break;
            default:
                throw new NotSupportedException($"A letter has no {block.GetType().Name}: use headings, paragraphs, lists and links.");
        }
    }

    private static void WriteItem(ListItemBlock item, string sign, string indent, StringBuilder text)
    {
        var inside = new StringBuilder();
        foreach (var block in item)
        {
            Write(block, indent + new string(' ', sign.Length), inside);
        }

        text.Append(indent).Append(sign).Append(inside.ToString()[(indent.Length + sign.Length)..]);
    }

    private static string Words(ContainerInline inlines) => string.Concat(inlines.Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        LineBreakInline line => line.IsHard ? "\n" : " ",
        LinkInline link => Link(Words(link), link.Url ?? ""),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        CodeInline code => code.Content,
        ContainerInline inner => Words(inner),
        _ => throw new NotSupportedException($"A letter has no {inline.GetType().Name}."),
    }));

    private static string Link(string words, string address)
    {
        address = address.StartsWith("mailto:", StringComparison.Ordinal) ? address["mailto:".Length..] : address;
        return words == address ? words : $"{words}: {address}";
    }
}
