using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Figures;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Attendance;

/// <summary>P2: what counts carries the agency of the day of the session, whenever it was booked and whatever comes later.</summary>
public sealed class AgencyOfTheDayTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    private Given Given => ground.Given;

    [Fact] // P2
    public async Task A_place_that_was_booked_before_a_move_counts_under_the_new_agency_on_the_session_s_day()
    {
        var (old, next) = (await Given.Agency(), await Given.Agency());
        var mover = await Given.Person(old);
        var session = await Given.Session();
        Assert.IsType<BookingOutcome.Confirmed>(await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await Given.Actor(mover))));
        await Move(mover, next, "2024-06-01");

        await MarkAndSign(session, mover);

        Assert.Equal((next.Id, next.Id), await Counted(session.Ref, mover));
        var code = await ground.Sql<string>($"select code from courses where id = '{session.CourseId}'");
        foreach (var measure in new[] { "attendances", "places_booked" })
        {
            var figure = await told.Figure($"measure: {measure}, courses: [{code}], by: [agency]");
            Assert.Equal([(next.Code, 1.0), ("*", 1.0)], figure.Rows.Select(row => (row.Key["agency"], row.Value!.Value)));
        }
    }

    [Fact] // P2: later moves change nothing, one that is told of late included
    public async Task What_has_counted_stays_with_its_agency()
    {
        var (old, next) = (await Given.Agency(), await Given.Agency());
        var person = await Given.Person(old);
        var session = await Given.Session();
        await Given.Booking(session, person);
        await MarkAndSign(session, person);

        await Move(person, next, "2024-06-01");
        await told.Reopen(session, "2024-06-10 09:00");
        await told.Sign(session, "2024-06-11 09:00");

        Assert.Equal((old.Id, old.Id), await Counted(session.Ref, person));
    }

    [Fact] // P2: the mark decides, else the booking
    public async Task An_agency_that_was_given_stands_against_the_employment()
    {
        var (works, given) = (await Given.Agency(), await Given.Agency());
        var person = await Given.Person(works);
        var session = await Given.Session();
        await Given.Booking(session, person, agency: given);

        await MarkAndSign(session, person);

        Assert.Equal((given.Id, given.Id), await Counted(session.Ref, person));
    }

    [Fact] // P2: an employment runs up to, not including, its last day; else "not known"
    public async Task Whoever_has_left_by_the_day_belongs_to_nobody_known()
    {
        var person = await Given.Person();
        await Given.Job(person, await Given.Agency(), "2020-01-01", "2024-06-03");
        var session = await Given.Session();
        await Given.Booking(session, person);

        await MarkAndSign(session, person);

        Assert.Equal((null, null), await Counted(session.Ref, person));
    }

    private async Task Move(Person person, Agency to, string on)
    {
        await ground.Sql($"update employments set ends_on = '{on}' where person_id = '{person.Id}'");
        await Given.Job(person, to, on);
    }

    // On the day of the session, 3 June 2024.
    private async Task MarkAndSign(Session session, Person person)
    {
        ground.Clock.Set("2024-06-03 16:30");
        var trainer = await Given.Person();
        await Given.Trainer(session, trainer);
        var part = await ground.Sql<Guid>($"select id from session_parts where session_id = '{session.Id}'");
        var mark = new MarkEntry(Guid.CreateVersion7(), part, person.Id, MarkKind.Attended, null, null, ground.Zone.Now, null);
        await ground.With(async (RecordMarks record) => Assert.IsType<RecordOutcome.Recorded>(await record.RunAsync(session.Ref, new MarkBatch("tablet", ground.Zone.Now, [mark]), await Given.Actor(trainer))));
        await ground.With(async (SignRegister sign) => Assert.IsType<SignOutcome.Signed>(await sign.RunAsync(session.Ref, await Given.Actor(trainer))));
        ground.Clock.Set("2024-05-15 09:00");
    }

    private async Task<(Guid? Mark, Guid? Booking)> Counted(string reference, Person person)
    {
        await using var db = ground.Db();
        var session = await db.Sessions.SingleAsync(row => row.Ref == reference);
        return ((await db.Marks.SingleAsync(row => row.SessionId == session.Id && row.PersonId == person.Id)).AgencyId,
            (await db.Bookings.SingleAsync(row => row.SessionId == session.Id && row.PersonId == person.Id)).AgencyId);
    }
}
