using Learning.Bookings;
using Learning.Database;

using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>
/// Writes bookings with their history: each is made at booked_at and, where it was cancelled, cancelled at cancelled_at (B1, H0). A booking that is known only ever
/// moves on: what the system has cancelled since does not come back. The agency of the day is known where the session was held; for one to come there is only what the row gives (P2).
/// </summary>
internal static class WriteBookings
{
    /// <summary>What becomes of a booking: the state in which it begins, and the state to which it goes, if it does, and when.</summary>
    private sealed record Course(ToldBooking Booking, BookingState First, BookingState? Then, DateTimeOffset? ThenAt);

    public static async Task<ImportCount> ToAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var courses = story.Bookings.Select(booking => CourseOf(booking, story)).ToList();
        await connection.StageAsync("import_bookings", courses.Where(course => course.Booking.Was is null).OrderBy(course => course.Booking.BookedAt).ThenBy(course => course.Booking.Line),
        [
            new("id", Uuid, course => course.Booking.Id), new("session_id", Uuid, course => course.Booking.Session.Id), new("person_id", Uuid, course => course.Booking.Person.Id),
            new("agency_id", Uuid, course => course.Booking.Agency?.Id), new("day", Date, course => course.Booking.Session.CountedOn), new("held", NpgsqlTypes.NpgsqlDbType.Boolean, course => course.Booking.Session.Status == ToldStatus.Held), new("state", Text, course => course.First.Word()),
            new("booked_at", TimestampTz, course => course.Booking.BookedAt),
            new("recorded_at", TimestampTz, course => story.RecordedAt(course.Booking.BookedAt!.Value, course.Booking.Session.CountedOn)),
            new("beyond_rules", NpgsqlTypes.NpgsqlDbType.Boolean, course => course.Booking.BeyondRules || course.Then is not null), new Staged<Course>("line", Integer, course => course.Booking.Line),
        ], stop);
        await connection.StageAsync("import_moves", courses.Where(course => course.Then is not null),
        [
            new("id", Uuid, course => course.Booking.Id), new("state", Text, course => course.Then!.Value.Word()), new Staged<Course>("at", TimestampTz, course => course.ThenAt),
            new("beyond_rules", NpgsqlTypes.NpgsqlDbType.Boolean, course => course.Booking.BeyondRules),
        ], stop);
        await StageSessionsAsync(connection, story, stop);

        // A cancelled booking held a place once, perhaps one that somebody else has now: while its history is written, the check on places waits.
        await connection.ExecuteAsync("""
            create temp table import_waived on commit drop as
            select id from sessions where not beyond_rules and (id in (select session_id from import_bookings) or id in (select session_id from import_kept))
            """, [], stop);
        await connection.ExecuteAsync("update sessions s set beyond_rules = true from import_waived w where s.id = w.id", [], stop);
        var withdrawn = await WithdrawAsync(connection, stop);
        // What is given up goes first: somebody who changes their workshop of a round has one at a time (B14).
        await connection.ExecuteAsync(Move + " and m.state = 'cancelled'", [], stop);
        var added = await connection.ExecuteAsync("""
            insert into bookings (id, session_id, person_id, agency_id, state, booked_at, state_at, beyond_rules)
            select i.id, i.session_id, i.person_id, coalesce(i.agency_id, e.agency_id), i.state, i.booked_at, i.recorded_at, i.beyond_rules
            from import_bookings i left join employments e on i.held and e.id = employment_on(i.person_id, i.day)
            order by i.booked_at, i.line
            """, [], stop);
        await connection.ExecuteAsync(Move, [], stop);
        await WithdrawAsync(connection, stop);
        await connection.ExecuteAsync("update sessions s set beyond_rules = false from import_waived w where s.id = w.id and s.id not in (select session_id from import_kept)", [], stop);

        // B14: the formats know a workshop's conference and no rounds.
        await connection.ExecuteAsync("select make_rounds(s.id) from sessions s where s.status = 'planned' and s.starts_at > $1 and exists (select from sessions w where w.parent_id = s.id)", [story.Now], stop);
        return new("bookings", courses.Count, added, withdrawn + courses.Count(course => course.Booking.Was is not null && course.Then is not null));
    }

    private const string Move = """
        update bookings b set state = m.state, state_at = greatest(b.state_at, m.at), beyond_rules = m.beyond_rules, offer_ends_at = null from import_moves m
        where b.id = m.id and (b.state, b.beyond_rules) is distinct from (m.state, m.beyond_rules)
        """;

    // B13: nobody keeps a place on a session that was cancelled.
    private static async Task<int> WithdrawAsync(NpgsqlConnection connection, CancellationToken stop) => await connection.ExecuteAsync("""
        update bookings b set state = 'withdrawn', state_at = greatest(b.state_at, c.at), state_reason = 'The session was cancelled', offer_ends_at = null
        from import_cancelled c where b.session_id = c.session_id and b.state in ('requested', 'confirmed', 'waiting', 'offered')
        """, [], stop);

    private static async Task StageSessionsAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var cancelled = story.Sessions.All.Values.Where(session => session.IsTold && session.Status == ToldStatus.Cancelled);
        await connection.StageAsync<ToldSession>("import_cancelled", cancelled,
            [new("session_id", Uuid, session => session.Id), new("at", TimestampTz, session => story.RecordedAt(WriteSessions.CancelledAt(session, story), session.CountedOn))], stop);
        await connection.StageAsync<ToldSession>("import_kept", story.Sessions.All.Values.Where(session => session.BeyondRules), [new("session_id", Uuid, session => session.Id)], stop);
    }

    private static Course CourseOf(ToldBooking booking, Story story)
    {
        var day = booking.Session.CountedOn;
        return (booking.Was, booking.Status) switch
        {
            (null, ToldBookingStatus.Confirmed) => new(booking, BookingState.Confirmed, null, null),
            (null, ToldBookingStatus.Waiting) => new(booking, BookingState.Waiting, null, null),
            (null, _) when booking.CancelledAt is { } at => new(booking, BookingState.Confirmed, BookingState.Cancelled, story.RecordedAt(at, day)),
            (null, _) => new(booking, BookingState.Cancelled, null, null),
            (BookingState.Requested or BookingState.Waiting, ToldBookingStatus.Confirmed) => new(booking, BookingState.Confirmed, BookingState.Confirmed, story.Now),
            (BookingState.Requested or BookingState.Waiting or BookingState.Offered or BookingState.Confirmed, ToldBookingStatus.Cancelled) =>
                new(booking, BookingState.Confirmed, BookingState.Cancelled, story.RecordedAt(booking.CancelledAt ?? story.Now, day)),
            _ => new(booking, BookingState.Confirmed, null, null),
        };
    }
}
