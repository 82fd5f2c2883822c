using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A session as the API tells of it, with its places: those there are, those held or on offer, and how many people wait. Instants are UTC.</summary>
public sealed record SessionPlaces(
    string Ref, string Course, string Title, string Kind, string Mode, string? Venue, string Status, DateTimeOffset Starts, DateTimeOffset Ends,
    DateTimeOffset BookingCloses, int Places, int Taken, int Waiting)
{
    /// <summary>
    /// The sessions of published courses that start on local dates from <paramref name="from"/> up to, not including, <paramref name="to"/> (T2), in
    /// order of time. What is not given does not narrow.
    /// </summary>
    public static Task<List<SessionPlaces>> OfAsync(LearningDb db, Zone zone, DateOnly? from, DateOnly? to, string? course, CancellationToken stop) =>
        ReadAsync(db, zone, from is { } first ? zone.StartOf(first) : null, to is { } last ? zone.StartOf(last) : null, course, null, stop);

    /// <summary>One session by its reference; case matters not. Null when there is none.</summary>
    public static async Task<SessionPlaces?> OfAsync(LearningDb db, Zone zone, string reference, CancellationToken stop) =>
        (await ReadAsync(db, zone, null, null, null, reference, stop)).SingleOrDefault();

    private static Task<List<SessionPlaces>> ReadAsync(
        LearningDb db, Zone zone, DateTimeOffset? since, DateTimeOffset? until, string? course, string? reference, CancellationToken stop) =>
        db.Database.SqlQuery<SessionPlaces>($"""
            select s.ref as "Ref", c.code as "Course", c.title as "Title", c.kind as "Kind", s.mode as "Mode", s.venue as "Venue", s.status as "Status",
                   s.starts_at as "Starts", s.ends_at as "Ends", s.booking_closes_at as "BookingCloses", s.capacity as "Places", s.taken as "Taken",
                   (select count(*)::integer from bookings b where b.session_id = s.id and b.state = 'waiting') as "Waiting"
            from sessions s join courses c on c.id = s.course_id
            where c.published_on <= {zone.Today}
                and ({reference}::text is null or upper(s.ref) = upper({reference})) and ({course}::text is null or upper(c.code) = upper({course}))
                and ({since}::timestamptz is null or s.starts_at >= {since}) and ({until}::timestamptz is null or s.starts_at < {until})
            order by s.starts_at, s.ref
            """).ToListAsync(stop);
}
