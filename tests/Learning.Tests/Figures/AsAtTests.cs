using Learning.Attendance;
using Learning.Catalogue;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>T4: any figure can be computed again as at any instant, inclusive, with the same result.</summary>
public sealed class AsAtTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // T4, H0: a register returned late counts from the instant its marks are recorded, that instant included
    public async Task A_late_register_counts_from_its_instant_on()
    {
        var (session, keys) = await Attended("2024-07-25 12:00");
        Assert.Equal(0, await told.Value(keys, asAt: "2024-07-25 11:59:59"));
        Assert.Equal(1, await told.Value(keys, asAt: "2024-07-25 12:00"));
        Assert.Equal(1, await told.Value(keys, asAt: "2030-01-01"));
        Assert.NotNull(session);
    }

    [Fact] // F2: an attendance counts signed or not; what is counted over sessions held counts signed ones, signed as at the instant (A6)
    public async Task Held_is_what_was_signed_at_the_instant()
    {
        var (session, attendances) = await Attended("2024-06-03 16:00");
        var held = attendances.Replace("attendances", "sessions_held", StringComparison.Ordinal);
        var average = attendances.Replace("attendances", "average_attendance", StringComparison.Ordinal);
        await told.Sign(session, "2024-06-05 09:00");
        await told.Reopen(session, "2024-06-06 09:00");
        await told.Sign(session, "2024-06-07 09:00");
        foreach (var (at, expected) in new[] { ("2024-06-04", 0), ("2024-06-05 09:00", 1), ("2024-06-06 09:00", 0), ("2024-06-07 09:00", 1) })
        {
            Assert.Equal(1, await told.Value(attendances, at));
            Assert.Equal(expected, await told.Value(held, at));
            Assert.Equal(expected == 1 ? 1.0 : null, await told.Value(average, at));
        }
    }

    [Fact] // P3: after a merge one person, before it and after its undoing two; whoever is merged on and on is the last
    public async Task A_merge_makes_one_person_from_its_instant_until_it_is_undone()
    {
        var (session, keys) = (await told.Given.Session(), "");
        var people = new[] { await told.Given.Person(), await told.Given.Person(), await told.Given.Person() };
        foreach (var person in people)
        {
            await told.Mark(session, person, MarkKind.Attended);
        }

        keys = $"measure: people, courses: [{await Code(session)}]";
        await told.Merge(people[0], people[1], "2024-07-01 09:00");
        await told.Merge(people[1], people[2], "2024-08-01 09:00");
        await told.Merge(people[0], null, "2024-09-01 09:00");
        Assert.Equal(3, await told.Value(keys, "2024-07-01 08:59"));
        Assert.Equal(2, await told.Value(keys, "2024-07-01 09:00"));
        Assert.Equal(1, await told.Value(keys, "2024-08-01 09:00"));
        Assert.Equal(2, await told.Value(keys, "2024-09-01 09:00"));
        Assert.Equal(1, await told.Value(keys.Replace("people", "attendances", StringComparison.Ordinal), "2024-08-01 09:00"));
    }

    [Fact] // P3: should merges ever run in a ring, the people of it are one
    public async Task A_ring_of_merges_is_one_person()
    {
        var session = await told.Given.Session();
        var (one, other) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, one, MarkKind.Attended);
        await told.Mark(session, other, MarkKind.Attended);
        await told.Merge(one, other, "2024-07-01 09:00");
        await told.Merge(other, one, "2024-07-02 09:00");
        Assert.Equal(1, await told.Value($"measure: people, courses: [{await Code(session)}]"));
    }

    [Fact] // P3, A7: the two halves of one person's course come together
    public async Task A_merged_person_attended_what_either_account_did()
    {
        var session = await told.Given.Session(null, 20, "2024-06-03 09:30 to 12:30", "2024-06-10 09:30 to 12:30");
        var (one, other) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, one, MarkKind.Attended, part: 1);
        await told.Mark(session, other, MarkKind.Attended, part: 2);
        await told.Merge(one, other, "2024-07-01 09:00");
        var keys = $"measure: attendances, courses: [{await Code(session)}]";
        Assert.Equal(0, await told.Value(keys, "2024-06-30"));
        Assert.Equal(1, await told.Value(keys, "2024-07-02"));
    }

    [Fact] // T4: capacity, board, date and state of a session are those of the instant
    public async Task A_session_stands_as_it_stood()
    {
        var session = await told.Given.Session(await told.Given.Course(board: Board.Adults), 20);
        await told.Sign(session);
        var keys = $"courses: [{await Code(session)}], by: [board]";
        await told.Change(session, "2024-06-10 09:00", row => (row.Capacity, row.Board) = (25, Board.Children));
        await told.Change(session, "2024-07-10 09:00", row => row.CountedOn = new DateOnly(2025, 4, 1));
        var before = await told.Figure($"measure: places_offered, {keys}", "2024-06-09");
        Assert.Equal((20.0, "adults"), (before.Value, before.Rows[0].Key["board"]));
        var after = await told.Figure($"measure: places_offered, {keys}", "2024-06-11");
        Assert.Equal((25.0, "children"), (after.Value, after.Rows[0].Key["board"]));
        Assert.Equal(0, await told.Value($"measure: places_offered, {keys}", "2024-07-11"));
    }

    [Fact] // F2, T4: a session that is cancelled later was not yet; its places are lost from then on, by the date it was planned for
    public async Task A_session_is_cancelled_from_that_instant_on()
    {
        var session = await told.Given.Session(capacity: 17);
        var keys = $"courses: [{await Code(session)}]";
        await told.Change(session, "2024-05-20 09:00", row => (row.Status, row.CancelledAt) = (SessionStatus.Cancelled, told.At("2024-05-20 09:00")));
        Assert.Equal(0, await told.Value($"measure: sessions_cancelled, {keys}", "2024-05-19"));
        Assert.Equal(1, await told.Value($"measure: sessions_cancelled, {keys}", "2024-05-20 09:00"));
        Assert.Equal(17, await told.Value($"measure: places_lost, {keys}"));
    }

    [Fact] // F2: confirmed at the start, neither a place given up before nor one that was only waited for; who gave it up afterwards had it
    public async Task Places_booked_are_those_confirmed_at_the_start()
    {
        var session = await told.Given.Session();
        await told.Sign(session);
        await Booking(session, ("2024-05-01", "confirmed"));
        await Booking(session, ("2024-05-01", "confirmed"), ("2024-06-03 09:30", "cancelled"));
        await Booking(session, ("2024-05-01", "confirmed"), ("2024-06-03 09:31", "cancelled"));
        await Booking(session, ("2024-05-01", "waiting"));
        await Booking(session, ("2024-05-01", "waiting"), ("2024-05-02", "confirmed"));
        var keys = $"measure: places_booked, courses: [{await Code(session)}]";
        Assert.Equal(3, await told.Value(keys));
        Assert.Equal(0, await told.Value(keys, "2024-06-03 16:59"));
    }

    [Fact] // T4: the same records, the same digest; another record, another digest
    public async Task The_digest_tells_whether_the_same_records_were_counted()
    {
        var (session, keys) = await Attended("2024-06-03 16:00");
        var (first, again) = (await told.Figure(keys, "2024-06-04"), await told.Figure(keys, "2024-07-04"));
        Assert.StartsWith("sha256:", first.Digest, StringComparison.Ordinal);
        Assert.Equal(64, first.Digest["sha256:".Length..].Length);
        Assert.Equal(first.Digest, again.Digest);
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended, at: "2024-07-01 09:00");
        Assert.NotEqual(first.Digest, (await told.Figure(keys, "2024-07-04")).Digest);
        Assert.Equal(first.Digest, (await told.Figure(keys, "2024-06-30")).Digest);
    }

    [Fact] // T4: the digest is of the records, not of the order in which they happen to lie
    public async Task The_digest_does_not_depend_on_where_the_records_lie()
    {
        var owner = await told.Given.Agency();
        for (var i = 0; i < 30; i++)
        {
            await told.Given.Course(owner: owner);
        }

        var keys = $"measure: courses_available, owner: {owner.Code}";
        var before = await told.Figure(keys);
        await ground.OwnerSql("create index upside_down on courses (id desc); cluster courses using upside_down; drop index upside_down");
        var after = await told.Figure(keys);
        Assert.Equal((30.0, before.Digest), (after.Value, after.Digest));
    }

    [Theory] // T4, A2: a mark that is replaced by one that says the same is another record, be it of the only part, of the last or of an earlier one
    [InlineData("2024-06-03 09:30 to 12:30")]
    [InlineData("2024-06-03 09:30 to 12:30", "2024-06-10 09:30 to 12:30")]
    public async Task Another_mark_is_another_digest_though_the_number_is_the_same(params string[] parts)
    {
        var (session, person) = (await told.Given.Session(null, 20, parts), await told.Given.Person());
        var keys = $"measure: attendances, courses: [{await Code(session)}]";
        await told.Mark(session, person, MarkKind.Attended, at: "2024-06-10 13:00");
        var digests = new HashSet<string> { (await told.Figure(keys)).Digest };
        for (var part = 1; part <= parts.Length; part++)
        {
            await told.Mark(session, person, MarkKind.Attended, at: $"2024-06-1{part} 09:00", part: part);
            var figure = await told.Figure(keys);
            Assert.Equal(1, figure.Value);
            Assert.True(digests.Add(figure.Digest), $"part {part}");
        }
    }

    [Fact] // P3, T4: a merge makes another digest and its undoing the old one, because whom a record counts is part of it
    public async Task A_merge_changes_the_digest_until_it_is_undone()
    {
        var (session, other) = (await told.Given.Session(), await told.Given.Session());
        var (one, same) = (await told.Given.Person(), await told.Given.Person());
        await told.Mark(session, one, MarkKind.Attended);
        await told.Mark(other, same, MarkKind.Attended);
        await told.Merge(one, same, "2024-07-01 09:00");
        await told.Merge(one, null, "2024-08-01 09:00");
        var keys = $"measure: attendances, courses: [{await Code(session)}, {await Code(other)}]";
        var (before, merged, after) = (await told.Figure(keys, "2024-06-30"), await told.Figure(keys, "2024-07-02"), await told.Figure(keys, "2024-08-02"));
        Assert.Equal((2.0, 2.0, 2.0), (before.Value, merged.Value, after.Value));
        Assert.NotEqual(before.Digest, merged.Digest);
        Assert.Equal(before.Digest, after.Digest);
    }

    private async Task<(Session Session, string Keys)> Attended(string at)
    {
        var session = await told.Given.Session();
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended, at: at);
        return (session, $"measure: attendances, courses: [{await Code(session)}]");
    }

    private async Task Booking(Session session, params (string At, string State)[] changes)
    {
        var id = Guid.CreateVersion7();
        foreach (var (at, state) in changes)
        {
            var instant = $"{told.At(at):O}";
            await ground.Sql($"""
                insert into bookings (id, session_id, person_id, state, booked_at, state_at) values ('{id}', '{session.Id}', '{(await told.Given.Person()).Id}', '{state}', '{instant}', '{instant}')
                on conflict (id) do update set state = excluded.state, state_at = excluded.state_at
                """);
        }
    }

    private Task<string> Code(Session session) => ground.Sql<string>($"select code from courses where id = '{session.CourseId}'");
}
