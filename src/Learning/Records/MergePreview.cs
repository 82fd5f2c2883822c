using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>One of two records that may be one human being, with what it holds.</summary>
public sealed record MergeRecord(
    MergeSide Side, IReadOnlyList<string> Emails, IReadOnlyList<string> Jobs, int Bookings, int Marks, int Completions, DateTimeOffset CreatedAt, bool HasAccount);

/// <summary>A session on which both hold something: the booking that stays, and the one that the merge withdraws.</summary>
public sealed record DoubleBooking(Guid WithdrawnId, string Ref, string Title, string Stays, string Goes);

/// <summary>What merging two records would do, before it is done.</summary>
/// <param name="Refused">Why it cannot be done; null when it can.</param>
public sealed record MergePreview(MergeRecord Kept, MergeRecord Other, IReadOnlyList<DoubleBooking> DoubleBookings, string? Refused)
{
    private sealed record Row(string Name, bool Erased, Guid CountedAs, string[] Roles, string[] Emails, string[] Jobs, int Bookings, int Marks, int Completions, DateTimeOffset CreatedAt, bool HasAccount);

    /// <summary>Null where one of them is not there, or who asks is not the business unit.</summary>
    public static async Task<MergePreview?> OfAsync(LearningDb db, Guid kept, Guid other, Zone zone, Actor actor, CancellationToken stop = default) =>
        actor.IsUnit && await RecordAsync(db, kept, zone.Today, stop) is { } one && await RecordAsync(db, other, zone.Today, stop) is { } two
            ? new(one, two, await DoubleBookingsAsync(db, kept, other, zone.Now, stop), MergeRules.WhyNotMerge(one.Side, two.Side, actor.IsMachine)) : null;

    /// <summary>One record as the rule asks about it.</summary>
    internal static async Task<MergeSide?> SideAsync(LearningDb db, Guid id, DateOnly today, CancellationToken stop) => (await RecordAsync(db, id, today, stop))?.Side;

    /// <summary>Sessions that have not begun and on which both hold something live (B3): the stronger booking stays, of two alike the earlier.</summary>
    internal static Task<List<DoubleBooking>> DoubleBookingsAsync(LearningDb db, Guid kept, Guid other, DateTimeOffset now, CancellationToken stop) =>
        db.Database.SqlQuery<DoubleBooking>($"""
            with live as (
                select b.id, b.session_id, b.state, row_number() over (partition by b.session_id
                    order by array_position(array['confirmed', 'offered', 'requested', 'waiting'], b.state), b.booked_at, b.number) as rank
                from bookings b join sessions s on s.id = b.session_id and s.starts_at > {now}
                where b.state in ('requested', 'confirmed', 'waiting', 'offered')
                  and (b.person_id in (select same from persons_of({kept}) same) or b.person_id in (select same from persons_of({other}) same)))
            select goes.id as "WithdrawnId", s.ref as "Ref", c.title as "Title", stays.state as "Stays", goes.state as "Goes"
            from live goes join live stays on stays.session_id = goes.session_id and stays.rank = 1
            join sessions s on s.id = goes.session_id join courses c on c.id = s.course_id
            where goes.rank > 1 order by s.id
            """).ToListAsync(stop);

    private static async Task<MergeRecord?> RecordAsync(LearningDb db, Guid id, DateOnly today, CancellationToken stop) =>
        (await db.Database.SqlQuery<Row>($"""
            select btrim(p.given_name || ' ' || p.family_name) as "Name", p.erased_at is not null as "Erased", counted_as(p.id) as "CountedAs",
                array(select distinct role from role_grants g where g.person_id = p.id and g.revoked_at is null and (g.ends_on is null or {today} < g.ends_on) order by role) as "Roles",
                array(select email from person_emails e where e.person_id = p.id order by main desc, email) as "Emails",
                array(select a.name || coalesce(', ' || j.job_title, '') || ', from ' || to_char(j.starts_on, 'FMDD FMMonth YYYY') || coalesce(' to ' || to_char(j.ends_on - 1, 'FMDD FMMonth YYYY'), '')
                      from employments j join agencies a on a.id = j.agency_id where j.person_id = p.id order by j.starts_on desc, j.number desc) as "Jobs",
                (select count(*) from bookings b where b.person_id = p.id)::integer as "Bookings",
                (select count(distinct m.session_id) from marks m where m.person_id = p.id or m.substitute_id = p.id)::integer as "Marks",
                (select count(*) from completions c where c.person_id = p.id)::integer as "Completions",
                p.created_at as "CreatedAt", exists (select from accounts a where a.person_id = p.id) as "HasAccount"
            from persons p where p.id = {id}
            """).ToListAsync(stop)).SingleOrDefault() is { } row
            ? new(new MergeSide(id, PersonName.Of(row.Name, "", id), row.Erased, row.CountedAs, row.Roles), row.Emails, row.Jobs, row.Bookings, row.Marks, row.Completions, row.CreatedAt, row.HasAccount)
            : null;
}
