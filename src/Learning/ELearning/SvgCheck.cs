using System.Xml;

namespace Learning.ELearning;

/// <summary>A drawing that only draws: no script, no handler, nothing from elsewhere, nothing that moves, and no words that neither grow nor are read out.</summary>
internal static class SvgCheck
{
    /// <summary>A letter or a number beside a part of the drawing may stand in it; a word belongs beside it.</summary>
    public const int LongestText = 3;

    private static readonly string[] Drawn =
    [
        "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "symbol", "marker", "clipPath", "mask", "pattern", "linearGradient",
        "radialGradient", "stop", "text", "tspan", "style",
    ];

    public static IEnumerable<(int Line, string Sentence)> Of(string svg)
    {
        var found = new List<(int, string)>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            Walk(reader, found);
        }
        catch (XmlException mistake)
        {
            found.Add((Math.Max(1, mistake.LineNumber), "is no well-formed SVG, or has a document type"));
        }

        return found;
    }

    private static void Walk(XmlReader reader, List<(int, string)> found)
    {
        var (first, inside) = (true, new Stack<string>());
        while (reader.Read())
        {
            var line = ((IXmlLineInfo)reader).LineNumber;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    found.AddRange(OfElement(reader, first).Select(sentence => (line, sentence)));
                    first = false;
                    if (!reader.IsEmptyElement)
                    {
                        inside.Push(reader.LocalName);
                    }

                    break;
                case XmlNodeType.EndElement:
                    inside.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when inside.TryPeek(out var element):
                    found.AddRange(OfText(element, reader.Value).Select(sentence => (line, sentence)));
                    break;
                case XmlNodeType.ProcessingInstruction:
                    found.Add((line, "has a processing instruction"));
                    break;
            }
        }
    }

    private static IEnumerable<string> OfElement(XmlReader reader, bool first)
    {
        var name = reader.LocalName;
        if (first && (name != "svg" || reader.NamespaceURI != "http://www.w3.org/2000/svg" || reader.GetAttribute("viewBox") is null))
        {
            yield return "begins with <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 width height\">, so that it fits every screen";
        }

        if (!Drawn.Contains(name))
        {
            yield return $"has <{name}>: a picture draws, and runs, loads and moves nothing";
        }

        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            {
                yield return $"has the event handler {reader.LocalName}";
            }
            else if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns" && IsForeign(reader.LocalName, reader.Value))
            {
                yield return $"refers to something outside the picture: {reader.LocalName}=\"{(reader.Value.Length > 60 ? reader.Value[..60] + "…" : reader.Value)}\"";
            }
        }

        reader.MoveToElement();
    }

    private static IEnumerable<string> OfText(string element, string text)
    {
        if (element == "style" && IsForeign("style", text))
        {
            yield return "has a style that loads something, or moves";
        }

        if (element is "text" or "tspan" && text.Trim().Length > LongestText)
        {
            yield return $"has the words “{text.Trim()}”: put them beside the picture or into its alternative text, where they can grow and be read out";
        }
    }

    private static bool IsForeign(string attribute, string value) =>
        attribute is "href" or "src" ? !value.TrimStart().StartsWith('#')
        : value.Replace(" ", "", StringComparison.Ordinal) is var plain
            && (plain.Replace("url(#", "", StringComparison.OrdinalIgnoreCase).Contains("url(", StringComparison.OrdinalIgnoreCase)
                || new[] { "@import", "@keyframes", "animation:", "javascript:", "expression(", "\\" }.Any(word => plain.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
