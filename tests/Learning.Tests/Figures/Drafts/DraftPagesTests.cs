using System.Net;
using System.Text;

using Learning.Figures;
using Learning.People;
using Learning.Tests.Reports;
using Learning.Tests.Support;

namespace Learning.Tests.Figures.Drafts;

/// <summary>The report builder without a script: every press is a form post; each mistake is beside its field, with what was typed kept.</summary>
public sealed class DraftPagesTests(SigningSite site) : IClassFixture<SigningSite>
{
    private static readonly (string, string?)[] Whole =
    [
        ("Input.Title", "Training: the year, “again”"), ("Input.Name", "Drafted"), ("Input.Period", "2024-04-01/2025-04-01"), ("Input.Figures[0].Title", "People trained"), ("Input.Figures[0].Measure", "people"),
        ("Input.Figures[0].Phrase", "exact"), ("Input.Figures[0].Sentence", "{phrase} people: “all” of them."),
    ];

    [Fact] // F1, F5, F7
    public async Task A_report_is_built_previewed_kept_and_changed()
    {
        var course = await CourseAsync(3);
        var unit = await site.As(Role.BusinessUnit);
        var form = await (await unit.Get("/reports")).Follow("New report");
        var preview = await form.Submit("Preview", With(("Input.Figures[0].Courses", course)));
        Assert.Contains("3 people: “all” of them.", preview.Text);
        Assert.Null((await site.With((ReportDefinitions definitions) => definitions.FindAsync("Drafted", default))));

        var more = await preview.Submit("Add a figure", With(("Input.Figures[0].Courses", course)));
        Assert.Equal("Training: the year, “again”", Value(more, "Input.Title"));
        var two = await more.Submit("Move up figure 2", With(
            ("Input.Figures[0].Courses", course), ("Input.Figures[1].Title", "Places filled"), ("Input.Figures[1].Measure", "fill_rate"), ("Input.Figures[1].Courses", course), ("Input.Figures[1].By", "month")));
        Assert.Equal(("Places filled", "People trained"), (Value(two, "Input.Figures[0].Title"), Value(two, "Input.Figures[1].Title")));
        var kept = await two.Submit("Keep this report as a draft");
        Assert.Equal("/reports/Drafted", kept.Path);
        Assert.Contains("Not counted yet", kept.Text);

        var definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync("drafted", default)))!;
        Assert.Equal(["places-filled", "people-trained"], definition.Figures.Select(figure => figure.Id));
        Assert.Equal(("Training: the year, “again”", "{phrase} people: “all” of them."), (definition.Title, definition.Figures[1].Sentence));

        var edit = await kept.Follow("Change the definition");
        var changed = await edit.Submit("Keep as the next version", ("Input.Figures[0].Measure", "places_offered"), ("Input.Period", "own"), ("Input.From", "01/10/2023"), ("Input.LastDay", "31/03/2025"));
        Assert.Equal("/reports/Drafted", changed.Path);
        definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync("Drafted", default)))!;
        Assert.Equal((new DateOnly(2023, 10, 1), new DateOnly(2025, 4, 1), Measure.PlacesOffered), (definition.Period.From, definition.Period.To, definition.Figures[0].Measure));
        var versions = await unit.Get("/reports/Drafted/edit");
        Assert.Contains("2, now", versions.Text);
        Assert.Equal(definition.Yaml, await unit.Http.GetStringAsync("/reports/Drafted/definition.yaml"));
        Assert.Contains("fill_rate", await unit.Http.GetStringAsync("/reports/Drafted/definition.yaml?version=1"));
    }

    [Theory] // F1, T2: a sentence beside the field, what was typed kept, nothing written
    [InlineData("Input.LastDay", "The period ends before it starts", "Input.Period=own", "Input.From=01/04/2025", "Input.LastDay=31/03/2024")]
    [InlineData("Input.From", "Give the first day", "Input.Period=own", "Input.From=yesterday", "Input.LastDay=31/03/2024")]
    [InlineData("Input.Period", "Choose the period", "Input.Period=")]
    [InlineData("Input.Title", "Give the report a title", "Input.Title= ")]
    [InlineData("Input.Name", "letters, digits and hyphens are allowed", "Input.Name=a/b")]
    [InlineData("Input.Name", "an address of this site", "Input.Name=new")]
    [InlineData("Input.Figures[0].Measure", "Choose what figure 1 counts", "Input.Figures[0].Measure=")]
    [InlineData("Input.Figures[0].Measure", "'measure' cannot be 'peeple'", "Input.Figures[0].Measure=peeple")]
    [InlineData("Input.Figures[0].Programmes", "There is no programme 'NOWHERE'", "Input.Figures[0].Programmes=NOWHERE")]
    [InlineData("Input.Figures[0].Courses", "There is no course 'C\"1'", "Input.Figures[0].Courses=C\"1")]
    [InlineData("Input.Figures[0].Agencies", "There is no agency '[x]'", "Input.Figures[0].Agencies=[x]")]
    [InlineData("Input.Figures[0].Sentence", "no {phrase}", "Input.Figures[0].Sentence=Nobody: #1")]
    [InlineData("Input.Figures[0].By", "has no agency to be broken down by", "Input.Figures[0].Measure=sessions_held", "Input.Figures[0].By=agency")]
    [InlineData("Input.Figures[0].AndBy", "twice", "Input.Figures[0].By=month", "Input.Figures[0].AndBy=month")]
    [InlineData("Input.Figures[0].Window", "has no window", "Input.Figures[0].Measure=courses_available", "Input.Figures[0].Window=since-start")]
    [InlineData("Input.Figures[0].Professionals", "does not know who is a professional", "Input.Figures[0].Measure=sessions_held", "Input.Figures[0].Professionals=true")]
    [InlineData("Input.Figures[0].Id", "letters, digits and hyphens are allowed", "Input.Figures[0].Id=a b")]
    public async Task A_mistake_is_told_beside_its_field(string field, string sentence, params string[] typed)
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var unit = await site.As(Role.BusinessUnit);
        var fields = typed.Select(one => one.Split('=', 2)).Select(pair => (pair[0], (string?)pair[1])).ToArray();
        var answer = await (await unit.Get("/reports/new")).Submit("Keep this report as a draft", With(fields));
        Assert.Equal((HttpStatusCode.OK, "/reports/new"), (answer.Status, answer.Path));
        var id = field.Replace('.', '_').Replace('[', '_').Replace("]", "", StringComparison.Ordinal);
        Assert.Contains(sentence, answer.Document.GetElementById($"{id}-error")?.TextContent ?? $"nothing beside {field}: {answer.Text}", StringComparison.Ordinal);
        Assert.NotNull(answer.Document.QuerySelector($".govuk-error-summary a[href='#{id}']"));
        Assert.All(fields.Where(pair => pair.Item1 is not ("Input.Period" or "Input.Figures[0].Measure") && !pair.Item1.EndsWith("Professionals", StringComparison.Ordinal) && !pair.Item1.Contains("By", StringComparison.Ordinal) && !pair.Item1.EndsWith("Window", StringComparison.Ordinal)),
            pair => Assert.Equal(pair.Item2!.Trim(), Value(answer, pair.Item1)?.Trim()));
        Assert.Equal(0L, await site.Ground.Sql<long>("select count(*) from report_drafts where report not in ('Drafted', 'Sent')"));
    }

    [Fact] // F7: no figures, and over nothing
    public async Task A_report_without_figures_is_not_kept_and_one_over_nothing_says_so()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var unit = await site.As(Role.BusinessUnit);
        var none = await (await (await unit.Get("/reports/new")).Submit("Take out figure 1")).Submit("Keep this report as a draft", ("Input.Title", "T"), ("Input.Name", "Nothing"), ("Input.Period", "2024-04-01/2025-04-01"));
        Assert.Contains("Add at least one figure", none.Document.GetElementById("add-error")!.TextContent);
        var empty = await (await unit.Get("/reports/new")).Submit("Preview", With(("Input.Period", "own"), ("Input.From", "1950-01-01"), ("Input.LastDay", "1950-12-31")));
        Assert.Contains("Nothing is on record for this", empty.Text);
    }

    [Fact] // F7: a file as it is downloaded; a mistake with its line
    public async Task A_definition_is_sent_as_a_file()
    {
        var (course, unit) = (await CourseAsync(2), await site.As(Role.BusinessUnit));
        var yaml = $"# By hand\nreport: Sent\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: it, courses: [{course}], measure: people}}\n";
        var sent = await (await unit.Get("/reports/new")).Upload("Send the file", "Sent.File", "x.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(yaml)]);
        Assert.Equal("/reports/Sent", sent.Path);
        Assert.Equal(yaml, await unit.Http.GetStringAsync("/reports/Sent/definition.yaml"));
        foreach (var (bytes, sentence) in new (byte[], string)[]
        {
            (Encoding.UTF8.GetBytes(yaml.Replace("people", "peple", StringComparison.Ordinal)), "Line 5, column"), ([0xFF, 0xFE, 0x41], "not text in UTF-8"), ([], "Choose the file"),
            (new byte[300_000], "larger than 256 KB"), (Encoding.UTF8.GetBytes(yaml.Replace("Sent", "Else", StringComparison.Ordinal)), "a report keeps its name"), (Encoding.UTF8.GetBytes("{{{{"), "not YAML"),
        })
        {
            var answer = await (await unit.Get("/reports/Sent/edit")).Upload("Send the file", "Sent.File", "x.yaml", bytes);
            Assert.Equal("/reports/Sent/edit", answer.Path);
            Assert.Contains(sentence, answer.Document.GetElementById("Sent_File-error")?.TextContent ?? answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(yaml, await unit.Http.GetStringAsync("/reports/Sent/definition.yaml"));
    }

    [Fact] // S1: the business unit drafts
    public async Task Nobody_else_is_shown_the_builder()
    {
        foreach (var visitor in new[] { await site.As(), await site.As(Role.SubgroupMember), await site.As(Role.Chair) })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/reports/new")).Status);
            Assert.DoesNotContain("New report", (await visitor.Get("/reports")).Text, StringComparison.Ordinal);
        }
    }

    private static (string, string?)[] With(params (string, string?)[] fields) => [.. Whole.Where(one => fields.All(field => field.Item1 != one.Item1)), .. fields];

    private static string? Value(Page page, string name) => page.Document.QuerySelector($"[name='{name}']") switch
    {
        AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
        AngleSharp.Html.Dom.IHtmlInputElement input => input.Value,
        var other => throw new InvalidOperationException($"{name} is {other}"),
    };

    private async Task<string> CourseAsync(int came)
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, came);
        return course.Code;
    }
}
