using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>F1 to F4: what each measure counts, within which window, for whom, and in which rows.</summary>
public sealed class MeasuresTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // F2, F4: a person under two agencies counts in both rows and once in the total; three attendances are two people
    public async Task People_are_not_attendances_and_rows_do_not_add_up()
    {
        var course = await told.Given.Course();
        var (first, second) = (await told.Given.Session(course), await told.Given.Session(course, 20, "2024-07-01 09:30 to 16:00"));
        var (here, there) = (await told.Given.Agency(sector: "Police"), await told.Given.Agency(sector: "Education"));
        var (mover, stayer) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(first, mover, MarkKind.Attended, agency: here);
        await told.Mark(second, mover, MarkKind.Attended, at: "2024-07-01 16:00", agency: there);
        await told.Mark(first, stayer, MarkKind.Attended, agency: here);
        var people = await told.Figure($"measure: people, courses: [{course.Code}], by: [agency]");
        Assert.Equal(2, people.Value);
        Assert.Equal([(here.Code, 2.0), (there.Code, 1.0), ("*", 2.0)], people.Rows.Select(row => (row.Key["agency"], row.Value!.Value)).OrderBy(row => row.Item1 == "*").ThenBy(row => row.Item1));
        Assert.Equal(3, await told.Value($"measure: attendances, courses: [{course.Code}]"));
        Assert.Equal(2, await told.Value($"measure: agencies, courses: [{course.Code}]"));
        Assert.Equal(1, await told.Value($"measure: attendances, courses: [{course.Code}], sector: Education"));
    }

    [Fact] // F2: people of a course are those who attended or completed
    public async Task Completions_make_people_too()
    {
        var course = await told.Given.Course(CourseKind.ELearning);
        var (once, twice) = (await told.Given.Person(), await told.Given.Person());
        await told.Complete(course, once, "2024-05-01");
        await told.Complete(course, twice, "2024-05-01");
        await told.Complete(course, twice, "2025-03-31");
        await told.Complete(course, once, "2025-04-01");
        Assert.Equal(2, await told.Value($"measure: people, courses: [{course.Code}]"));
        Assert.Equal(3, await told.Value($"measure: completions, courses: [{course.Code}]"));
        Assert.Equal(0, await told.Value($"measure: attendances, courses: [{course.Code}]"));
    }

    [Theory] // T1, T3: half past midnight on 1 April is 23:30 of 31 March in UTC while summer time lasts; the local date counts
    [InlineData("2024-03-31 23:30 to 2024-04-01 01:00", 1, 0)]
    [InlineData("2024-04-01 00:30 to 02:00", 0, 1)]
    public async Task The_year_ends_at_local_midnight(string part, int before, int after)
    {
        var session = await told.Given.Session(null, 20, part);
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended, at: "2024-04-01 02:00");
        var keys = $"measure: attendances, courses: [{await Code(session)}]";
        Assert.Equal(before, await told.Value(keys, from: "2023-04-01", to: "2024-04-01"));
        Assert.Equal(after, await told.Value(keys));
    }

    [Fact] // T3: two parts across the year's end count on the date of the last
    public async Task A_course_across_the_years_end_counts_where_its_last_part_starts()
    {
        var session = await told.Given.Session(null, 20, "2024-03-25 09:30 to 12:30", "2024-04-01 09:30 to 12:30");
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended, at: "2024-04-01 12:30");
        var keys = $"measure: attendances, courses: [{await Code(session)}]";
        Assert.Equal((0.0, 1.0), (await told.Value(keys, from: "2023-04-01", to: "2024-04-01"), await told.Value(keys)));
    }

    [Fact] // F1: since the programme's start; without one, since its first session; to the period's end
    public async Task A_window_may_begin_with_the_programme()
    {
        var course = await told.Given.Course();
        var (started, first) = (await told.Given.Programme(course, "2021-06-01"), await told.Given.Programme(course));
        foreach (var day in new[] { "2021-05-31", "2021-06-01", "2023-01-09", "2025-04-01" })
        {
            var session = await told.Given.Session(course, 20, $"{day} 09:30 to 16:00");
            await told.Mark(session, await told.Given.Person(), MarkKind.Attended, at: $"{day} 16:00");
        }

        Assert.Equal(2, await told.Value($"measure: people, programme: {started.Code}, window: since-start"));
        Assert.Equal(3, await told.Value($"measure: people, programme: {first.Code}, window: since-start"));
        Assert.Equal(0, await told.Value($"measure: people, programme: {first.Code}, window: in-period"));
        await told.Complete(course, await told.Given.Person(), "2021-05-30");
        Assert.Equal(3, await told.Value($"measure: people, programme: {first.Code}, window: since-start"));
    }

    [Fact] // F3: no denominator, no percentage; a percentage carries both
    public async Task No_denominator_is_not_known()
    {
        var session = await told.Given.Session(capacity: 10);
        var code = await Code(session);
        foreach (var measure in new[] { "fill_rate", "dna_rate", "average_attendance" })
        {
            var none = await told.Figure($"measure: {measure}, courses: [{code}], by: [month]");
            Assert.Equal((null, 0L, 0L, "not known"), (none.Value, none.Numerator, none.Denominator, none.Phrase));
            Assert.Empty(none.Rows);
        }

        await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        await told.Mark(session, await told.Given.Person(), MarkKind.Dna);
        await told.Mark(session, await told.Given.Person(), MarkKind.Apologies);
        await told.Given.Booking(session, await told.Given.Person());
        await told.Sign(session);
        var fill = await told.Figure($"measure: fill_rate, courses: [{code}]");
        Assert.Equal((0.1, 1L, 10L, "10%"), (fill.Value, fill.Numerator, fill.Denominator, fill.Phrase));

        // C2: a booking without a mark stays unknown: neither over nor under the line.
        var dna = await told.Figure($"measure: dna_rate, courses: [{code}]");
        Assert.Equal((1.0 / 3, 1L, 3L, "33.3%"), (dna.Value, dna.Numerator, dna.Denominator, dna.Phrase));
    }

    [Fact] // F2, dna_rate: one mark per holder and session, the last
    public async Task Of_two_days_the_last_mark_counts()
    {
        var session = await told.Given.Session(null, 20, "2024-06-03 09:30 to 12:30", "2024-06-10 09:30 to 12:30");
        var (left, came) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, left, MarkKind.Attended, at: "2024-06-03 12:30", part: 1);
        await told.Mark(session, left, MarkKind.Dna, at: "2024-06-10 12:30", part: 2);
        await told.Mark(session, came, MarkKind.Dna, at: "2024-06-03 12:30", part: 1);
        await told.Mark(session, came, MarkKind.Attended, at: "2024-06-10 12:30", part: 2);
        await told.Sign(session, "2024-06-10 13:00");
        var dna = await told.Figure($"measure: dna_rate, courses: [{await Code(session)}]");
        Assert.Equal((1L, 2L), (dna.Numerator, dna.Denominator));
    }

    [Fact] // F1, who: professionals leaves out six workforces, and keeps whom it does not know
    public async Task Professionals_are_the_others()
    {
        var session = await told.Given.Session(capacity: 100);
        foreach (var workforce in Enum.GetValues<Workforce>().Cast<Workforce?>().Append(null))
        {
            await told.Mark(session, await told.Given.Person(), MarkKind.Attended, workforce: workforce);
        }

        var keys = $"measure: people, courses: [{await Code(session)}]";
        Assert.Equal(10, await told.Value(keys));
        Assert.Equal(4, await told.Value($"{keys}, who: professionals"));
    }

    [Fact] // F1: an agency with its departments; whoever's agency is not known is in none
    public async Task An_agency_has_its_departments()
    {
        var council = await told.Given.Agency();
        var service = await told.Given.Agency(parent: council.Id);
        var team = await told.Given.Agency(parent: service.Id);
        var session = await told.Given.Session();
        foreach (var agency in new[] { council, service, team, await told.Given.Agency(), null })
        {
            await told.Mark(session, await told.Given.Person(), MarkKind.Attended, agency: agency);
        }

        var keys = $"measure: people, courses: [{await Code(session)}]";
        Assert.Equal(3, await told.Value($"{keys}, agency: {council.Code}"));
        Assert.Equal(1, await told.Value($"{keys}, agency: {team.Code.ToLowerInvariant()}"));
        Assert.Contains((await told.Figure($"{keys}, by: [agency]")).Rows, row => row.Key["agency"] == "not known" && row.Value == 1);
    }

    [Fact] // F1, T4: boards of the report and of the figure; a session's own board before its course's; joint counts once
    public async Task Boards_limit_the_report()
    {
        var course = await told.Given.Course(board: Board.Joint);
        foreach (var board in new Board?[] { null, Board.Children, Board.Adults })
        {
            var session = await told.Given.Session(course);
            await told.Change(session, "2024-05-01", row => row.Board = board);
            await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        }

        var keys = $"measure: attendances, courses: [{course.Code}]";
        Assert.Equal(3, await told.Value(keys));
        Assert.Equal(2, (await told.Figure(keys, boards: "boards: [children, joint]")).Value);
        Assert.Equal(1, (await told.Figure($"{keys}, board: children", boards: "boards: [children, joint]")).Value);
        Assert.Equal(0, (await told.Figure($"{keys}, board: adults", boards: "boards: [children, joint]")).Value);
        Assert.Equal(4, (await told.Figure($"{keys}, by: [board]")).Rows.Count);
    }

    [Fact] // F2: published on the period's last day, by owner; from the day of its withdrawal a course is not
    public async Task Courses_available_are_those_of_the_last_day()
    {
        var owner = await told.Given.Agency();
        foreach (var (published, withdrawn) in new (string, string?)[] { ("2020-01-01", null), ("2025-03-31", null), ("2025-04-01", null), ("2020-01-01", "2025-03-31"), ("2020-01-01", "2025-04-01") })
        {
            var course = await told.Given.Course(CourseKind.ELearning, owner);
            await ground.Sql($"update courses set published_on = '{published}', withdrawn_on = {(withdrawn is null ? "null" : $"'{withdrawn}'")} where id = '{course.Id}'");
        }

        Assert.Equal(3, await told.Value($"measure: courses_available, owner: {owner.Code}, kind: e-learning"));
        Assert.Equal(0, await told.Value($"measure: courses_available, owner: {owner.Code}, kind: webinar"));
    }

    [Fact] // F2: active at the period's end: named on a session, not cancelled, of the twelve months to its last day
    public async Task Trainers_are_active_who_gave_a_session_in_twelve_months()
    {
        var course = await told.Given.Course();
        var (regular, past, next) = (await told.Given.Person(), await told.Given.Person(), await told.Given.Person());
        foreach (var (day, trainer) in new[] { ("2024-04-01", regular), ("2025-03-31", regular), ("2024-03-31", past), ("2025-04-01", next) })
        {
            await told.Given.Trainer(await told.Given.Session(course, 20, $"{day} 09:30 to 16:00"), trainer);
        }

        var cancelled = await told.Given.Session(course, 20, "2024-10-01 09:30 to 16:00");
        await told.Given.Trainer(cancelled, await told.Given.Person());
        await told.Change(cancelled, "2024-09-01", row => (row.Status, row.CancelledAt) = (SessionStatus.Cancelled, told.At("2024-09-01")));
        Assert.Equal(1, await told.Value($"measure: trainers_active, courses: [{course.Code}]", from: "2025-01-01"));
    }

    [Fact] // F2: whoever should not count a workshop beside its conference gives it a course of its own
    public async Task A_workshop_is_a_session_like_any_other()
    {
        var course = await told.Given.Course(CourseKind.Conference);
        var (day, person) = (await told.Given.Session(course, 100), await told.Given.Person());
        await told.Mark(day, person, MarkKind.Attended);
        await told.Sign(day);
        var (own, other) = (await told.Given.Session(course, 20), await told.Given.Session(null, 20));
        foreach (var workshop in new[] { own, other })
        {
            await ground.Sql($"update sessions set parent_id = '{day.Id}' where id = '{workshop.Id}'");
            await told.Mark(workshop, person, MarkKind.Attended);
            await told.Sign(workshop);
        }

        Assert.Equal(2, await told.Value($"measure: attendances, courses: [{course.Code}]"));
        Assert.Equal(1, await told.Value($"measure: people, courses: [{course.Code}]"));
        Assert.Equal(120, await told.Value($"measure: places_offered, courses: [{course.Code}]"));
        Assert.Equal(1, await told.Value($"measure: sessions_held, courses: [{await Code(other)}]"));
    }

    [Fact] // F4: two breakdowns have the totals of rows, of columns, and of all; quarters are those of the financial year
    public async Task Two_breakdowns_have_totals_both_ways()
    {
        var course = await told.Given.Course();
        var (one, other, mover) = (await told.Given.Agency(), await told.Given.Agency(), await told.Given.Person());
        foreach (var (day, agency) in new[] { ("2024-04-02", one), ("2024-07-01", other), ("2025-03-31", other) })
        {
            await told.Mark(await told.Given.Session(course, 20, $"{day} 09:30 to 16:00"), mover, MarkKind.Attended, at: $"{day} 16:00", agency: agency);
        }

        var figure = await told.Figure($"measure: people, courses: [{course.Code}], by: [agency, quarter]");
        Assert.Equal(["agency", "quarter"], figure.By);
        Assert.Equal(
        [
            (one.Code, "2024-25 Q1", 1.0), (one.Code, "*", 1), (other.Code, "2024-25 Q2", 1), (other.Code, "2024-25 Q4", 1), (other.Code, "*", 1),
            ("*", "2024-25 Q1", 1), ("*", "2024-25 Q2", 1), ("*", "2024-25 Q4", 1), ("*", "*", 1),
        ], figure.Rows.Select(row => (row.Key["agency"], row.Key["quarter"], row.Value!.Value)));
    }

    [Fact] // F4: a course in two programmes stands in both rows and counts once in the total; one in none stands in no row
    public async Task A_course_may_be_in_two_programmes()
    {
        var (course, alone) = (await told.Given.Course(), await told.Given.Course());
        var programmes = new[] { await told.Given.Programme(course), await told.Given.Programme(course) };
        await told.Mark(await told.Given.Session(course), await told.Given.Person(), MarkKind.Attended);
        await told.Mark(await told.Given.Session(alone), await told.Given.Person(), MarkKind.Attended);
        var figure = await told.Figure($"measure: attendances, courses: [{course.Code}, {alone.Code}], by: [programme]");
        Assert.Equal(2, figure.Value);
        Assert.Equal([.. programmes.Select(programme => programme.Code).Order(StringComparer.Ordinal), "*"], figure.Rows.Select(row => row.Key["programme"]));
        Assert.Equal([1, 1, 2], figure.Rows.Select(row => row.Value!.Value));
        Assert.Equal(1, await told.Value($"measure: attendances, courses: [{course.Code}, {alone.Code}], programme: [{programmes[0].Code}, {programmes[1].Code}]"));
    }

    [Fact] // S2: figures are for the subgroup, the chair and the unit
    public async Task Nobody_else_may_ask()
    {
        var report = Learning.Figures.ReadReport.Text("test.yaml", "report: r\nperiod: {from: 2024-04-01, to: 2025-04-01}\nfigures: [{id: a, measure: people}]");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => ground.With((Learning.Figures.ComputeReport compute) => compute.RunAsync(report, null, Actor.Nobody, default)));
    }

    private Task<string> Code(Session session) => ground.Sql<string>($"select code from courses where id = '{session.CourseId}'");
}
