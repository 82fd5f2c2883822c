using System.Globalization;
using System.Text.Encodings.Web;

using Learning.Time;

using Npgsql;

namespace Learning.Records.Held;

/// <summary>Everything that is held about somebody as one page to read and to print: a file that needs nothing else and runs nothing.</summary>
internal static class HeldHtml
{
    private const string Style = """
        body{font:1rem/1.5 system-ui,sans-serif;color:#12262b;max-width:64rem;margin:0 auto;padding:1.5rem}
        h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.375rem;margin:2.5rem 0 .25rem}p{margin:.25rem 0 .75rem;max-width:44rem}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid #c9d5d6}th{border-bottom:2px solid #12262b}
        dl{margin:0;padding:.75rem 0;border-top:1px solid #c9d5d6;display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:.25rem 1.25rem}dl .wide{grid-column:1/-1}
        dt{font-size:.875rem;color:#48595d}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        nav ul{columns:2;padding-left:1.25rem}a{color:#0b6068}.quiet{color:#48595d}
        @media(max-width:40em){nav ul{columns:1}}@media print{body{max-width:none;padding:0}nav{display:none}h2{break-after:avoid}tr,dl{break-inside:avoid}}
        """;

    public static async Task WriteAsync(HeldAbout about, NpgsqlConnection connection, Stream output, Zone zone, CancellationToken stop)
    {
        await using var text = new StreamWriter(output, leaveOpen: true);
        await text.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Everything held about {Safe(about.Name)}</title><style>{Style}</style></head><body>
            <h1>Everything held about {Safe(about.Name)}</h1>
            <p>By {Safe(about.Partnership)}, on {British.Moment(zone.LocalOf(about.At))}. Times are local. Other people are not named: only the role in which they did something.</p>
            <p>If something is wrong, or you want it erased, or you have a question: <a href="mailto:{Safe(about.Contact)}">{Safe(about.Contact)}</a>. You can also complain to the Information Commissioner’s Office, ico.org.uk.</p>
            <nav aria-label="Contents"><ul>{string.Concat(Everything.Sections.Select(section => $"<li><a href=\"#{section.Key}\">{Safe(section.Title)}</a></li>"))}</ul></nav>

            """);
        foreach (var section in Everything.Sections)
        {
            await SectionAsync(text, section, section.RowsAsync(connection, about, stop), zone);
        }

        await text.WriteAsync("</body></html>\n");
    }

    private static async Task SectionAsync(TextWriter text, Section section, IAsyncEnumerable<object?[]> rows, Zone zone)
    {
        await text.WriteAsync($"<section aria-labelledby=\"{section.Key}\"><h2 id=\"{section.Key}\">{Safe(section.Title)}</h2>\n");
        if (section.About.Length > 0)
        {
            await text.WriteAsync($"<p class=\"quiet\">{Safe(section.About)}</p>\n");
        }

        var any = false;
        await foreach (var row in rows)
        {
            if (!any && !section.Long)
            {
                await text.WriteAsync($"<div class=\"scroll\"><table><thead><tr>{string.Concat(section.Columns.Select(column => $"<th scope=\"col\">{Safe(column.Heading)}</th>"))}</tr></thead><tbody>\n");
            }

            any = true;
            await text.WriteAsync(section.Long
                ? $"<dl>{string.Concat(section.Columns.Select((column, i) => row[i] is null ? "" : Item(column.Heading, Words(row[i], zone))))}</dl>\n"
                : $"<tr>{string.Concat(row.Select(value => $"<td>{Safe(Words(value, zone))}</td>"))}</tr>\n");
        }

        await text.WriteAsync(!any ? "<p>Nothing.</p>" : section.Long ? "" : "</tbody></table></div>");
        await text.WriteAsync("</section>\n");
    }

    private static string Item(string heading, string words) => $"<div{(words.Length > 40 ? " class=\"wide\"" : "")}><dt>{Safe(heading)}</dt><dd>{Safe(words)}</dd></div>";

    private static string Words(object? value, Zone zone) => value switch
    {
        null => "–",
        bool yes => yes ? "yes" : "no",
        DateTimeOffset at => $"{British.ShortDate(zone.DateOf(at))}, {British.Time(TimeOnly.FromDateTime(zone.LocalOf(at)))}",
        DateOnly day => British.DateWithoutDay(day),
        string[] several => several.Length == 0 ? "–" : string.Join(", ", several),
        Json json => json.Text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
