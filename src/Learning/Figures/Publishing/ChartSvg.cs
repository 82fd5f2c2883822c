using System.Globalization;
using System.Security;
using System.Text;

namespace Learning.Figures.Publishing;

/// <summary>A figure's chart as an SVG file, to be put into another document: bars with their names and numbers in words, a title and a description for whoever has it read out. It has its own colours, and those of a forced theme.</summary>
public static class ChartSvg
{
    private const int Width = 760, Names = 280, Step = 30, Top = 84, Letters = 32;

    /// <summary>The file; null where the figure has no chart.</summary>
    public static string? Of(PublishedFigure figure) => (PublishedCharts.Of(figure) ?? PublishedCharts.Trend(figure)) is { } bars ? Draw(bars, figure.Reference) : null;

    private static string Draw(PaperPart.Bars bars, string reference)
    {
        var height = Top + (Step * bars.Rows.Count) + 34;
        var longest = Math.Max(1e-9, bars.Rows.Max(bar => bar.Length ?? 0));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" aria-labelledby="title says" lang="en-GB">
            <title id="title">{Safe(bars.Caption)}</title>
            <desc id="says">{Safe($"{bars.Says} {string.Join("; ", bars.Rows.Select(bar => $"{bar.Name}: {bar.Printed}"))}.")}</desc>
            <style>text{"{"}font:15px Arial,Helvetica,sans-serif;fill:#111c1e{"}"}.h{"{"}font-weight:bold{"}"}.q{"{"}font-size:13px;fill:#454f52{"}"}rect{"{"}fill:#0b5351{"}"}@media(forced-colors:active){"{"}text{"{"}fill:CanvasText{"}"}rect{"{"}fill:Highlight{"}"}{"}"}</style>

            """);
        var title = Lines(bars.Caption, 92);
        for (var line = 0; line < Math.Min(2, title.Count); line++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"h\" x=\"0\" y=\"{18 + (20 * line)}\">{Safe(title[line])}{(line == 1 && title.Count > 2 ? "…" : "")}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"q\" x=\"0\" y=\"62\">{Safe(Short(bars.Says, 110))}</text>\n");
        foreach (var (bar, number) in bars.Rows.Select((bar, number) => (bar, number)))
        {
            var (y, length) = (Top + (Step * number), (int)Math.Round((Width - Names - 90) * Math.Max(0, bar.Length ?? 0) / longest));
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 15}\">{Safe(Short(bar.Name, Letters))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Names}\" y=\"{y}\" width=\"{length}\" height=\"20\"/><text class=\"h\" x=\"{Names + length + 8}\" y=\"{y + 15}\">{Safe(bar.Printed)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"q\" x=\"0\" y=\"{height - 8}\">Reference {Safe(reference)}</text>\n</svg>\n");
        return svg.ToString();
    }

    private static List<string> Lines(string text, int letters)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= letters)
            {
                lines.Add("");
            }

            lines[^1] = Short(lines[^1].Length == 0 ? word : $"{lines[^1]} {word}", letters);
        }

        return lines;
    }

    private static string Short(string text, int letters) => text.Length <= letters ? text : text[..(char.IsHighSurrogate(text[letters - 2]) ? letters - 2 : letters - 1)] + "…";

    private static string Safe(string text) => SecurityElement.Escape(PlainText.Of(text));
}
