using Learning.Attendance;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Attendance;

public class RecordMarksTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // A3
    public async Task Sending_the_same_marks_twice_changes_nothing()
    {
        var hall = await Hall.Open(ground);
        MarkEntry[] batch = [hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id, MarkKind.Part, 200), hall.Mark(hall.People[2].Id, MarkKind.Dna)];

        var first = await hall.Sent("tablet", batch);
        var again = await hall.Sent("tablet", [.. batch, batch[0] with { Mark = MarkKind.Dna }]);

        Assert.Equal(batch.Select(mark => mark.Id), again.Stored);
        Assert.Equal(first.Version, again.Version);
        Assert.Equal(3, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'"));
        Assert.Equal(MarkKind.Attended, (await hall.Standing(hall.People[0])).Mark.Kind);
    }

    [Fact] // A2, in the database itself
    public async Task A_mark_is_of_a_part_of_its_own_session()
    {
        var (hall, other) = (await Hall.Open(ground), await Hall.Open(ground));
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id));

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"""
            insert into marks (id, part_id, session_id, person_id, mark, marked_at, recorded_at)
            select gen_random_uuid(), '{other.Part}', session_id, person_id, mark, marked_at, recorded_at from marks where session_id = '{hall.Session.Id}'
            """));

        Assert.Equal("marks_part_of_its_session", refused.ConstraintName);
    }

    [Fact] // A2
    public async Task The_newest_time_wins_whichever_comes_first()
    {
        var hall = await Hall.Open(ground);
        var (early, late) = (ground.Zone.Now.AddMinutes(-30), ground.Zone.Now.AddMinutes(-10));

        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Dna, at: late));
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, at: early));
        await hall.Sent("tablet", hall.Mark(hall.People[1].Id, at: late), hall.Mark(hall.People[1].Id, MarkKind.Dna, at: early));

        Assert.Equal(MarkKind.Dna, (await hall.Standing(hall.People[0])).Mark.Kind);
        Assert.Equal(MarkKind.Attended, (await hall.Standing(hall.People[1])).Mark.Kind);
    }

    [Theory] // A2
    [InlineData(60)]
    [InlineData(-60)]
    [InlineData(-20_000_000)]
    public async Task A_clock_that_is_wrong_is_corrected_by_how_much_it_is_wrong(int minutes)
    {
        var hall = await Hall.Open(ground);
        var (right, wrong) = (ground.Zone.Now.AddMinutes(-10), TimeSpan.FromMinutes(minutes));

        await hall.Sent("right", hall.Mark(hall.People[0].Id, MarkKind.Dna, at: right));
        // Marked a minute before by somebody whose clock is wrong, so the other stands; and a minute after.
        await hall.Send("wrong", [hall.Mark(hall.People[0].Id, at: right.AddMinutes(-1) + wrong)], fast: wrong);
        Assert.Equal(MarkKind.Dna, (await hall.Standing(hall.People[0])).Mark.Kind);
        var after = hall.Mark(hall.People[0].Id, at: right.AddMinutes(1) + wrong);
        await hall.Send("wrong", [after], fast: wrong);

        Assert.Equal((after.Id, right.AddMinutes(1)), ((await hall.Standing(hall.People[0])).Mark.Id, (await hall.Standing(hall.People[0])).Mark.MarkedAt));
    }

    [Fact] // A2
    public async Task No_mark_lies_in_the_future_and_those_that_would_keep_their_order()
    {
        var hall = await Hall.Open(ground);
        var now = ground.Zone.Now;
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Dna, at: now.AddHours(2)), hall.Mark(hall.People[0].Id, at: now.AddHours(1)));

        var standing = await hall.Standing(hall.People[0]);
        Assert.Equal((MarkKind.Dna, now), (standing.Mark.Kind, standing.Mark.MarkedAt));

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id));
        Assert.Equal(MarkKind.Attended, (await hall.Standing(hall.People[0])).Mark.Kind);
    }

    [Fact] // A2
    public async Task Two_devices_that_have_not_seen_each_other_s_marks_are_a_conflict_until_somebody_decides()
    {
        var hall = await Hall.Open(ground);
        var person = hall.People[0];
        var one = hall.Mark(person.Id, at: ground.Zone.Now.AddMinutes(-2));
        var other = hall.Mark(person.Id, MarkKind.Dna, at: ground.Zone.Now.AddMinutes(-5));
        Assert.Empty((await hall.Sent("one", one)).Flagged);

        var flagged = Assert.Single((await hall.Sent("other", other)).Flagged);
        Assert.Equal(other.Id, flagged.Id);
        Assert.Contains("Another device says something else", flagged.Why);
        var standing = await hall.Standing(person);
        Assert.Equal((one.Id, true, other.Id), (standing.Mark.Id, standing.Disputed, standing.Other!.Id));

        // Its own newest mark is no decision: it still has not seen what the other says.
        var more = hall.Mark(person.Id, MarkKind.Part, 300, seen: one.Id);
        await hall.Sent("one", more);
        Assert.True((await hall.Standing(person)).Disputed);

        Assert.Empty((await hall.Sent("desk", hall.Mark(person.Id, MarkKind.Dna, seen: more.Id))).Flagged);
        var decided = await hall.Standing(person);
        Assert.Equal((MarkKind.Dna, false), (decided.Mark.Kind, decided.Disputed));
    }

    [Fact] // A2
    public async Task Having_seen_the_other_mark_or_saying_the_same_is_no_conflict()
    {
        var hall = await Hall.Open(ground);
        var first = hall.Mark(hall.People[0].Id);
        await hall.Sent("one", first, hall.Mark(hall.People[1].Id));

        var answer = await hall.Sent("other", hall.Mark(hall.People[0].Id, MarkKind.Dna, seen: first.Id), hall.Mark(hall.People[1].Id));

        Assert.Empty(answer.Flagged);
        Assert.False((await hall.Standing(hall.People[0])).Disputed);
    }

    [Fact] // A1, P2
    public async Task A_substitute_is_there_and_the_holder_is_not_each_with_agency_and_workforce_of_the_day()
    {
        var (police, health) = (await Given.Agency(), await Given.Agency());
        var hall = await Hall.Open(ground, agency: police);
        var colleague = await Given.Person(police, "jordan.pike@police.example", "Jordan", "Pike", Workforce.Adults);
        await Given.Job(colleague, health, "2024-01-01", main: true);

        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Substitute, substitute: new Somebody(null, " Jordan.Pike@POLICE.example ")));

        var standing = await hall.Standing(hall.People[0]);
        Assert.Equal((colleague.Id, "Jordan Pike"), (standing.Mark.SubstituteId, standing.SubstituteName));
        Assert.Equal((police.Id, Workforce.Children), (standing.Mark.AgencyId, standing.Mark.Workforce));
        Assert.Equal((police.Id, Workforce.Adults), (standing.Mark.SubstituteAgencyId, standing.Mark.SubstituteWorkforce));
        Assert.False(standing.Mark.WalkIn);
        Assert.IsType<RecordOutcome.Refused>(await hall.Send("tablet", [hall.Mark(hall.People[1].Id, MarkKind.Substitute, substitute: hall.People[1].Id)]));
    }

    [Fact] // P2
    public async Task A_mark_carries_the_agency_of_the_booking_and_else_of_the_employment_of_that_day()
    {
        var (old, current, given) = (await Given.Agency(), await Given.Agency(), await Given.Agency());
        var hall = await Hall.Open(ground, people: 0);
        var (mover, booked, nobody) = (await Given.Person(), await Given.Person(current), await Given.Person());
        await Given.Job(mover, old, "2020-01-01", "2024-05-15");
        await Given.Job(mover, current, "2024-05-15");
        await Given.Booking(hall.Session, booked, agency: given);

        await hall.Sent("tablet", hall.Mark(mover.Id), hall.Mark(booked.Id), hall.Mark(nobody.Id));

        Assert.Equal((current.Id, true), ((await hall.Standing(mover)).Mark.AgencyId, (await hall.Standing(mover)).Mark.WalkIn));
        Assert.Equal((given.Id, false), ((await hall.Standing(booked)).Mark.AgencyId, (await hall.Standing(booked)).Mark.WalkIn));
        Assert.Null((await hall.Standing(nobody)).Mark.AgencyId);
    }

    [Fact] // A4, P6
    public async Task A_walk_in_joins_the_person_who_has_the_address_in_any_case_also_one_who_was_merged()
    {
        var agency = await Given.Agency();
        var hall = await Hall.Open(ground, people: 0);
        var (known, old) = (await Given.Person(agency, "wren.vickers@faith.example", "Wren", "Vickers"), await Given.Person(null, "w.vickers@old.example", "Wren", "Vickers"));
        await Given.Save(new PersonMerge { PersonId = old.Id, IntoId = known.Id, RecordedAt = ground.Zone.Now, Reason = "One person" });

        var answer = await hall.Sent(
            "tablet", hall.Mark(new Somebody(null, " WREN.Vickers@Faith.example", "wren  vickers")), hall.Mark(new Somebody(null, "w.vickers@old.example", "Wren Vickers"), MarkKind.Part, 300));

        Assert.Empty(answer.Flagged);
        var row = Assert.Single((await hall.Sheet()).People);
        Assert.Equal((known.Id, agency.Id, 300), (row.PersonId, row.AgencyId, row.Marks[hall.Part].Mark.Minutes));
    }

    [Fact] // A4, P4, P6
    public async Task A_walk_in_whom_nobody_knows_becomes_one_person_of_the_agency_that_the_domain_proposes()
    {
        var agency = await Given.Agency("Bluebell Nursery");
        await Given.Save(new AgencyDomain { Domain = "bluebell.example", AgencyId = agency.Id });
        var hall = await Hall.Open(ground, people: 0, null, "2024-05-15 10:00 to 12:00", "2024-05-15 13:00 to 15:00");
        var (morning, afternoon) = (new Somebody(null, "Mary@Bluebell.example", "Mary Ann Lee"), new Somebody(null, "mary@bluebell.example", "Mary Ann Lee"));

        await hall.Sent("tablet", hall.Mark(morning), hall.Mark(afternoon, part: hall.Parts[1].Id));
        await hall.Sent("other tablet", hall.Mark(morning));

        await using var db = ground.Db();
        var made = await db.Persons.SingleAsync(person => db.PersonEmails.Any(email => email.Email == "mary@bluebell.example" && email.PersonId == person.Id));
        Assert.Equal(("Mary Ann", "Lee"), (made.GivenName, made.FamilyName));
        var row = Assert.Single((await hall.Sheet()).People);
        Assert.Equal((made.Id, "Bluebell Nursery", 2, (Guid?)null), (row.PersonId, row.Agency, row.Marks.Count, row.BookingId));
        Assert.True(row.Marks[hall.Part].Mark.WalkIn);
        Assert.Null(row.Marks[hall.Part].Mark.Workforce);
    }

    [Fact] // A4: a shared mailbox must not pass for a person unseen
    public async Task An_address_of_somebody_of_another_name_is_flagged_and_so_is_one_without_a_name()
    {
        var hall = await Hall.Open(ground, people: 1);
        await Given.Person(null, "office@school.example", "Office", "School");

        var answer = await hall.Sent(
            "tablet", hall.Mark(new Somebody(null, "office@school.example", "Pat Reed")),
            hall.Mark(hall.People[0].Id, MarkKind.Substitute, substitute: new Somebody(null, "stranger@nowhere.example")));

        Assert.Equal(["another name", "no name"], answer.Flagged.Select(mark => ground.Sql<string>($"select flag from marks where id = '{mark.Id}'").Result));
    }

    [Fact] // A4
    public async Task Two_devices_that_bring_the_same_new_person_at_the_same_time_make_one_person()
    {
        var halls = new[] { await Hall.Open(ground, people: 0), await Hall.Open(ground, people: 0), await Hall.Open(ground, people: 0), await Hall.Open(ground, people: 0) };
        var came = new Somebody(null, "same@moment.example", "Same Moment");

        await Task.WhenAll(halls.Select(hall => hall.Sent("tablet", hall.Mark(came))));

        Assert.Equal(1, await ground.Sql<long>("select count(*) from persons where given_name = 'Same' and family_name = 'Moment'"));
        Assert.Equal(1, await ground.Sql<long>("select count(distinct person_id) from marks m join person_emails e using (person_id) where e.email = 'same@moment.example'"));
    }

    [Fact] // A3
    public async Task Marks_of_an_unknown_person_or_part_are_kept_beside_the_register_and_flagged()
    {
        var (hall, elsewhere) = (await Hall.Open(ground), await Hall.Open(ground));
        MarkEntry[] strays = [hall.Mark(Guid.CreateVersion7()), hall.Mark(hall.People[0].Id, part: elsewhere.Part), hall.Mark(hall.People[0].Id, MarkKind.Substitute, substitute: Guid.CreateVersion7())];

        var answer = await hall.Sent("tablet", strays);
        await hall.Sent("tablet", strays);

        Assert.Equal((strays.Length, strays.Length), (answer.Stored.Count, answer.Flagged.Count));
        Assert.Equal("unknown part,unknown person,unknown person", await ground.Sql<string>(
            $"select string_agg(why, ',' order by why) from mark_strays where session_id = '{hall.Session.Id}'"));
        Assert.All((await hall.Sheet()).People, person => Assert.Empty(person.Marks));
    }

    [Fact] // A3, H5
    public async Task Marks_of_a_session_that_was_cancelled_meanwhile_are_kept_and_count_nowhere()
    {
        var hall = await Hall.Open(ground);
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now(), changed_at = now() where id = '{hall.Session.Id}'");

        var answer = await hall.Sent("tablet", hall.Mark(hall.People[0].Id));

        Assert.Contains("cancelled", Assert.Single(answer.Flagged).Why);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'"));
    }

    [Fact]
    public async Task An_id_of_another_register_is_refused_and_nothing_of_its_batch_is_stored()
    {
        var (hall, elsewhere) = (await Hall.Open(ground), await Hall.Open(ground));
        var taken = elsewhere.Mark(elsewhere.People[0].Id);
        await elsewhere.Sent("tablet", taken);

        Assert.IsType<RecordOutcome.Refused>(await hall.Send("tablet", [hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id, id: taken.Id)]));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'"));
    }

    [Fact] // A1
    public async Task More_minutes_than_the_part_lasts_are_stored_and_flagged()
    {
        var hall = await Hall.Open(ground);
        var answer = await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Part, 331), hall.Mark(hall.People[1].Id, MarkKind.Part, 330));
        Assert.Equal("More minutes than this part lasts.", Assert.Single(answer.Flagged).Why);
        Assert.Equal(331, (await hall.Standing(hall.People[0])).Mark.Minutes);
    }

    [Fact] // S3, T4
    public async Task A_batch_is_one_line_on_the_audit_trail_and_a_mark_cannot_be_changed()
    {
        var hall = await Hall.Open(ground);
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id));

        await using var db = ground.Db();
        var entry = await db.AuditEntries.SingleAsync(row => row.SubjectId == hall.Session.Id);
        Assert.Equal((hall.Trainer.Id, "recorded marks"), (entry.ActorId!.Value, entry.Verb));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update marks set mark = 'dna' where session_id = '{hall.Session.Id}'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"delete from marks where session_id = '{hall.Session.Id}'"));
    }
}
