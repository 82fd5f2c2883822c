using Learning.Bookings;
using Learning.Commands;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Commands;

public class CheckTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B2, B3, P6, T3, T4
    public async Task Every_invariant_can_be_asked_and_a_hand_at_the_database_is_found_out()
    {
        var session = await ground.Given.Session(capacity: 2);
        await ground.Given.Booking(session, await ground.Given.Person());
        Assert.Equal((0, ""), await Walk());

        await ground.Sql($"update sessions set taken = 2, counted_on = counted_on + 1, beyond_rules = false where id = '{session.Id}'");

        var (code, lines) = await Walk();
        Assert.Equal(1, code);
        Assert.Contains($"B2 Places taken are those confirmed and offered: session {session.Ref}: 2 counted, 1 found", lines);
        Assert.Contains($"T3 A session counts on the local date on which its last part starts: session {session.Ref}", lines);
    }

    [Fact] // B2: from the record, not from how it stands now
    public async Task A_place_too_many_that_somebody_had_for_a_moment_is_found_out_from_the_record()
    {
        var session = await ground.Given.Session(capacity: 1);
        var (first, second) = (await ground.Given.Booking(session, await ground.Given.Person()), await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Waiting));
        Assert.DoesNotContain("At no moment", (await Walk()).Lines);

        // In one transaction, a place that goes from one to the other is never two.
        string Became(Guid booking, string state) => $"insert into booking_changes (booking_id, session_id, state, recorded_at, holds_place) values ('{booking}', '{session.Id}', '{state}', now(), false)";
        await ground.Sql($"begin; {Became(second.Id, "confirmed")}; {Became(first.Id, "cancelled")}; commit");
        Assert.DoesNotContain("At no moment", (await Walk()).Lines);

        await ground.Sql(Became(first.Id, "confirmed"));
        var step = await ground.Sql<long>("select max(step) from booking_changes");
        await ground.Sql(Became(first.Id, "cancelled"));
        await ground.Sql($"update sessions set capacity = 5 where id = '{session.Id}'");
        var lines = (await Walk()).Lines;
        Assert.Contains($"B2 At no moment on record had a session more taken than places, unless its history had: session {session.Ref}, step {step}: 1 too many", lines);
        Assert.Single(lines.Split("At no moment on record"), part => part.Contains(session.Ref) && part.Contains("too many"));
    }

    private async Task<(int Code, string Lines)> Walk()
    {
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        var code = await CheckCommand.WalkAsync(database, output, CancellationToken.None);
        return (code, code == 0 ? "" : output.ToString());
    }
}
