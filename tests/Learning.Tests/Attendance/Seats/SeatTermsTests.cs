using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Attendance.Seats;

/// <summary>Seats and who holds them from which day to which: by the verbs, and kept by the database.</summary>
public class SeatTermsTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // A1
    public async Task A_seat_is_not_appointed_before_somebody_held_it_and_vacant_afterwards_unless_somebody_says_otherwise()
    {
        var (board, ann) = (await Board.Open(ground), await Given.Person(given: "Ann"));
        var seat = await board.Add("Lay member");
        Assert.Equal(MarkKind.NotAppointed, (await board.Seen(seat)).Today.Empty);

        await board.Fill(seat, ann, "2024-05-01", "2024-05-15");
        Assert.Equal((ann.Name, new DateOnly(2024, 5, 1)), ((await board.Seen(seat)).Today.Holder, (await board.Seen(seat)).Today.Since));
        Assert.Equal("not-appointed vacant", await ground.Sql<string>(
            $"select string_agg(empty, ' ' order by d) from generate_series('2024-04-30'::date, '2024-05-16', '16 days') d cross join lateral seats_on('{board.Course.Id}', d::date)"));

        await board.Empty(seat, MarkKind.NotAppointed, "2024-05-16");
        ground.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(MarkKind.NotAppointed, (await board.Seen(seat)).Today.Empty);

        // An emptiness without an end ends when somebody is appointed.
        var bob = await Given.Person(given: "Bob");
        await board.Fill(seat, bob, "2024-06-01");
        Assert.Equal([(bob.Name, (DateOnly?)null), (null, new DateOnly(2024, 6, 1)), (ann.Name, new DateOnly(2024, 5, 16))], (await board.Seen(seat)).Terms.Select(term => (term.Name, term.EndsOn)));
    }

    [Fact] // A1
    public async Task Two_terms_of_a_seat_have_no_day_in_common_and_the_answer_says_whose_it_is_and_when_it_is_free()
    {
        var (board, ann, bob) = (await Board.Open(ground), await Given.Person(given: "Ann", family: "Bell"), await Given.Person());
        var seat = await board.Add("Essex Police");
        await board.Fill(seat, ann, "2024-02-01", "2024-03-31");

        Assert.Equal((SeatField.From, "Ann Bell holds this seat from 1 February 2024 to 31 March 2024 then. Give 1 April 2024 or a later day"), Board.Why(await board.TryFill(seat, bob, "2024-03-31")));
        Assert.Equal((SeatField.LastDay, "Ann Bell holds this seat from 1 February 2024 to 31 March 2024 then. Give a last day before 1 February 2024"), Board.Why(await board.TryFill(seat, bob, "2024-01-15")));
        Assert.Equal((SeatField.LastDay, "Ann Bell holds this seat from 1 February 2024 to 31 March 2024 then. Give a last day before 1 February 2024"), Board.Why(await board.TryFill(seat, null, "2024-01-15", "2024-02-01", MarkKind.Vacant)));
        await board.Fill(seat, bob, "2024-01-15", "2024-01-31");
        await board.Fill(seat, bob, "2024-04-01");
        Assert.Equal((SeatField.From, $"{bob.Name} holds this seat since 1 April 2024 then. End that first"), Board.Why(await board.TryFill(seat, ann, "2024-05-01")));
        Assert.Equal((SeatField.LastDay, $"{bob.Name} holds this seat since 1 April 2024 then. Give a last day before 1 April 2024"), Board.Why(await board.TryEnd((await board.Seen(seat)).Terms[1].Id, "2024-04-01")));

        var said = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql(
            $"insert into seat_terms (id, seat_id, person_id, starts_on, recorded_at) values (gen_random_uuid(), '{seat}', '{ann.Id}', '2024-05-01', now())"));
        Assert.Equal("seat_terms_once", said.ConstraintName);
    }

    [Fact] // A1
    public async Task Two_who_appoint_at_the_same_moment_appoint_one()
    {
        var (board, ann, bob) = (await Board.Open(ground), await Given.Person(), await Given.Person());
        for (var round = 0; round < 10; round++)
        {
            var seat = await board.Add($"Seat {round}");
            var both = await Task.WhenAll(board.TryFill(seat, ann, "2024-02-01"), board.TryFill(seat, bob, "2024-03-01"));
            Assert.Equal(1, both.Count(one => one is SeatOutcome.Done));
            Assert.Single(both, one => one is SeatOutcome.Refused);
        }
    }

    [Fact] // A1
    public async Task A_seat_is_called_as_no_other_is_there_for_its_days_and_closing_it_ends_who_holds_it()
    {
        var (board, ann) = (await Board.Open(ground), await Given.Person(given: "Ann", family: "Bell"));
        var seat = await board.Add("Lay member", "2024-01-10");
        Assert.Equal((SeatField.Name, "This forum has a seat called “LAY  member”. Call this one so that the two can be told apart, such as “LAY  member 2”".Replace("  ", " ")), Board.Why(await board.TryAdd(" LAY  member ")));
        Assert.Equal((SeatField.Name, "Enter what the seat is called, such as “Lay member”"), Board.Why(await board.TryAdd("  ")));
        Assert.Equal(SeatField.Name, Board.Why(await board.TryAdd(new string('x', SeatRules.LongestName + 1))).Item1);
        Assert.Equal(SeatField.Name, Board.Why(await board.TryAdd("Lay\u0007")).Item1);
        Assert.Equal(SeatField.From, Board.Why(await board.TryAdd("Police", from: null)).Item1);
        await board.Add("Lay member 2");

        Assert.Equal((SeatField.From, "The seat is there from 10 January 2024. Give that day or a later one"), Board.Why(await board.TryFill(seat, ann, "2024-01-09")));
        await board.Fill(seat, ann, "2024-02-01");
        Assert.Equal((SeatField.From, "Ann Bell holds this seat since 1 February 2024 before that day. Give an earlier one, or take that back first"), Board.Why(await board.TryChange(seat, "Lay member", "2024-03-01")));
        Assert.Equal(SeatField.LastDay, Board.Why(await board.TryChange(seat, "Lay member", "2024-01-01", "2024-01-20")).Item1);
        Assert.IsType<SeatOutcome.Done>(await board.TryChange(seat, "Lay person", "2024-01-01", "2024-06-30"));
        Assert.Equal(("Lay person", new DateOnly(2024, 7, 1), new DateOnly(2024, 7, 1)), ((await board.Seen(seat)).Seat.Name, (await board.Seen(seat)).Seat.EndsOn, (await board.Seen(seat)).Terms[0].EndsOn));
        Assert.Equal((SeatField.From, "The last day of the seat is 30 June 2024. Give that day or an earlier one"), Board.Why(await board.TryFill(seat, ann, "2024-07-01")));
        await Assert.ThrowsAsync<PostgresException>(() => ground.Sql($"update seat_terms set ends_on = null where seat_id = '{seat}'"));
        await Assert.ThrowsAsync<PostgresException>(() => ground.Sql($"update forum_seats set ends_on = '2024-03-01' where id = '{seat}'"));
    }

    [Fact] // S1, S2, S3
    public async Task Only_the_business_unit_keeps_seats_and_every_change_is_on_the_trail_without_a_name()
    {
        var (board, ann) = (await Board.Open(ground), await Given.Person());
        var seat = await board.Add("Lay member");
        await board.Fill(seat, ann);
        var term = await board.Term(seat);
        foreach (var other in new[] { ann, await Organiser(board) })
        {
            Assert.IsType<SeatOutcome.NotFound>(await board.TryAdd("Police", by: other));
            Assert.IsType<SeatOutcome.NotFound>(await board.TryFill(seat, other, "2024-04-01", by: other));
            Assert.IsType<SeatOutcome.NotFound>(await board.TryEnd(term, "2024-04-01", other));
            Assert.IsType<SeatOutcome.NotFound>(await board.TakeBack(term, other));
            Assert.IsType<SeatOutcome.NotFound>(await board.TryChange(seat, "Mine", "2024-01-01", by: other));
        }

        // A seat of another forum, a course that is none, and nobody's number.
        var another = await Board.Open(ground);
        Assert.IsType<SeatOutcome.NotFound>(await another.TryFill(seat, ann, "2024-04-01"));
        Assert.IsType<SeatOutcome.NotFound>(await another.TryEnd(term, "2024-04-01"));
        Assert.IsType<SeatOutcome.NotFound>(await new Board(ground, await Given.Course(), board.Unit).TryAdd("Lay member"));
        Assert.Equal((SeatField.Holder, "Choose who holds the seat"), Board.Why(await board.TryFill(seat, null, "2024-04-01")));

        Assert.IsType<SeatOutcome.Done>(await board.TryEnd(term, "2024-04-30"));
        Assert.IsType<SeatOutcome.Done>(await board.TakeBack(term));
        Assert.Empty((await board.Seen(seat)).Terms);
        Assert.Equal("added a seat to a forum, appointed to a seat, ended a term on a seat, took back a term on a seat",
            await ground.Sql<string>($"select string_agg(verb, ', ' order by id) from audit_entries where actor_id = '{board.Unit.Id}'"));
    }

    private async Task<Learning.People.Person> Organiser(Board board)
    {
        var organiser = await Given.Person();
        await Given.Job(organiser, new Learning.People.Agency { Id = board.Course.OwnerId, Code = "", Name = "", Sector = "", StatutoryPartner = false }, "2020-01-01");
        await Given.Save(new Learning.Catalogue.CourseOrganiser { CourseId = board.Course.Id, PersonId = organiser.Id });
        return organiser;
    }
}
