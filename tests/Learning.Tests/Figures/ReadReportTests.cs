using Learning.Catalogue;
using Learning.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>F1: a report is data; a definition that says what it may not is refused with file, line and column.</summary>
public sealed class ReadReportTests(Ground ground) : IClassFixture<Ground>
{
    private const string Head = "report: 2023-24\nperiod: {from: 2023-04-01, to: 2024-04-01}\nfigures:\n";

    [Fact] // F1, F5, T2
    public void Everything_of_the_contract_is_read()
    {
        var report = ReadReport.Text("r.yaml", """
            report: 2023-24
            title: Training 2023 to 2024
            period: {from: 2023-04-01, to: 2024-10-01}   # eighteen months
            boards: [children, adults, joint]
            figures:
              - id: gcp2-people
                title: Professionals trained in Graded Care Profile 2
                measure: people
                programme: GCP2
                courses: [GCP2, GCP2-TT]
                kind: trained
                board: joint
                sector: Police
                owner: SSP
                agency: [POL, SCC]
                who: professionals
                window: since-start
                by: [agency, month]
                phrase: over 100
                sentence: "{phrase} professionals have now been trained."
              - {id: short, measure: dna_rate}
            """);
        Assert.Equal(("2023-24", "Training 2023 to 2024", new Period(new(2023, 4, 1), new(2024, 10, 1))), (report.Report, report.Title, report.Period));
        Assert.Equal([Board.Children, Board.Adults, Board.Joint], report.Boards);
        var figure = report.Figures[0];
        Assert.Equal((Measure.People, Window.SinceStart, "over 100", true), (figure.Measure, figure.Window, figure.Phrase.ToString(), figure.Filter.Professionals));
        Assert.Equal([Breakdown.Agency, Breakdown.Month], figure.By);
        Assert.Equal(["POL", "SCC"], figure.Filter.Agencies.Select(agency => agency.Text));
        Assert.Equal((Window.InPeriod, PhraseRule.Exact, "short"), (report.Figures[1].Window, report.Figures[1].Phrase, report.Figures[1].Title));
    }

    [Theory]
    [InlineData("  - {id: a, mesure: people}", "4:13: a figure has no key 'mesure' (did you mean 'measure'?)")]
    [InlineData("  - {id: a, measure: poeple}", "4:22: 'measure' cannot be 'poeple' (did you mean 'people'?)")]
    [InlineData("  - {id: a, measure: people, by: agencey}", "4:34: 'by' cannot be 'agencey' (did you mean 'agency'?)")]
    [InlineData("  - {id: a, measure: people, by: [agency, agency]}", "4:43: 'by' names 'agency' twice")]
    [InlineData("  - {id: a, measure: people, by: [agency, month, board]}", "4:50: 'by' names more than two breakdowns")]
    [InlineData("  - {id: a, measure: sessions_held, by: [agency]}", "4:42: 'sessions_held' has no agency to be broken down by")]
    [InlineData("  - {id: a, measure: courses_available, by: [month]}", "4:46: 'courses_available' has no month to be broken down by")]
    [InlineData("  - {id: a, measure: sessions_held, who: professionals}", "4:42: 'sessions_held' does not know who is a professional, so 'who' cannot limit it")]
    [InlineData("  - {id: a, measure: people, phrase: over 50}", "4:38: 'phrase' cannot be 'over 50': it is one of exact, over 10, over 100, approximately 10")]
    [InlineData("  - {id: a, measure: people, window: ever}", "4:38: 'window' cannot be 'ever': it is one of in-period, since-start")]
    [InlineData("  - {id: a, measure: people, sentence: Many people}", "4:40: 'sentence' has no {phrase} where the number goes")]
    [InlineData("  - {id: a b, measure: people}", "4:10: 'id' is 'a b': letters, digits and hyphens are allowed, 60 at most")]
    [InlineData("  - {id: a, measure: people}\n  - {id: A, measure: people}", "5:10: two figures have the id 'A'")]
    [InlineData("  - {measure: people}", "4:5: 'id' is missing")]
    [InlineData("  - {id: a}", "4:5: 'measure' is missing")]
    [InlineData("  - people", "4:5: a figure is keys and values: id, title, measure, programme, courses, kind, board, sector, owner, agency, level, who, period, window, by, phrase, sentence, easy, heading")]
    [InlineData("  - {id: a, measure: [people]}", "4:22: 'measure' has no value that can be read: one line of words is expected")]
    [InlineData("  - {id: a, measure: people, courses: []}", "4:39: 'courses' is an empty list: leave the key out to limit nothing")]
    public void A_mistake_is_told_with_its_place(string figure, string expected) => Assert.Equal([$"r.yaml:{expected}"], Mistakes(Head + figure));

    [Theory]
    [InlineData("", "r.yaml:1:1: the file is empty")]
    [InlineData("report: a\nperiod: {from: 2023-04-01, to: 2023-04-01}\nfigures: [{id: a, measure: people}]", "r.yaml:2:32: 'to' is not after 'from' (it is the day after the period's last day)")]
    [InlineData("report: a\nperiod: {from: 1/4/2023, to: 2024-04-01}\nfigures: [{id: a, measure: people}]", "r.yaml:2:16: 'from' is '1/4/2023', not a date such as 2023-04-01")]
    [InlineData("report: a\nfigures: [{id: a, measure: people}]", "r.yaml:1:1: 'period' is missing")]
    [InlineData("report: a\nperiod: {from: 2023-04-01, to: 2024-04-01}\nfigures: []", "r.yaml:3:10: 'figures' is a list with at least one figure")]
    [InlineData("report: a\nreport: b", "r.yaml:2:1: not YAML that can be read: Duplicate key report")]
    [InlineData("just words", "r.yaml:1:1: a report is keys and values: report, title, period, boards, figures")]
    public void A_file_that_is_no_report_is_told_so(string yaml, string expected) => Assert.Equal([expected], Mistakes(yaml));

    [Theory]
    [InlineData("report: [a\nperiod: b")]
    [InlineData("report: *nowhere")]
    [InlineData("--- a\n--- b")]
    [InlineData("report: \"\\q\"")]
    public void What_is_no_yaml_is_one_line(string yaml) => Assert.DoesNotContain('\n', Assert.Single(Mistakes(yaml)));

    [Fact] // F1: every mistake is told at once, in the order of the file
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(["r.yaml:4:22", "r.yaml:5:22", "r.yaml:5:33"], Mistakes(Head + "  - {id: a, measure: x}\n  - {id: b, measure: y, phrase: nearly}").Select(line => line[..11]));

    [Fact] // F1: codes are those of the database, in whatever case
    public async Task An_unknown_code_is_told_before_anything_is_counted()
    {
        await ground.Given.Course(owner: await ground.Given.Agency(sector: "Police", code: "POLICE"), code: "NEGLECT");
        var report = ReadReport.Text("r.yaml", Head + """
              - {id: a, measure: people, courses: [neglect, NEGLCT], agency: POLCE, owner: police, sector: Polise, programme: NONE}
            """);
        var refused = await Assert.ThrowsAsync<DefinitionException>(() => ground.With((ComputeReport compute) => compute.RunAsync(report, null, Learning.People.Actor.Machine, default)));
        Assert.Equal(
        [
            "r.yaml:4:49: there is no course 'NEGLCT' (did you mean 'NEGLECT'?)", "r.yaml:4:66: there is no agency 'POLCE' (did you mean 'POLICE'?)",
            "r.yaml:4:96: there is no sector 'Polise' (did you mean 'Police'?)", "r.yaml:4:115: there is no programme 'NONE'",
        ], refused.Message.Split('\n'));
    }

    [Fact] // F1: the definitions of the house can be read
    public async Task Every_report_of_the_house_can_be_read()
    {
        var (reports, mistakes) = await ground.With((ReportFiles files) => files.AllAsync(default));
        Assert.Empty(mistakes);
        Assert.Contains(reports, report => report.Report == "2023-24");
    }

    private static string[] Mistakes(string yaml) => Assert.Throws<DefinitionException>(() => ReadReport.Text("r.yaml", yaml)).Message.Split('\n');
}
