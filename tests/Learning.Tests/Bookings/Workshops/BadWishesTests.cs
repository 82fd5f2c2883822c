using Learning.Bookings;
using Learning.Bookings.Workshops;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>What nobody may wish for, plan or hold: refused in words by the verbs, and by the database whatever the statement.</summary>
public class BadWishesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B14
    public async Task A_workshop_of_another_conference_or_round_the_same_twice_and_a_rank_left_out_are_said_beside_their_field_and_nothing_is_kept()
    {
        var (conference, other) = (await GivenConference.In(ground, 260, 2, 3, 3), await GivenConference.In(ground, 260, 1, 3));
        var amara = await conference.Delegate("1A 2A");
        var (one, two) = (conference.Rounds[0].Round.Id, conference.Rounds[1].Round.Id);
        async Task<IReadOnlyList<WishMistake>> Wrong(params TypedWish[] wishes) => Assert.IsType<WishOutcome.Refused>(await amara.Rank(wishes)).Mistakes;

        Assert.Equal([new(one, 1, "Choose a workshop of this round")], await Wrong(new TypedWish(one, 1, other.At("1A").Ref)));
        Assert.Equal([new(one, 1, "Choose a workshop of this round")], await Wrong(new TypedWish(one, 1, conference.At("2A").Ref)));
        Assert.Equal([new(one, 1, "Choose a workshop of this round")], await Wrong(new TypedWish(one, 1, "'; drop table wishes --\0😀")));
        Assert.Equal([new(other.Rounds[0].Round.Id, 1, "Choose a workshop of this round")], await Wrong(new TypedWish(other.Rounds[0].Round.Id, 1, other.At("1A").Ref)));
        Assert.Equal([new(one, 2, "You have chosen this workshop already. Choose another one, or leave it empty")], await Wrong(new(one, 1, conference.At("1A").Ref), new(one, 2, conference.At("1A").Ref.ToLowerInvariant())));
        Assert.Equal([new(two, 2, "Say your first choice before your second")], await Wrong(new(one, 1, conference.At("1A").Ref), new(two, 1, ""), new(two, 2, conference.At("2B").Ref)));
        Assert.Equal([new(one, 7, "Make 5 choices or fewer in a round")], await Wrong(new TypedWish(one, 7, conference.At("1A").Ref)));
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from workshop_wishes where booking_id = '{amara.Booking}'"));
        await amara.Cancel();
        Assert.IsType<WishOutcome.TooLate>(await amara.Rank("1A"));
    }

    [Fact] // B14
    public async Task A_round_that_overlaps_another_lies_outside_or_ends_before_it_starts_and_one_with_workshops_are_refused()
    {
        var conference = await GivenConference.In(ground, 260, 2, 3);
        async Task<string> Add(string? from, string? to) => Assert.IsType<DeskOutcome.Refused>(await ground.With((PlanRounds plan) => plan.AddAsync(conference.Ref, null, from, to, conference.Unit))).Mistakes[0].Sentence;

        Assert.Equal("It overlaps the round 10:45am to 11:45am: nobody can be in both", await Add("11:30", "11:50"));
        Assert.StartsWith("It lies outside its conference", await Add("15:30", "16:30"));
        Assert.Equal("A round ends after it starts", await Add("15:30", "15:30"));
        Assert.Equal("Enter when it starts, such as 10:45am", await Add("soon", "15:30"));
        Assert.StartsWith("This round has workshops", Assert.IsType<DeskOutcome.Refused>(await ground.With((PlanRounds plan) => plan.RemoveAsync(conference.Ref, conference.Rounds[0].Round.Id, conference.Unit))).Mistakes[0].Sentence);
        async Task<string> Plan(string? title, string? room, string? capacity) =>
            Assert.IsType<DeskOutcome.Refused>(await ground.With((PlanWorkshop plan) => plan.RunAsync(conference.Ref, new(conference.Rounds[0].Round.Id, title, room, capacity), conference.Unit))).Mistakes[0].Sentence;
        Assert.Equal("Enter what it is called", await Plan(" ", "Room 7", "10"));
        Assert.Equal("Another workshop of this round is in that room", await Plan("Dental neglect", "room 0", "10"));
        Assert.Equal("Enter how many places there are", await Plan("Dental neglect", "Room 7", "many"));
    }

    [Theory] // B14
    [InlineData("bookings_one_workshop", "insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{1B}', '{person}', 'confirmed', now(), now())")]
    [InlineData("bookings_workshop_needs_conference", "insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{1B}', '{stranger}', 'confirmed', now(), now())")]
    [InlineData("bookings_workshop_needs_conference", "update bookings set state = 'cancelled' where id = '{booking}'")]
    [InlineData("sessions_never_oversold", "update sessions set capacity = 0 where id = '{1A}'")]
    [InlineData("workshop_wishes_once", "insert into workshop_wishes (booking_id, round_id, workshop_id, rank) values ('{booking}', '{round}', '{1A}', 2)")]
    [InlineData("workshop_wishes_pkey", "insert into workshop_wishes (booking_id, round_id, workshop_id, rank) values ('{booking}', '{round}', '{1B}', 1)")]
    [InlineData("workshop_wishes_of_round", "insert into workshop_wishes (booking_id, round_id, workshop_id, rank) values ('{booking}', '{round}', '{2A}', 2)")]
    [InlineData("workshop_wishes_of_conference", "insert into workshop_wishes (booking_id, round_id, workshop_id, rank) values ('{booking}', '{elsewhere}', '{other}', 1)")]
    [InlineData("conference_rounds_apart", "insert into conference_rounds (id, conference_id, starts_local, ends_local) values (gen_random_uuid(), '{conference}', '2024-06-05 11:44', '2024-06-05 11:50')")]
    [InlineData("sessions_within_round", "update session_parts set ends_local = '2024-06-05 11:50' where session_id = '{1A}'")]
    [InlineData("sessions_round", "update sessions set round_id = '{elsewhere}' where id = '{1B}'")]
    [InlineData("allocation_runs_open", "insert into allocation_runs (id, conference_id, number, digest, made_at) values (gen_random_uuid(), '{conference}', 2, 'x', now()), (gen_random_uuid(), '{conference}', 3, 'x', now())")]
    public async Task The_database_refuses_it_by_whatever_statement(string constraint, string sql)
    {
        var (conference, other) = (await GivenConference.In(ground, 260, 2, 1, 3), await GivenConference.In(ground, 260, 1, 3));
        var amara = await conference.Delegate("1A");
        await conference.GiveOut();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql(sql.Replace("{person}", $"{amara.Person.Id}").Replace("{booking}", $"{amara.Booking}").Replace("{stranger}", $"{conference.Unit.PersonId}")
            .Replace("{round}", $"{conference.Rounds[0].Round.Id}").Replace("{elsewhere}", $"{other.Rounds[0].Round.Id}").Replace("{other}", $"{other.At("1A").Id}").Replace("{conference}", $"{conference.Session.Id}")
            .Replace("{1A}", $"{conference.At("1A").Id}").Replace("{1B}", $"{conference.At("1B").Id}").Replace("{2A}", $"{conference.At("2A").Id}")));

        Assert.Equal(constraint, refused.ConstraintName);
    }
}
