using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>Somebody as retention sees them: all records of one human being (P3), counted as one of them.</summary>
/// <param name="ActiveOn">Of their last activity; in the future when something is ahead.</param>
/// <param name="ListedAt">Null: they are not on the list.</param>
/// <param name="Notice">What became of the message; null: none was queued.</param>
/// <param name="SettledAt">When the message was sent or given up.</param>
/// <param name="Reachable">They have a main address, and it does not bounce.</param>
/// <param name="Held">The business unit keeps the record.</param>
internal sealed record Inactive(
    Guid Id, DateOnly ActiveOn, string What, DateTimeOffset? ListedAt, DateTimeOffset? NoticedAt, Guid? MessageId, string? Notice, DateTimeOffset? SettledAt, bool Reachable, bool Held)
{
    /// <summary>Whether a notice is still to be queued. One that was dropped told them nothing.</summary>
    public bool ToTell => Reachable && !Held && (NoticedAt is null || Notice == "dropped");

    /// <summary>
    /// The day on which they were told; null: not yet. A notice that has not left the outbox told nobody; one that every mail server refused is as good as no address. Whoever has no address is
    /// told by nobody: then it is the day on which they came onto the list, where the business unit sees them.
    /// </summary>
    public DateOnly? ToldOn(Zone zone) =>
        NoticedAt is not null && Notice is "sent" or "parked" && SettledAt is { } settled ? zone.DateOf(settled)
        : NoticedAt is null && !Reachable && ListedAt is { } listed ? zone.DateOf(listed)
        : null;

    /// <summary>Whether they are erased on a day.</summary>
    public bool IsDue(RetentionPeriods periods, Zone zone, DateOnly on) =>
        !Held && ListedAt is not null && ToldOn(zone) is { } told && RetentionRules.ErasedOn(ActiveOn, told, periods) <= on;

    /// <summary>Whoever did nothing since the day given; of those on the list alone, or of one person alone, where asked for. One statement.</summary>
    public static Task<List<Inactive>> AskAsync(LearningDb db, Zone zone, DateOnly upTo, bool listed, Guid? one, CancellationToken stop) => db.Database.SqlQuery<Inactive>($"""
        with roots as (
            select coalesce(c.counted_id, p.id) as id, array_agg(p.id) as people from persons p left join counted_now c on c.person_id = p.id
            where p.erased_at is null and ({one}::uuid is null or p.id in (select persons_of({one})))
                and (not {listed} or coalesce(c.counted_id, p.id) in (select person_id from retention_cases))
            group by 1)
        select r.id as "Id", a.active_on as "ActiveOn", a.what as "What", c.listed_at as "ListedAt", c.noticed_at as "NoticedAt", c.message_id as "MessageId", m.state as "Notice", m.settled_at as "SettledAt",
            exists (select from person_emails e where e.person_id = r.id and e.main and e.bounced_at is null) as "Reachable",
            exists (select from record_holds h where h.person_id = any (r.people) and h.lifted_at is null) as "Held"
        from roots r cross join lateral last_activity(r.people, {zone.Name}, {zone.Today}) a
        left join retention_cases c on c.person_id = r.id left join messages m on m.id = c.message_id
        where a.active_on <= {upTo}
        order by a.active_on, r.id
        """).ToListAsync(stop);
}
