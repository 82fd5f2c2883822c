using Learning.Attendance;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>P2, T4: an agency that is renamed, merged, or put elsewhere changes nothing of the years before, and anything can be had again as at an instant.</summary>
public sealed class AgenciesByDateTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    private Given Given => ground.Given;

    [Fact] // P2
    public async Task A_year_s_figures_stay_when_an_agency_is_renamed_moves_elsewhere_or_is_merged_after_it()
    {
        var (council, trust) = (await Given.Agency("Council", "Local authority"), await Given.Agency("Trust", "Health"));
        var nursery = await Given.Agency("Bluebell", "Early years", parent: council.Id);
        var keys = await Attended(nursery, trust);
        string[] asked = [$"{keys}, by: [agency]", $"{keys}, by: [sector]", $"{keys}, agency: {council.Code}", $"{keys}, sector: Early years"];
        var before = await Figures(asked);
        Assert.Equal([2.0, 2.0, 1.0, 1.0], before.Select(figure => figure.Value!.Value));

        await Change(nursery, "2025-04-01", "name = 'Bluebell Academy', sector = 'Education', parent_id = null");
        await ground.Sql($"insert into agency_successions (agency_id, successor_id, starts_on) values ('{trust.Id}', '{council.Id}', '2025-04-01')");

        AssertSame(before, await Figures(asked));
        var names = await Names(new Period(new(2024, 4, 1), new(2025, 4, 1)));
        Assert.Equal("Bluebell", names.NameOf(Breakdown.Agency, nursery.Code));
        Assert.Equal("Bluebell Academy", (await Names(new Period(new(2025, 4, 1), new(2026, 4, 1)))).NameOf(Breakdown.Agency, nursery.Code));
    }

    [Fact] // T4: a correction counts from its recording on, as far back as anybody asks
    public async Task A_correction_of_an_agency_s_sector_counts_as_at_instants_after_it()
    {
        var agency = await Given.Agency("Hospice", "Health");
        var keys = $"{await Attended(agency)}, by: [sector]";
        await Change(agency, "-infinity", "sector = 'Voluntary'", recorded: "2025-06-01 10:00");

        Assert.Equal("Health", (await told.Figure(keys, "2025-06-01 09:59")).Rows[0].Key["sector"]);
        Assert.Equal("Voluntary", (await told.Figure(keys, "2025-06-01 10:00")).Rows[0].Key["sector"]);
    }

    [Fact] // T4: an agency that came by import stood before it as it stood at first
    public async Task An_agency_stood_before_it_was_recorded_as_its_first_line_says()
    {
        var agency = await Given.Agency("Hospice", "Health");
        await Change(agency, "2025-04-01", "sector = 'Voluntary'", recorded: "2025-04-02 10:00");
        var names = await ground.With((LearningDb db) => KnownNames.ReadAsync(db, new DateOnly(2021, 3, 31), told.At("2020-06-01"), default));
        Assert.Equal("Health", names.Agencies[agency.Code].Sector);
    }

    [Fact] // T4: no verb can forget to say when
    public async Task A_change_that_does_not_say_when_is_refused_by_the_database()
    {
        var agency = await Given.Agency();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update agencies set name = 'Another' where id = '{agency.Id}'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update agency_history set name = 'Another' where agency_id = '{agency.Id}'"));
    }

    [Fact] // P2, P4: from its day on the successor stands for a merged agency, and that one's successor
    public async Task Who_stands_for_an_agency_depends_on_the_day()
    {
        var (first, second, third) = (await Given.Agency(), await Given.Agency(), await Given.Agency());
        await ground.Sql($"insert into agency_successions (agency_id, successor_id, starts_on) values ('{first.Id}', '{second.Id}', '2023-04-01'), ('{second.Id}', '{third.Id}', '2025-04-01')");
        foreach (var (day, expected) in new[] { ("2023-03-31", first), ("2023-04-01", second), ("2025-03-31", second), ("2025-04-01", third) })
        {
            Assert.Equal(expected.Id, await ground.Sql<Guid>($"select agency_on('{first.Id}', '{day}')"));
        }
    }

    private async Task<string> Attended(params Agency[] agencies)
    {
        var session = await Given.Session();
        foreach (var agency in agencies)
        {
            await told.Mark(session, await Given.Person(agency), MarkKind.Attended, agency: agency);
        }

        await told.Sign(session);
        return $"measure: people, courses: [{await ground.Sql<string>($"select code from courses where id = '{session.CourseId}'")}]";
    }

    private async Task<IReadOnlyList<ComputedFigure>> Figures(string[] asked) =>
        (await told.Report(string.Join(", ", asked.Select((keys, i) => $"{{id: f{i}, {keys}}}")))).Figures;

    private static void AssertSame(IReadOnlyList<ComputedFigure> before, IReadOnlyList<ComputedFigure> after) =>
        Assert.Equal(before.Select(ReportText), after.Select(ReportText));

    private static string ReportText(ComputedFigure figure) =>
        $"{figure.Id} {figure.Value} {figure.Digest} {string.Join("; ", figure.Rows.Select(row => $"{string.Join('/', row.Key.Values)} {row.Value} {row.Printed}"))}";

    private Task<KnownNames> Names(Period period) => ground.With((LearningDb db) => KnownNames.ReadAsync(db, period.LastDay, told.At("2026-01-01"), default));

    private Task Change(Agency agency, string from, string set, string recorded = "2025-04-02 10:00") =>
        ground.Sql($"update agencies set {set}, holds_from = '{from}', changed_at = '{told.At(recorded):O}' where id = '{agency.Id}'");
}
