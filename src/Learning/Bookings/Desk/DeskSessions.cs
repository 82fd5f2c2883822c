using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>A session in the list of those that somebody organises.</summary>
/// <param name="Total">How many lines there are on all pages.</param>
public sealed record DeskLine(
    string Ref, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset BookingClosesAt, string? Venue, string ModeWord, bool Cancelled, int Capacity, int Taken, int Kept, int Waiting,
    int? Minimum, bool Signed, int Total)
{
    public SessionMode Mode => Words.Parse<SessionMode>(ModeWord);
}

/// <summary>What the list can be narrowed to.</summary>
public sealed record DeskChoices(IReadOnlyList<(string Code, string Title)> Courses, IReadOnlyList<int> Years);

/// <summary>The question which sessions somebody organises: all for the business unit, those of their courses for whoever is named on one (S1). Two statements, however many there are.</summary>
public sealed class DeskSessions(LearningDb db, Zone zone)
{
    /// <summary>Lines of a page.</summary>
    public const int Size = 50;

    private sealed record Choice(string Code, string Title, int[] Years);

    /// <summary>Null: whoever asks organises nothing.</summary>
    public async Task<DeskChoices?> ChoicesAsync(Actor actor, CancellationToken stop = default)
    {
        var courses = await CoursesAsync(actor, stop);
        if (courses is { Length: 0 })
        {
            return null;
        }

        var rows = await db.Database.SqlQuery<Choice>($"""
            select c.code as "Code", c.title as "Title", array(
                select distinct (extract(year from s.counted_on - interval '3 months'))::integer from sessions s where s.course_id = c.id) as "Years"
            from courses c where c.kind <> 'e-learning' and ({courses}::uuid[] is null or c.id = any({courses})) order by lower(c.title), c.code
            """).ToListAsync(stop);
        return new([.. rows.Select(row => (row.Code, row.Title))], [.. rows.SelectMany(row => row.Years).Distinct().OrderDescending()]);
    }

    /// <summary>What is to come first, the nearest at the top; then what was, the latest at the top.</summary>
    public async Task<IReadOnlyList<DeskLine>> FindAsync(DeskFilter filter, Actor actor, CancellationToken stop = default)
    {
        var (courses, now, days) = (await CoursesAsync(actor, stop), zone.Now, filter.Days);
        var words = (filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return await db.Database.SqlQuery<DeskLine>($"""
            select s.ref as "Ref", c.title as "Title", s.starts_at as "StartsAt", s.ends_at as "EndsAt", s.booking_closes_at as "BookingClosesAt", s.venue as "Venue", s.mode as "ModeWord",
                s.status = 'cancelled' as "Cancelled", s.capacity as "Capacity", s.taken as "Taken", s.kept as "Kept", w.waiting as "Waiting", s.minimum as "Minimum", r.signed as "Signed",
                (count(*) over ())::integer as "Total"
            from sessions s
            join courses c on c.id = s.course_id
            cross join lateral (select count(*)::integer as waiting from bookings b where b.session_id = s.id and b.state = 'waiting') w
            cross join lateral (select coalesce((select e.event = 'signed' from register_events e where e.session_id = s.id order by e.id desc limit 1), false) as signed) r
            where ({courses}::uuid[] is null or c.id = any({courses})) and ({filter.Course}::text is null or upper(c.code) = upper({filter.Course}))
                and ({days?.From}::date is null or (s.counted_on >= {days?.From} and s.counted_on < {days?.To}))
                and case {filter.Show?.Word()}::text
                    when 'coming' then s.status = 'planned' and s.starts_at > {now}
                    when 'waiting' then s.status = 'planned' and s.starts_at > {now} and w.waiting > 0
                    when 'unsigned' then s.status = 'planned' and s.ends_at <= {now} and not r.signed
                    when 'minimum' then s.status = 'planned' and s.starts_at > {now} and s.taken < s.minimum
                    when 'cancelled' then s.status = 'cancelled'
                    else true end
                and not exists (select from unnest({words}) q where position(lower(q) in lower(concat_ws(' ', s.ref, c.code, c.title, s.venue))) = 0)
            order by s.ends_at <= {now}, case when s.ends_at > {now} then s.starts_at end, s.starts_at desc, s.ref
            limit {Size} offset {(filter.Page - 1) * Size}
            """).ToListAsync(stop);
    }

    /// <summary>The courses whose sessions somebody organises; null: every course.</summary>
    internal async Task<Guid[]?> CoursesAsync(Actor actor, CancellationToken stop) =>
        actor.IsUnit ? null : actor.PersonId is { } person ? [.. await Organisers.CoursesAsync(db, person, zone.Today, stop)] : [];
}
