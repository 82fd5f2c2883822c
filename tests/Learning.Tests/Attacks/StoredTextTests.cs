using System.Globalization;
using System.Net.Mime;

using AngleSharp.Html.Parser;

using CsvHelper;

namespace Learning.Tests.Attacks;

/// <summary>Hostile text that is already in the database, wherever it is shown: on pages, in exports, in headers.</summary>
public sealed class StoredTextTests(PoisonedSite poisoned) : IClassFixture<PoisonedSite>
{
    [Fact]
    public void It_is_everywhere_and_no_page_breaks()
    {
        Assert.Superset(new HashSet<string> { "persons.family_name", "persons.given_name", "agencies.name", "courses.title", "sessions.venue", "messages.why", "employments.job_title" }.Where(poisoned.Columns.Contains).ToHashSet(), poisoned.Columns.ToHashSet());
        Assert.True(poisoned.Columns.Count >= 8, string.Join(", ", poisoned.Columns));
        Assert.Empty(poisoned.Answers.Where(one => (int)one.Answer.StatusCode >= 500 && one.Name != "GET /error").Select(one => $"{one.Name}: {(int)one.Answer.StatusCode}"));
        Assert.True(poisoned.Answers.Count(one => one.Text.Contains("alert(1)", StringComparison.Ordinal)) >= 15, "Too few pages show it.");
    }

    [Fact]
    public void No_page_runs_or_loads_anything_of_it()
    {
        var wrong = new List<string>();
        foreach (var (name, answer, text) in poisoned.Answers.Where(one => one.Answer.Content.Headers.ContentType?.MediaType == MediaTypeNames.Text.Html))
        {
            var document = new HtmlParser().ParseDocument(text);
            wrong.AddRange(document.All.Where(element => element.LocalName is "script" && (!element.HasAttribute("src") || element.TextContent.Trim().Length > 0)).Select(_ => $"{name}: an inline script"));
            // The register's blank rows are templates of ours, the same on every page and about nobody.
            wrong.AddRange(document.All.Where(element => element.LocalName is "iframe" or "object" or "embed" or "base" or "portal" || (element.LocalName == "template" && !element.HasAttribute("data-row") && !element.HasAttribute("data-seat")) || (element.LocalName == "meta" && element.HasAttribute("http-equiv"))).Select(element => $"{name}: <{element.LocalName}>"));
            wrong.AddRange(from element in document.All
                           from attribute in element.Attributes
                           where attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc" or "srcset"
                               || (attribute.Name is "src" or "href" or "action" or "formaction" or "poster" or "data" && !IsOurs(attribute.Value))
                           select $"{name}: <{element.LocalName} {attribute.Name}=\"{attribute.Value}\">");
            Assert.DoesNotContain("unsafe", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public void No_cell_of_an_export_is_a_formula()
    {
        var exports = poisoned.Answers.Where(one => one.Answer.IsSuccessStatusCode && one.Answer.Content.Headers.ContentType?.MediaType == "text/csv").ToList();
        Assert.Superset(new HashSet<string> { "GET /reports/{report}/figures.csv", "GET /manage/people.csv" }, exports.Select(one => one.Name).ToHashSet());
        Assert.Contains(exports, one => one.Text.Contains("HYPERLINK", StringComparison.Ordinal));
        foreach (var (name, _, text) in exports)
        {
            using var csv = new CsvParser(new StringReader(text), CultureInfo.InvariantCulture);
            while (csv.Read())
            {
                foreach (var cell in csv.Record!)
                {
                    Assert.False(cell.TrimStart() is ['=' or '+' or '@' or '\t' or '\r', ..] || (cell is ['-', ..] && !double.TryParse(cell, CultureInfo.InvariantCulture, out _)), $"{name}: {cell}");
                }
            }
        }
    }

    [Fact]
    public void No_header_holds_any_of_it_and_a_file_has_the_name_that_we_gave()
    {
        var files = 0;
        foreach (var (name, answer, _) in poisoned.Answers)
        {
            var headers = answer.Headers.Concat(answer.Content.Headers).ToList();
            Assert.DoesNotContain(headers, header => header.Key == "X-Injected");
            Assert.DoesNotContain(headers, header => header.Value.Any(value => value.Contains("alert(", StringComparison.Ordinal) || value.Contains("HYPERLINK", StringComparison.Ordinal) || value.Any(char.IsControl)));
            if (answer.Content.Headers.ContentDisposition is { } disposition)
            {
                files++;
                Assert.Matches("^[a-z0-9.-]+$", disposition.FileName!.Trim('"'));
            }
        }

        Assert.True(files > 0);
    }

    [Fact]
    public void What_the_API_tells_is_JSON_and_nothing_else()
    {
        foreach (var (name, answer, text) in poisoned.Answers.Where(one => one.Name.StartsWith("GET /api/", StringComparison.Ordinal)))
        {
            Assert.EndsWith("json", answer.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
            using var json = System.Text.Json.JsonDocument.Parse(text);
            Assert.False(text.Contains("<script>", StringComparison.OrdinalIgnoreCase) && answer.Content.Headers.ContentType.MediaType == MediaTypeNames.Text.Html, name);
        }
    }

    private static bool IsOurs(string address) => address is ['/' , not ('/' or '\\'), ..] or "/" or "" or ['#' or '?', ..]
        || address.StartsWith("mailto:", StringComparison.Ordinal) || address.StartsWith("tel:", StringComparison.Ordinal) || (Uri.TryCreate(address, UriKind.Absolute, out var own) && own.Scheme == "http" && own.IsLoopback)
        || (Uri.TryCreate(address, UriKind.Absolute, out var other) && other.Scheme == "https" && other.UserInfo.Length == 0 && !address.AsSpan().ContainsAny('<', '"', '\n'));
}
