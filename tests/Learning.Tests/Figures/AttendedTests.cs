using Learning.Attendance;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>Who attended: A1, A2 and A7, as the figures read them.</summary>
public sealed class AttendedTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Theory] // A7: a part of 6½ hours, 390 minutes; 75% of it is 292½
    [InlineData(292, 0)]
    [InlineData(293, 1)]
    [InlineData(390, 1)]
    public async Task In_part_counts_from_the_required_minutes(int minutes, int expected)
    {
        var session = await told.Given.Session();
        await told.Mark(session, await told.Given.Person(), MarkKind.Part, minutes: minutes);
        Assert.Equal(expected, await told.Value($"measure: attendances, courses: [{await Code(session)}]"));
    }

    [Theory] // A7: the share itself counts, here 300 of 400 minutes; without minutes it does not
    [InlineData(299, 0)]
    [InlineData(300, 1)]
    [InlineData(null, 0)]
    public async Task Exactly_75_per_cent_counts(int? minutes, int expected)
    {
        var session = await told.Given.Session(null, 20, "2024-06-03 09:20 to 16:00");
        await told.Mark(session, await told.Given.Person(), MarkKind.Part, minutes: minutes);
        Assert.Equal(expected, await told.Value($"measure: attendances, courses: [{await Code(session)}]"));
    }

    [Fact] // A7: a course may ask for another share of the minutes and of the parts; two of three parts, and no more, are two thirds
    public async Task A_course_has_shares_of_its_own()
    {
        var course = await told.Given.Course();
        await using (var db = ground.Db())
        {
            var row = await db.Courses.FindAsync(course.Id);
            (row!.RequiredParts, row.RequiredMinutes) = (0.667m, 0.5m);
            await db.SaveChangesAsync();
        }

        var session = await told.Given.Session(course, 20, "2024-06-03 09:00 to 10:00", "2024-06-04 09:00 to 10:00", "2024-06-05 09:00 to 10:00");
        var (all, two) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, all, MarkKind.Part, minutes: 30);
        await told.Mark(session, two, MarkKind.Attended, part: 1);
        await told.Mark(session, two, MarkKind.Attended, part: 2);
        Assert.Equal(1, await told.Value($"measure: people, courses: [{course.Code}]"));
        await ground.Sql($"update courses set required_parts = 0.666 where id = '{course.Id}'");
        Assert.Equal(2, await told.Value($"measure: people, courses: [{course.Code}]"));
    }

    [Theory] // A7: every part, unless the course says otherwise; A1: what is no presence
    [InlineData(MarkKind.Attended, 1)]
    [InlineData(MarkKind.Dna, 0)]
    [InlineData(MarkKind.Apologies, 0)]
    public async Task Both_days_make_the_course(MarkKind second, int expected)
    {
        var session = await told.Given.Session(null, 20, "2024-06-03 09:30 to 12:30", "2024-06-10 09:30 to 12:30");
        var person = await told.Given.Person();
        await told.Mark(session, person, MarkKind.Attended, part: 1);
        await told.Mark(session, person, second, part: 2);
        Assert.Equal(expected, await told.Value($"measure: attendances, courses: [{await Code(session)}]"));
    }

    [Fact] // A1: a substitute attended, the holder did not; P2: under the agency frozen on the mark
    public async Task A_substitute_attended_and_the_holder_did_not()
    {
        var (session, agency) = (await told.Given.Session(), await told.Given.Agency());
        var (holder, substitute) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, holder, MarkKind.Substitute, substitute: substitute, agency: agency);
        var figure = await told.Figure($"measure: people, courses: [{await Code(session)}], by: [agency]");
        Assert.Equal(1, figure.Value);
        Assert.Equal(agency.Code, figure.Rows[0].Key["agency"]);
        Assert.Equal(0, (await told.Figure($"measure: dna_rate, courses: [{await Code(session)}]")).Numerator);
    }

    [Fact] // A1: who came as a substitute and was marked on a place of their own is one attendance
    public async Task A_person_is_present_once()
    {
        var session = await told.Given.Session();
        var (holder, person) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, holder, MarkKind.Substitute, substitute: person);
        await told.Mark(session, person, MarkKind.Attended);
        Assert.Equal(1, await told.Value($"measure: attendances, courses: [{await Code(session)}]"));
    }

    [Fact] // A7: by a mark of one's own on the first day, as somebody's substitute on the second
    public async Task Parts_may_be_attended_in_different_ways()
    {
        var session = await told.Given.Session(null, 20, "2024-06-03 09:30 to 12:30", "2024-06-10 09:30 to 12:30");
        var (holder, person) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, person, MarkKind.Attended, part: 1);
        await told.Mark(session, holder, MarkKind.Dna, part: 1);
        await told.Mark(session, holder, MarkKind.Substitute, part: 2, substitute: person);
        Assert.Equal(1, await told.Value($"measure: attendances, courses: [{await Code(session)}]"));
    }

    [Fact] // A2: the newest corrected time wins, whatever arrived last; after a reopening the order of recording; T4: each as at its instant
    public async Task The_mark_that_stands_is_the_newest_by_its_time_and_after_a_reopening_by_its_order()
    {
        var session = await told.Given.Session();
        var person = await told.Given.Person();
        var keys = $"measure: attendances, courses: [{await Code(session)}]";
        await told.Mark(session, person, MarkKind.Attended, at: "2024-06-03 15:00");
        await told.Mark(session, person, MarkKind.Dna, at: "2024-06-03 14:00", recorded: "2024-06-03 18:00");
        Assert.Equal(1, await told.Value(keys));
        await told.Mark(session, person, MarkKind.Dna, at: "2024-06-03 13:00", recorded: "2024-06-20 09:00", reopening: 1);
        Assert.Equal(0, await told.Value(keys));
        await told.Mark(session, person, MarkKind.Attended, at: "2024-06-03 12:00", recorded: "2024-06-21 09:00", reopening: 1);
        Assert.Equal(1, await told.Value(keys));
        Assert.Equal(0, await told.Value(keys, asAt: "2024-06-20 09:00"));
        Assert.Equal(1, await told.Value(keys, asAt: "2024-06-20 08:59"));
    }

    [Fact] // A1: nobody sits on a vacant seat
    public async Task Empty_seats_are_nobody()
    {
        var session = await told.Given.Session();
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        await ground.Sql($"""
            insert into marks (id, part_id, session_id, seat, mark, marked_at, recorded_at)
            select gen_random_uuid(), p.id, p.session_id, 'Seat ' || m, m, now(), now() from session_parts p, unnest(array['vacant', 'not-appointed']) m where p.session_id = '{session.Id}'
            """);
        await told.Sign(session);
        Assert.Equal(1, await told.Value($"measure: people, courses: [{await Code(session)}]", asAt: "2100-01-01"));
        Assert.Equal(1, (await told.Figure($"measure: dna_rate, courses: [{await Code(session)}]", asAt: "2100-01-01")).Denominator);
    }

    private Task<string> Code(Learning.Catalogue.Session session) => ground.Sql<string>($"select code from courses where id = '{session.CourseId}'");
}
