using Learning.Figures;
using Learning.People;
using Learning.Returns;
using Learning.Tests.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Returns;

/// <summary>F2, C2: compliance is what agencies return: people in scope with valid training over people in scope; what is not returned is not known.</summary>
public sealed class ComplianceTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // F2, F3, F4: by agency, level and quarter, each row what was returned last in it
    public async Task A_quarter_is_what_was_returned_last_in_it_and_a_year_what_was_returned_last_at_all()
    {
        ground.Clock.Set("2025-04-20 09:00");
        var (one, other) = (await ground.Given.Agency(), await ground.Given.Agency());
        await Enter(one, "3", "2024-04-30", 40, 30);
        await Enter(one, "3", "2024-06-30", 40, 38);
        await Enter(one, "3", "2024-12-31", 50, 44);
        await Enter(other, "3", "2024-06-15", 10, 9);
        await Enter(other, "2", "2024-06-15", 200, 100);

        var figure = await told.Figure($"measure: compliance, agency: [{one.Code}, {other.Code}], level: '3', by: [agency, quarter]", "2025-05-01");
        Assert.Equal((53L, 60L, 53.0 / 60, "88.3%"), (figure.Numerator, figure.Denominator, figure.Value, figure.Phrase));
        Assert.Equal(
            [(one.Code, "2024-25 Q1", 38.0 / 40), (one.Code, "2024-25 Q3", 44.0 / 50), (one.Code, "*", 44.0 / 50), (other.Code, "2024-25 Q1", 9.0 / 10), (other.Code, "*", 0.9), ("*", "2024-25 Q1", 47.0 / 50), ("*", "2024-25 Q3", 44.0 / 50), ("*", "*", 53.0 / 60)],
            figure.Rows.Select(row => (row.Key["agency"], row.Key["quarter"], row.Value!.Value)));
        var levels = await told.Figure($"measure: compliance, agency: {other.Code}, by: [level]", "2025-05-01");
        Assert.Equal([("2", 0.5), ("3", 0.9), ("*", 109.0 / 210)], levels.Rows.Select(row => (row.Key["level"], row.Value!.Value)));
    }

    [Fact] // F3, C2: never 0%, never 100%
    public async Task Nothing_returned_and_nobody_in_scope_are_not_known()
    {
        ground.Clock.Set("2025-04-20 09:00");
        var (silent, empty) = (await ground.Given.Agency(), await ground.Given.Agency());
        await Enter(empty, "5", "2024-06-30", 0, 0);
        foreach (var agency in new[] { silent, empty })
        {
            var figure = await told.Figure($"measure: compliance, agency: {agency.Code}, by: [quarter]", "2025-05-01");
            Assert.Equal((null, "not known", 0), (figure.Value, figure.Phrase, figure.Rows.Count));
        }
    }

    [Fact] // T4: a correction supersedes, a return taken back is gone, and as at an instant all is as it was
    public async Task A_correction_is_a_new_record_and_as_at_an_instant_it_is_as_it_was()
    {
        var agency = await ground.Given.Agency();
        ground.Clock.Set("2024-07-05 09:00");
        await Enter(agency, "3", "2024-06-30", 40, 30);
        ground.Clock.Set("2024-08-05 09:00");
        await Enter(agency, "3", "2024-06-30", 40, 36);
        ground.Clock.Set("2024-09-05 09:00");
        await Enter(agency, "3", "2024-06-30", null, null);
        var keys = $"measure: compliance, agency: {agency.Code}";
        Assert.Equal([null, 0.75, 0.9, null], [await told.Value(keys, "2024-07-01"), await told.Value(keys, "2024-08-01"), await told.Value(keys, "2024-09-01"), await told.Value(keys, "2024-10-01")]);
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from training_returns where agency_id = '{agency.Id}'"));
        await Assert.ThrowsAnyAsync<Exception>(() => ground.OwnerSql($"update training_returns set valid = 1 where agency_id = '{agency.Id}'"));
    }

    [Fact] // F9: what is behind sums to the figure
    public async Task The_returns_behind_a_figure_sum_to_it()
    {
        ground.Clock.Set("2025-04-20 09:00");
        var agency = await ground.Given.Agency("Health trust");
        await Enter(agency, "2", "2024-06-30", 80, 70);
        await Enter(agency, "3", "2024-06-30", 40, 38);
        await Enter(agency, "3", "2024-09-30", 41, 40);
        var report = ReadReport.Text("t.yaml", $"report: t\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures: [{{id: it, measure: compliance, agency: {agency.Code}}}]\n");
        var behind = await ground.With((FigureBehind all) => all.RunAsync(report, report.Figures[0], told.At("2025-05-01"), Actor.Machine, default));
        Assert.Equal((110L, 121L), (behind.Counted, behind.Of!.Value));
        Assert.Equal([$"{agency.Code} 2", $"{agency.Code} 3"], behind.Rows.Select(row => row.Course));
    }

    [Fact] // F6: 1 to 5 people are X where it is published
    public async Task Small_numbers_of_people_are_held_back_where_it_is_published()
    {
        ground.Clock.Set("2025-04-20 09:00");
        var (small, large) = (await ground.Given.Agency(), await ground.Given.Agency());
        await Enter(small, "5", "2024-06-30", 4, 4);
        await Enter(large, "5", "2024-06-30", 40, 38);
        var figure = await told.Figure($"measure: compliance, agency: [{small.Code}, {large.Code}], level: '5', by: [agency]", "2025-05-01");
        Assert.Equal([(large.Code, "95%"), (small.Code, "X")], figure.Rows.Where(row => !row.IsTotal).Select(row => (row.Key["agency"], row.Printed)).OrderBy(row => row.Item2));
    }

    [Theory] // Bad input: a sentence each, with line and column
    [InlineData("measure: compliance, courses: [GCP2]", "'compliance' is what agencies return, of no course, so 'courses' cannot limit it ('level' and 'agency' can)")]
    [InlineData("measure: compliance, window: since-start", "'compliance' is of no programme, so it has no start to count from")]
    [InlineData("measure: compliance, by: [course]", "'compliance' has no course to be broken down by")]
    [InlineData("measure: people, level: '3'", "'people' is not what agencies return by level, so 'level' cannot limit it")]
    [InlineData("measure: people, by: [stated-board]", "'people' has no stated-board to be broken down by")]
    public void What_a_return_does_not_know_cannot_limit_it(string keys, string sentence)
    {
        var refused = Assert.Throws<DefinitionException>(() => ReadReport.Text("t.yaml", $"report: t\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures: [{{id: it, {keys}}}]\n"));
        Assert.Contains(refused.Mistakes, mistake => mistake.What == sentence);
    }

    [Fact] // F2: the places lost whose board was not stated are a row of their own, and count under the course's board elsewhere
    public async Task Places_lost_say_the_part_whose_board_was_not_stated()
    {
        var course = await ground.Given.Course(board: Learning.Catalogue.Board.Children);
        foreach (var (board, places) in new (Learning.Catalogue.Board?, int)[] { (Learning.Catalogue.Board.Adults, 30), (Learning.Catalogue.Board.Children, 20), (null, 37), (null, 38) })
        {
            var session = await ground.Given.Session(course, places, "2024-05-20 09:30 to 12:00");
            await told.Change(session, "2024-05-01 09:00", row => (row.Board, row.Status, row.CancelledAt) = (board, Learning.Catalogue.SessionStatus.Cancelled, told.At("2024-05-01 09:00")));
        }

        var keys = $"measure: places_lost, courses: [{course.Code}]";
        Assert.Equal([("adults", 30.0), ("children", 20), ("not stated", 75), ("*", 125)], (await told.Figure($"{keys}, by: [stated-board]")).Rows.Select(row => (row.Key["stated-board"], row.Value!.Value)));
        Assert.Equal([("adults", 30.0), ("children", 95), ("*", 125)], (await told.Figure($"{keys}, by: [board]")).Rows.Select(row => (row.Key["board"], row.Value!.Value)));
    }

    private async Task Enter(Agency agency, string level, string on, int? inScope, int? valid) =>
        Assert.IsType<ReturnOutcome.Done>(await ground.With((EnterReturns enter) => enter.RunAsync([new NewReturn(agency.Id, level, DateOnly.Parse(on), inScope, valid)], byFile: false, Actor.Machine)));
}
