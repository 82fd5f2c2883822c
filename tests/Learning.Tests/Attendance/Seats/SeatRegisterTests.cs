using System.Net.Http.Json;
using System.Text.Json;

using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.Bookings;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Seats;

/// <summary>The register of a forum's meeting: who holds each seat then, and the seats that nobody holds.</summary>
public class SeatRegisterTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // A1, A4, A6, P2
    public async Task A_seat_s_holder_is_expected_without_a_booking_counts_for_their_seat_s_agency_and_is_named_when_not_marked()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var (board, police, council) = (await Board.Open(ground), await Given.Agency("Essex Police"), await Given.Agency("Council"));
        var ann = await Given.Person(council, given: "Ann");
        await Given.Job(ann, police, "2023-01-01");
        await Given.Job(await Given.Person(given: "Bea"), police, "2023-01-01");
        var seat = await board.Add("Superintendent", agency: police);
        await board.Fill(seat, ann);
        await board.Fill(await board.Add("Chair of health"), ann);
        var meeting = await board.Meeting("2024-05-15");
        await Given.Booking(meeting.Session, await Given.Person(), BookingState.Waiting);

        var row = Assert.Single((await meeting.Sheet()).People);
        Assert.Equal(("Superintendent, Chair of health", "Essex Police", true, null), (row.Seat, row.Agency, row.Expected, row.BookingId));
        Assert.Equal((1, 1), await ground.With(async (MyRegisters registers) => (await registers.AskAsync(await Given.Actor(meeting.Trainer))).ToSign.Select(one => (one.Booked, one.Unmarked)).Single()));
        Assert.Equal(ann.Name, Assert.Single(Assert.IsType<SignOutcome.Missing>(await meeting.Sign()).People).Name);

        await meeting.Sent("tablet", meeting.Mark(ann.Id));
        var mark = (await meeting.Standing(ann)).Mark;
        Assert.Equal((false, police.Id), (mark.WalkIn, mark.AgencyId!.Value));
        Assert.IsType<SignOutcome.Signed>(await meeting.Sign());

        // One person, however many seats: the table counts both, a figure counts the one mark.
        var table = (await board.Table("2024-04-01", "2025-04-01"))!;
        Assert.Equal((2, 1L), (table.Total(SeatCame.Attended), await ground.Sql<long>($"select count(*) from marks where session_id = '{meeting.Session.Id}'")));
    }

    [Fact] // A1, A6, T4
    public async Task A_term_that_ends_between_two_meetings_gives_each_its_own_holder_and_what_is_signed_stays()
    {
        ground.Clock.Set("2024-05-01 09:00");
        var (board, ann, bob) = (await Board.Open(ground), await Given.Person(given: "Ann"), await Given.Person(given: "Bob"));
        var seat = await board.Add("Lay member");
        await board.Fill(seat, ann, "2024-01-01", "2024-05-14");
        await board.Fill(seat, bob, "2024-05-15");
        var (first, second) = (await board.Meeting("2024-05-14"), await board.Meeting("2024-05-15"));
        Assert.Equal([ann.Id], (await first.Sheet()).People.Select(row => row.PersonId));
        Assert.Equal([bob.Id], (await second.Sheet()).People.Select(row => row.PersonId));

        await first.Sent("tablet", first.Mark(ann.Id));
        var deputy = await Given.Person(given: "Dee");
        await second.Sent("tablet", second.Mark(bob.Id, MarkKind.Substitute, substitute: deputy.Id));
        Assert.IsType<SignOutcome.Signed>(await first.Sign());
        Assert.IsType<SignOutcome.Signed>(await second.Sign());
        Assert.Equal(["Attended", "Attended by a deputy"], (await board.Table("2024-04-01", "2025-04-01"))!.Rows.Single().Cells.Select(cell => BoardWords.Of(cell!)));

        // Somebody finds out that Ann had left already in April. Signed registers keep who sat there; once reopened, the register asks for whoever did.
        Assert.IsType<SeatOutcome.Done>(await board.TryEnd((await board.Seen(seat)).Terms[1].Id, "2024-04-30"));
        Assert.Equal(SeatCame.Attended, (await board.Table("2024-04-01", "2025-04-01"))!.Rows.Single().Cells[0]!.Came);
        Assert.Equal(ann.Name, Assert.Single((await first.Sheet(board.Unit)).People).Name);
        await ground.With(async (ReopenRegister reopen) => Assert.IsType<ReopenOutcome.Reopened>(await reopen.RunAsync(first.Session.Ref, "Ann had left", await Given.Actor(board.Unit))));
        var open = await first.Sheet();
        Assert.False(open.People.Single().Expected);
        Assert.Equal(MarkKind.Vacant, Assert.Single(open.Seats).In(first.Part));
    }

    [Fact] // A1, A6, F2
    public async Task An_empty_seat_is_recorded_by_the_signature_as_the_seats_say_or_as_somebody_said_of_this_meeting()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var (board, ann) = (await Board.Open(ground), await Given.Person());
        await board.Fill(await board.Add("Chair"), ann);
        var (left, never, said) = (await board.Add("Lay member"), await board.Add("Ambulance trust"), await board.Add("NHS England"));
        await board.Fill(left, ann, "2024-01-01", "2024-04-30");
        var meeting = await board.Meeting("2024-05-15");
        await meeting.Sent("tablet", meeting.Mark(ann.Id), meeting.MarkSeat(said, MarkKind.Vacant));
        Assert.Equal(["Lay member (vacant)", "Ambulance trust (not appointed)", "NHS England (vacant)"], (await meeting.Sheet()).Seats.Select(seat => seat.Words(meeting.Part)));
        Assert.Equal("1 attended, 2 vacant, 1 not appointed", (await meeting.Sheet()).Tally((await meeting.Sheet()).Parts[0]));
        Assert.IsType<SignOutcome.Signed>(await meeting.Sign());

        Assert.Equal("Ambulance trust not-appointed, Lay member vacant, NHS England vacant", await ground.Sql<string>(
            $"select string_agg(seat || ' ' || mark, ', ' order by seat) from marks where session_id = '{meeting.Session.Id}' and person_id is null"));
        Assert.Equal("4 seats", await ground.Sql<string>($"select count(*) || ' seats' from signed_seats g join register_events e on e.id = g.event_id where e.session_id = '{meeting.Session.Id}'"));

        // Open again, what the signature recorded by itself follows the seats; what somebody pressed does not.
        await ground.With(async (ReopenRegister reopen) => Assert.IsType<ReopenOutcome.Reopened>(await reopen.RunAsync(meeting.Session.Ref, "Wrong", await Given.Actor(board.Unit))));
        Assert.IsType<SeatOutcome.Done>(await board.TakeBack(await board.Term(left)));
        await board.Empty(said, MarkKind.NotAppointed, "2024-05-01");
        Assert.Equal(["Lay member (not appointed)", "Ambulance trust (not appointed)", "NHS England (vacant)"], (await meeting.Sheet()).Seats.Select(seat => seat.Words(meeting.Part)));
        Assert.IsType<SignOutcome.Signed>(await meeting.Sign());
        Assert.Equal([1, 0, 0, 0, 1, 2, 0], Enum.GetValues<SeatCame>().Select(came => (ground.With(async (BoardTables _) => await board.Table("2024-04-01", "2025-04-01")).GetAwaiter().GetResult())!.Total(came)));
    }

    [Fact] // A1, A2, A3
    public async Task A_tablet_says_how_a_seat_is_empty_once_however_often_it_sends_and_two_that_disagree_are_a_dispute()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var (board, another) = (await Board.Open(ground), await Board.Open(ground));
        var (seat, foreign) = (await board.Add("Lay member"), await another.Add("Lay member"));
        var meeting = await board.Meeting("2024-05-15");
        var tablet = await (await ground.SiteAsync()).SignedInAsync(meeting.Trainer.Id);
        var (id, address) = (Guid.CreateVersion7(), $"/api/v1/registers/{meeting.Session.Ref}");
        object Body(Guid mark, Guid of, string kind, string device) => new { device, deviceNow = ground.Zone.Now, marks = new[] { new { id = mark, part = meeting.Part, seat = of, mark = kind, at = ground.Zone.Now } } };

        var before = await tablet.Http.GetFromJsonAsync<JsonElement>(address);
        Assert.Equal(("Lay member", "not-appointed"), (Seat(before).GetProperty("seat").GetString(), Seat(before).GetProperty("otherwise").GetString()));
        foreach (var _ in new[] { 1, 2 }) (await tablet.Http.PostAsJsonAsync($"{address}/marks", Body(id, seat, "vacant", "one"))).EnsureSuccessStatusCode();
        Assert.Equal(("vacant", id), (Seat(await tablet.Http.GetFromJsonAsync<JsonElement>(address)).GetProperty("marks")[0].GetProperty("mark").GetString(), (await meeting.Sheet()).Seats[0].Marks[meeting.Part].Mark.Id));

        (await tablet.Http.PostAsJsonAsync($"{address}/marks", Body(Guid.CreateVersion7(), seat, "not-appointed", "two"))).EnsureSuccessStatusCode();
        Assert.True((await meeting.Sheet()).Seats[0].Marks[meeting.Part].Disputed);
        var decided = (await meeting.Sheet()).Seats[0].Marks[meeting.Part];
        await meeting.Sent("one", meeting.MarkSeat(seat, MarkKind.Vacant, decided.Mark.Id));
        Assert.Equal((false, true), ((await meeting.Sheet()).Seats[0].Marks[meeting.Part].Disputed, (await meeting.Sheet()).Seats[0].Marks[meeting.Part].Decided));

        // A seat of another forum is kept and flagged, and is in nobody's register.
        var stray = await (await tablet.Http.PostAsJsonAsync($"{address}/marks", Body(Guid.CreateVersion7(), foreign, "vacant", "one"))).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("no such seat", stray.GetProperty("flagged")[0].GetProperty("why").GetString());
        Assert.Equal("Lay member", Assert.Single((await meeting.Sheet()).ToLookAt).Name);
    }

    [Fact] // A3, S2
    public async Task What_is_said_of_a_seat_long_after_signing_waits_for_the_business_unit()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var board = await Board.Open(ground);
        var seat = await board.Add("Lay member");
        var meeting = await board.Meeting("2024-05-15");
        Assert.IsType<SignOutcome.Signed>(await meeting.Sign());
        ground.Clock.Set("2024-06-10 09:00");
        await meeting.Sent("tablet", meeting.MarkSeat(seat, MarkKind.Vacant));
        await using var db = ground.Db();
        var late = Assert.Single(await AttendanceHistory.LateAsync(db, meeting.Session.Id));
        Assert.Equal(("Lay member", MarkKind.Vacant), (late.Name, late.Kind));
        await ground.With(async (CorrectMarks correct) => Assert.IsType<CorrectionOutcome.Done>(await correct.DecideAsync(meeting.Session.Ref, late.Id, true, "It came late", await Given.Actor(board.Unit))));
        var sheet = await meeting.Sheet(board.Unit);
        Assert.Equal((true, "Lay member (vacant)"), (sheet.State.Signed, Assert.Single(sheet.Seats).Words(meeting.Part)));
        Assert.Equal(SeatCame.Vacant, (await board.Table("2024-04-01", "2025-04-01"))!.Rows.Single().Cells[0]!.Came);
    }

    [Fact] // A2
    public async Task A_change_of_seats_is_a_new_version_of_each_register_that_a_tablet_then_asks_for()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var (board, ann) = (await Board.Open(ground), await Given.Person());
        var meeting = await board.Meeting("2024-05-15");
        var versions = new List<long> { (await meeting.Sheet()).State.Version };
        var seat = await board.Add("Lay member");
        versions.Add((await meeting.Sheet()).State.Version);
        await board.Fill(seat, ann);
        versions.Add((await meeting.Sheet()).State.Version);
        await board.TakeBack(await board.Term(seat));
        versions.Add((await meeting.Sheet()).State.Version);
        Assert.Equal(versions.Distinct().Order(), versions);
    }

    [Fact] // A6
    public async Task A_signature_waits_for_an_appointment_that_is_being_made_and_then_asks_for_whoever_was_appointed()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var (board, ann) = (await Board.Open(ground), await Given.Person());
        var seat = await board.Add("Lay member");
        var meeting = await board.Meeting("2024-05-15");
        await using var source = Npgsql.NpgsqlDataSource.Create(ground.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var appointing = await connection.BeginTransactionAsync();
        await using var appoint = connection.CreateCommand();
        appoint.CommandText = $"""
            select from courses where id = '{board.Course.Id}' for no key update;
            insert into seat_terms (id, seat_id, person_id, starts_on, recorded_at) values (gen_random_uuid(), '{seat}', '{ann.Id}', '2024-05-01', now())
            """;
        await appoint.ExecuteNonQueryAsync();

        var sign = meeting.Sign();
        while (!sign.IsCompleted && await ground.Sql<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for share%'") == 0)
        {
            await Task.Yield();
        }

        await appointing.CommitAsync();
        Assert.Equal(ann.Name, Assert.Single(Assert.IsType<SignOutcome.Missing>(await sign).People).Name);
    }

    [Fact] // A1, H0, C2
    public async Task An_imported_register_knows_the_name_of_an_empty_seat_alone_and_a_seat_of_that_name_takes_it()
    {
        ground.Clock.Set("2024-05-15 12:00");
        var board = await Board.Open(ground);
        await board.Fill(await board.Add("Lay member"), await Given.Person());
        var meeting = await board.Meeting("2024-05-15");
        Mark Imported(string seat, MarkKind kind) => new() { Id = Guid.CreateVersion7(), PartId = meeting.Part, SessionId = meeting.Session.Id, Seat = seat, Kind = kind, MarkedAt = ground.Zone.Now, RecordedAt = ground.Zone.Now };
        await Given.Save(Imported("lay MEMBER", MarkKind.Vacant), Imported("Probation", MarkKind.NotAppointed), new RegisterEvent { SessionId = meeting.Session.Id, Event = RegisterEventKind.Signed, RecordedAt = ground.Zone.Now });

        var table = (await board.Table("2024-04-01", "2025-04-01"))!;
        Assert.Equal([("Lay member", SeatCame.Vacant), ("Probation", SeatCame.NotAppointed)], table.Rows.Select(row => (row.Seat, row.Cells[0]!.Came)));
        Assert.Equal("Probation (not appointed)", Assert.Single((await meeting.Sheet()).Seats).Words(meeting.Part));
    }

    [Fact] // P5, A1
    public async Task Whoever_is_erased_holds_no_seat_from_the_day_after()
    {
        ground.Clock.Set("2024-05-15 12:00");
        var (board, ann) = (await Board.Open(ground), await Given.Person(given: "Ann"));
        var (now, later) = (await board.Add("Lay member"), await board.Add("Chair"));
        await board.Fill(now, ann);
        await board.Fill(later, ann, "2024-06-01");
        await ground.With(async (Learning.Records.ErasePerson erase) => Assert.IsType<Learning.Records.EraseOutcome.Erased>(await erase.RunAsync(ann.Id, "They asked for it", await Given.Actor(board.Unit))));
        Assert.Equal((1, 0), ((await board.Seen(now)).Terms.Count, (await board.Seen(later)).Terms.Count));
        ground.Clock.Set("2024-05-16 12:00");
        Assert.Equal(MarkKind.Vacant, (await board.Seen(now)).Today.Empty);
        Assert.Equal("Choose who holds the seat", Board.Why(await board.TryFill(now, ann, "2024-05-16")).Item2);
    }

    [Fact] // A1, A6
    public async Task A_hand_at_the_database_is_found_out()
    {
        ground.Clock.Set("2024-05-15 12:00");
        var (board, another) = (await Board.Open(ground), await Board.Open(ground));
        var seat = await board.Add("Lay member");
        var meeting = await board.Meeting("2024-05-15");
        Assert.IsType<SignOutcome.Signed>(await meeting.Sign());
        Assert.DoesNotContain("seat", await Walk());

        await ground.Sql($"""
            insert into signed_seats (event_id, seat_id, person_id) select max(id), '{await another.Add("Chair")}', '{board.Unit.Id}' from register_events where session_id = '{meeting.Session.Id}';
            update courses set kind = 'webinar' where id = '{another.Course.Id}'
            """);
        var found = await Walk();
        Assert.Contains($"A1 A seat has one holder, or none, on a day", found);
        Assert.Contains("of the forum whose session it is: seat", found);
        Assert.Contains($"A6 In a signed register every seat has the mark of whoever held it, or says how it was empty: seat", found);
        await ground.Sql($"update courses set kind = 'forum' where id = '{another.Course.Id}'");
    }

    private async Task<string> Walk()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        await Learning.Commands.CheckCommand.WalkAsync(database, output, CancellationToken.None);
        return output.ToString();
    }

    private static JsonElement Seat(JsonElement register) => register.GetProperty("seats")[0];
}
