using Learning.Figures;
using Learning.Figures.Drafts;
using Learning.People;
using Learning.Reports;
using Learning.Tests.Reports;

namespace Learning.Tests.Figures.Drafts;

/// <summary>Definitions that are written on the page are versions (F7): the newest stands, what was signed keeps the one that it was signed by, and of two people who write at once one does.</summary>
public sealed class WriteDefinitionTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // F1, F7: a report that no file defines
    public async Task A_report_that_is_written_is_counted_signed_and_listed_like_a_files()
    {
        var (course, unit) = (await CourseAsync(3), await UnitAsync());
        Assert.Equal("W1", Assert.IsType<WritingOutcome.Written>(await Write(Yaml("W1", course), null, null, unit)).Report);
        Assert.Contains("W1", (await site.With((BuildReports build) => build.RunAsync(Actor.Machine))).Reports);
        var definition = (await Definition("W1"))!;
        Assert.Equal(3, (await site.With((NewestBuild builds) => builds.OfAsync(definition, Actor.Machine, default)))!.Report.Figures.Single().Value);
        Assert.IsType<SigningOutcome.Signed>(await SignAsync("W1", definition));
        Assert.Equal(["wrote the definition of a report"], await site.Ground.Sql<string[]>("select array_agg(verb) from audit_entries where details ->> 'report' = 'W1' and verb like 'wrote%'"));
    }

    [Fact] // F7: a definition that is changed after the signature makes a new version; the signed one stands
    public async Task What_is_written_after_the_signature_is_a_new_version()
    {
        var (course, unit) = (await CourseAsync(3), await UnitAsync());
        await Write(Yaml("W2", course), null, null, unit);
        var first = (await Definition("W2"))!;
        await SignAsync("W2", first);
        Assert.IsType<WritingOutcome.Written>(await Write(Yaml("W2", course, "attendances"), "W2", first.Digest, unit));
        var signed = await site.Signed("W2");
        Assert.Equal((first.Digest, Measure.People), (signed.Definition.Digest, signed.Definition.Figures.Single().Measure));
        Assert.Equal(Measure.Attendances, (await Definition("W2"))!.Figures.Single().Measure);
        var versions = await site.With((DefinitionVersions versions) => versions.OfAsync("W2", default));
        Assert.Equal([(1, "r1"), (2, null)], versions.Select(version => (version.Number, version.SignedAs)));
        // A text that comes back is the same version, and stands again.
        Assert.IsType<WritingOutcome.Written>(await Write(first.Yaml, "w2".ToUpperInvariant(), (await Definition("W2"))!.Digest, unit));
        Assert.Equal(first.Digest, (await Definition("W2"))!.Digest);
        Assert.Equal(2, (await site.With((DefinitionVersions all) => all.OfAsync("W2", default))).Count);
    }

    [Fact] // F7: two people who edit at once
    public async Task Who_comes_second_reads_who_was_first_and_nothing_is_lost()
    {
        var (course, ayesha, owen) = (await CourseAsync(3), await UnitAsync("Ayesha", "Karim"), await UnitAsync());
        await Write(Yaml("W3", course), null, null, ayesha);
        var begun = (await Definition("W3"))!.Digest;
        site.Ground.Clock.Set("2025-06-02 10:42");
        Assert.IsType<WritingOutcome.Written>(await Write(Yaml("W3", course, "attendances"), "W3", begun, ayesha));
        var second = Assert.IsType<WritingOutcome.Meanwhile>(await Write(Yaml("W3", course, "completions"), "W3", begun, owen));
        Assert.StartsWith("Ayesha Karim changed this definition on Monday 2 June 2025, 10:42am", second.Sentence);
        Assert.Equal(Measure.Attendances, (await Definition("W3"))!.Figures.Single().Measure);
        Assert.IsType<WritingOutcome.Written>(await Write(Yaml("W3", course, "completions"), "W3", second.Digest, owen));
        Assert.Equal(Measure.Completions, (await Definition("W3"))!.Figures.Single().Measure);
    }

    [Fact] // F7: at the very same time, too
    public async Task Of_many_who_write_at_the_same_time_one_does()
    {
        var (course, unit) = (await CourseAsync(1), await UnitAsync());
        await Write(Yaml("W4", course), null, null, unit);
        var begun = (await Definition("W4"))!.Digest;
        string[] measures = ["attendances", "completions", "sessions_held", "places_offered", "agencies", "reach"];
        var outcomes = await Task.WhenAll(measures.Select(measure => Task.Run(() => Write(Yaml("W4", course, measure), "W4", begun, unit))));
        Assert.Single(outcomes.OfType<WritingOutcome.Written>());
        Assert.Equal(measures.Length - 1, outcomes.OfType<WritingOutcome.Meanwhile>().Count());
        var made = await Task.WhenAll(measures.Select(measure => Task.Run(() => Write(Yaml("W5", course, measure), null, null, unit))));
        Assert.Single(made.OfType<WritingOutcome.Written>());
        Assert.Equal(measures.Length - 1, made.OfType<WritingOutcome.Taken>().Count());
    }

    [Fact] // F7: a written definition stands above the file; the file's own name is taken
    public async Task A_files_report_can_be_changed_and_its_name_is_not_given_twice()
    {
        var (course, unit) = (await CourseAsync(2), await UnitAsync());
        var report = await site.Report(await site.Told.Given.Course(), "people: measure: people");
        var file = (await Definition(report))!;
        Assert.Contains($"There is a report “{report}” already", Assert.IsType<WritingOutcome.Taken>(await Write(Yaml(report.ToLowerInvariant(), course), null, null, unit)).Sentence);
        Assert.IsType<WritingOutcome.Written>(await Write(Yaml(report, course, "attendances"), report, file.Digest, unit));
        Assert.Equal(Measure.Attendances, (await Definition(report))!.Figures.Single().Measure);
        Assert.IsType<WritingOutcome.Taken>(await Write(Yaml("new", course), null, null, unit));
        Assert.IsType<WritingOutcome.Wrong>(await Write(Yaml("Other", course), report, (await Definition(report))!.Digest, unit));
    }

    [Theory] // F1, F7: what cannot be counted is not kept
    [InlineData("report: W9\nperiod: {from: 2024-04-01, to: 2024-04-01}\nfigures:\n  - {id: a, measure: people}\n", "'to' is not after 'from'")]
    [InlineData("report: W9\nperiod: {from: 2024-04-01, to: 2025-04-01}\nfigures:\n  - {id: a, measure: poeple}\n", "'measure' cannot be 'poeple'")]
    [InlineData("report: W9\nperiod: {from: 2024-04-01, to: 2025-04-01}\nfigures:\n  - {id: a, measure: people, programme: NOWHERE}\n", "there is no programme 'NOWHERE'")]
    [InlineData("report: W9\nperiod: {from: 2024-04-01, to: 2025-04-01}\nfigures: []\n", "at least one figure")]
    [InlineData("figures: [", "not YAML")]
    public async Task What_cannot_be_counted_is_not_kept(string yaml, string sentence)
    {
        Assert.Contains(sentence, Assert.IsType<WritingOutcome.Wrong>(await Write(yaml, null, null, await UnitAsync())).Mistakes[0].What);
        Assert.Equal(0L, await site.Ground.Sql<long>("select count(*) from report_drafts where report = 'W9'"));
    }

    [Fact] // F7, S1: the business unit drafts; the chair signs
    public async Task Nobody_else_writes()
    {
        var course = await CourseAsync(1);
        foreach (var actor in new[] { Actor.Nobody, Actor.Machine, await site.Chair() })
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Write(Yaml("W8", course), null, null, actor));
        }
    }

    [Fact] // T4: what was written is never overwritten, by anybody
    public async Task The_database_keeps_what_was_written()
    {
        await Write(Yaml("W7", await CourseAsync(1)), null, null, await UnitAsync());
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => site.Ground.Sql("update report_drafts set report = 'X' where report = 'W7'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => site.Ground.Sql("delete from report_drafts where report = 'W7'"));
    }

    private static string Yaml(string report, string course, string measure = "people") =>
        $"report: {report}\ntitle: Report {report}\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: it, title: It, courses: [{course}], measure: {measure}}}\n";

    private Task<WritingOutcome> Write(string yaml, string? report, string? after, Actor actor) => site.With((WriteDefinition write) => write.RunAsync(yaml, report, after, actor));

    private Task<ReportDefinition?> Definition(string report) => site.With((ReportDefinitions definitions) => definitions.FindAsync(report, default));

    private async Task<SigningOutcome> SignAsync(string report, ReportDefinition definition)
    {
        var chair = await site.Chair();
        return await site.With((SignReport sign) => sign.RunAsync(report, new Signature(0, definition.Digest, new HashSet<string>()), chair));
    }

    private async Task<string> CourseAsync(int came)
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, came);
        return course.Code;
    }

    private async Task<Actor> UnitAsync(string given = "Wanda", string? family = null)
    {
        var person = await site.Ground.Given.Person(given: given, family: family);
        await site.Ground.Given.Role(person, Role.BusinessUnit);
        return await site.Ground.Given.Actor(person);
    }
}
