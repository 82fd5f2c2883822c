using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using Learning.Figures;
using Learning.Figures.Publishing;
using Learning.People;
using Learning.Reports;
using Learning.Tests.Reports;

namespace Learning.Tests.Figures.Publishing;

/// <summary>A report is published in every form (F10): the same numbers in each, and in none a number that is held back (F6).</summary>
public sealed partial class PublicationTests(SigningSite site) : IClassFixture<SigningSite>
{
    private const string Formula = "=HYPERLINK(\"http://evil.example\";\"press\")", RightToLeft = "مجلس المدينة", Emoji = "Safe 😀 Team & <Sons>";
    private static (SigningSite Site, string Report)? made;
    private static readonly string Long = "Agency of a very long name, " + string.Concat(Enumerable.Repeat("Southend-on-Sea and ", 9)) + "others";

    [Fact] // F6, F10, S3: page, JSON, Word, Excel, CSV, PDF and Easy Read, read back; names that a spreadsheet or a page could take for something else
    public async Task Every_form_says_the_same_and_none_more()
    {
        var report = await PublishedAsync();
        var visitor = site.Nobody();
        var publication = (await site.With((ShowPublication show) => show.FindAsync(report, null, Actor.Nobody, default)))!;
        var (word, excel, csv, pdf) = (await FileAsync(report, "docx"), await FileAsync(report, "xlsx"), await FileAsync(report, "tables"), await FileAsync(report, "pdf"));
        Assert.All([word, excel], file => Assert.Empty(ReadBack.Invalid(file)));
        var (easyWord, easyPdf) = (await FileAsync(report, "easyread"), new TaggedPdf(await FileAsync(report, "easyread-pdf")));
        var tagged = new TaggedPdf(pdf);
        var tables = publication.Figures.Where(figure => figure.Table is not null).ToList();
        Assert.Equal(["people", "both", "filled", "once"], tables.Select(figure => figure.Id));
        var (ofWord, ofPdf) = (ReadBack.OfWord(word), ReadBack.OfPdf(tagged));
        var texts = new List<string> { ReadBack.TextOfWord(word), ReadBack.TextOfExcel(excel), tagged.Root.All, tagged.Untagged, ReadBack.TextOfWord(easyWord), easyPdf.Root.All };
        for (var number = 0; number < tables.Count; number++)
        {
            var figure = tables[number];
            var expected = ReadBack.Expected(figure);
            Assert.Equal(expected, ofWord[number]);
            Assert.Equal(expected.ConvertAll(Turned), ofPdf[number].ConvertAll(Turned));
            Assert.Equal(expected, ReadBack.OfExcel(excel, figure.Id, value => FigureTable.Print(figure.Measure, value)));
            var (lines, text) = await ReadBack.OfCsvAsync(csv, figure.Id);
            Assert.Equal(expected.ConvertAll(line => line.Replace(" | |", " |", StringComparison.Ordinal)), lines);
            var page = await visitor.Get($"/figures/{report}/{figure.Id}");
            Assert.Equal(expected, ReadBack.Lines(page.Document.QuerySelector($"#t-{figure.Id}")!.Closest("table")!.QuerySelectorAll("tbody tr, tfoot tr")
                .Select(row => row.Children.Select(cell => cell.TextContent.Replace(" held back", "", StringComparison.Ordinal)))));
            var json = await visitor.Http.GetStringAsync($"/figures/{report}/{figure.Id}.json");
            using var parsed = JsonDocument.Parse(json);
            Assert.Equal(
                figure.Table!.All.SelectMany(row => row.Cells).Select(cell => cell.Printed).Where(printed => printed.Length > 0).Order(StringComparer.Ordinal),
                parsed.RootElement.GetProperty("figure").GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("printed").GetString()!).Order(StringComparer.Ordinal));
            texts.AddRange([text, page.Text, json, await visitor.Http.GetStringAsync($"/figures/{report}/{figure.Id}.csv")]);
        }

        texts.Add((await visitor.Get($"/reports/{report}")).Text);
        var easy = await visitor.Get($"/reports/{report}/easy-read");
        texts.AddRange([easy.Text, await visitor.Http.GetStringAsync($"/figures/{report}/people.svg"), await visitor.Http.GetStringAsync($"/reports/{report}/figures.csv")]);
        foreach (var figure in publication.Figures)
        {
            Assert.Contains(figure.Sentence, texts[0], StringComparison.Ordinal);
            Assert.Contains(figure.Sentence, tagged.Root.All, StringComparison.Ordinal);
            Assert.All(figure.Easy, sentence => Assert.All([easy.Text, texts[4], easyPdf.Root.All], text => Assert.Contains(sentence, text, StringComparison.Ordinal)));
        }

        // 17 is held back so that 3 cannot be worked out; nothing says it, nor what it is a part of.
        Assert.Contains("X", string.Join(' ', ReadBack.Expected(tables[0])), StringComparison.Ordinal);
        Assert.All(texts, text => Assert.DoesNotMatch(Held(), Digest().Replace(text, "")));
        Assert.Contains(publication.Figures[0].Table!.Rows, row => row.Name == Formula);
    }

    [Fact] // F10: tags in the order in which it is read, header cells, text alternatives, title, language, bookmarks
    public async Task The_PDF_can_be_read_by_everybody()
    {
        var pdf = new TaggedPdf(await FileAsync(await PublishedAsync(), "pdf"));
        Assert.Equal(("en-GB", true, true), (pdf.Language, pdf.Marked, pdf.ShowsTitle));
        Assert.StartsWith("Report R", pdf.Title, StringComparison.Ordinal);
        var tags = pdf.Root.Every.ToList();
        Assert.Equal(["H1", "P", "P", "H2", "P", "P", "P", "Figure", "P", "P", "Table"], tags.First(tag => tag.Kind == "Document").Within.Take(11).Select(tag => tag.Kind));
        Assert.Equal(pdf.Bookmarks, tags.Where(tag => tag.Kind is "H1" or "H2").Select(tag => tag.All));
        Assert.All(tags.Where(tag => tag.Kind == "Figure"), figure => Assert.NotEmpty(figure.Alt ?? ""));
        Assert.Contains("The most", tags.First(tag => tag.Kind == "Figure").Alt, StringComparison.Ordinal);
        var table = tags.First(tag => tag.Kind == "Table");
        Assert.All(table.Within[0].Within, cell => Assert.Equal(("TH", "Column"), (cell.Kind, cell.Scope)));
        Assert.All(table.Within.Skip(1), row => Assert.Equal([("TH", "Row"), ("TD", null)], row.Within.Select(cell => (cell.Kind, cell.Scope))));
        Assert.Contains("Page 1", pdf.Untagged, StringComparison.Ordinal);
    }

    [Fact] // F9, F10: every published revision has an entry of the feed and an address that stays; exports of it by somebody are on the trail (S3)
    public async Task A_publication_is_told_by_a_feed_and_what_is_taken_is_on_the_trail()
    {
        var report = await PublishedAsync();
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await site.Nobody().Http.GetStringAsync("/reports/feed.atom")).Root!;
        var entry = feed.Elements(atom + "entry").Single(one => one.Element(atom + "id")!.Value.EndsWith($"/reports/{report}/r1", StringComparison.Ordinal));
        var address = new Uri(entry.Element(atom + "link")!.Attribute("href")!.Value).AbsolutePath;
        Assert.Equal(HttpStatusCode.OK, (await site.Nobody().Get(address)).Status);
        Assert.Contains("Signed by Helen", entry.Element(atom + "summary")!.Value, StringComparison.Ordinal);

        var subgroup = await site.As(Role.SubgroupMember);
        Assert.Equal(HttpStatusCode.OK, (await subgroup.Http.GetAsync($"/reports/{report}/download/docx?revision=r1")).StatusCode);
        Assert.Equal(1, await site.Ground.Sql<int>($"select count(*)::int from audit_entries where verb = 'exported a report as Word' and details->>'report' = '{report}'"));
        foreach (var none in new[] { "/download/doc", "/download/docx?revision=r2", "/download/docx?revision=x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await site.Nobody().Http.GetAsync($"/reports/{report}{none}")).StatusCode);
        }
    }

    [Fact] // F7: what is signed and not published is taken by those who see figures alone, and their copy holds small numbers back too (F6)
    public async Task What_is_not_published_is_not_given_to_everybody()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 17);
        await site.Held(course, 3, agency: await site.Told.Given.Agency());
        var report = await site.Report(course, "people: measure: people, by: [agency]");
        Assert.IsType<SigningOutcome.Signed>(await site.Sign(report, await site.Chair()));
        foreach (var path in new[] { "download/pdf", "easy-read" })
        {
            Assert.StartsWith("/account/sign-in", (await site.Nobody().Get($"/reports/{report}/{path}")).Path, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(report, await site.Nobody().Http.GetStringAsync("/reports/feed.atom"), StringComparison.Ordinal);
        // As a number of its own: the code of a course or a fingerprint may have both figures in it.
        Assert.DoesNotMatch(@"\b17\b", ReadBack.TextOfWord(await (await site.As(Role.Chair)).Http.GetByteArrayAsync($"/reports/{report}/download/docx")));
        Assert.Contains("ask some before you publish it", (await (await site.As(Role.BusinessUnit)).Get($"/reports/{report}/easy-read")).Text, StringComparison.Ordinal);
    }

    [Fact] // F10: a comparison with another year is of what both signed, for everybody only once both are published
    public async Task A_trend_is_of_published_values()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 8);
        var chair = await site.Chair();
        var (one, other) = (await site.Report(course, "same: measure: attendances"), await site.Report(course, "same: measure: attendances"));
        foreach (var report in new[] { one, other })
        {
            Assert.IsType<SigningOutcome.Signed>(await site.Sign(report, chair));
        }

        Assert.Null(await site.With((PublishReport publish) => publish.RunAsync(one, 1, chair)));
        Assert.DoesNotContain("As each report signed it", (await site.Nobody().Get($"/figures/{one}/same")).Text, StringComparison.Ordinal);
        Assert.Null(await site.With((PublishReport publish) => publish.RunAsync(other, 1, chair)));
        var page = await site.Nobody().Get($"/figures/{one}/same");
        Assert.Equal(2, page.Document.QuerySelector("#trend-table")!.Closest("table")!.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("as each report signed it", ReadBack.TextOfWord(await FileAsync(one, "docx")), StringComparison.Ordinal);
    }

    // People of four agencies, one of them few; a rate; one row; none.
    private async Task<string> PublishedAsync()
    {
        if (made is { } known && known.Site == site)
        {
            return known.Report;
        }

        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course(title: "Course, \"quoted\" 😀");
        var agencies = new List<Agency>();
        foreach (var name in new[] { Formula, RightToLeft, Emoji, Long })
        {
            agencies.Add(await site.Told.Given.Agency(name));
        }

        foreach (var (agency, came) in agencies.Zip([17, 23, 3, 29]))
        {
            await site.Held(course, came, agency: agency);
        }

        var report = await site.Report(course,
            "people: measure: people, by: [agency], phrase: over 10, sentence: \"{phrase} people know it.\", easy: \"{phrase} people came.\"",
            "both: measure: attendances, by: [agency, month], sentence: \"There were {phrase} attendances.\"",
            "filled: measure: fill_rate, by: [agency], sentence: \"{phrase} of the places were filled.\"",
            "once: measure: sessions_held, by: [course], sentence: \"{phrase} sessions were held.\"",
            "none: measure: completions, by: [agency], sentence: \"There were {phrase} completions.\"");
        var chair = await site.Chair();
        Assert.IsType<SigningOutcome.Signed>(await site.Sign(report, chair));
        Assert.Null(await site.With((PublishReport publish) => publish.RunAsync(report, 1, chair)));
        made = (site, report);
        return report;
    }

    private Task<byte[]> FileAsync(string report, string form) => site.Nobody().Http.GetByteArrayAsync($"/reports/{report}/download/{form}");

    // Letters that are read from right to left stand in a PDF in the order in which they are seen.
    private static string Turned(string line) => line.Any(letter => letter is >= '\u0600' and <= '\u06FF') ? string.Concat(line.Order()) : line;

    [GeneratedRegex(@"(?<![\w.,])17(?![\d,]|\.\d)")]
    private static partial Regex Held();

    [GeneratedRegex("sha256:[0-9a-f]+")]
    private static partial Regex Digest();
}
