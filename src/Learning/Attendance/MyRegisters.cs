using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>A session in the list of registers.</summary>
/// <param name="Booked">Confirmed places, and holders of a forum's seats.</param>
/// <param name="Unmarked">Marks that are missing before it can be signed, over all parts (A6).</param>
/// <param name="Needs">People with a place whose needs are not met yet.</param>
/// <param name="Flagged">What came since the last signature and has a flag, strays included (A3); disputes are the rows' own.</param>
public sealed record MyRegister(
    string Ref, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Venue, bool Cancelled, int Booked, int Unmarked, int Flagged, int Needs, DateTimeOffset? SignedAt, bool Mine);

/// <summary>The lists of a trainer's registers; the business unit sees everybody's that wait.</summary>
/// <param name="ToSign">Begun and not signed, the oldest first.</param>
/// <param name="Coming">Not begun, the next first.</param>
/// <param name="Signed">The newest first.</param>
public sealed record RegisterLists(IReadOnlyList<MyRegister> ToSign, IReadOnlyList<MyRegister> ToLookAt, IReadOnlyList<MyRegister> Coming, IReadOnlyList<MyRegister> Signed);

/// <summary>The question for the registers of who asks: one statement, however many there are.</summary>
public sealed class MyRegisters(LearningDb db, Zone zone)
{
    /// <summary>Signed registers that are listed.</summary>
    public const int MostSigned = 30;

    public async Task<RegisterLists> AskAsync(Actor actor, CancellationToken stop = default)
    {
        var now = zone.Now;
        var all = await db.Database.SqlQuery<MyRegister>($"""
            with flagged as (
                select f.session_id, count(*)::integer as marks from (
                    select session_id, recorded_at, false as undecided from marks where flag is not null and flag <> {MarkFlag.Conflict.Word()}
                    union all select session_id, recorded_at, why = {MarkFlag.LongAfterSigning.Word()} from mark_strays m where not exists (select from mark_stray_decisions d where d.stray_id = m.id)) f
                where f.undecided or not exists (select from register_events e where e.session_id = f.session_id and e.event = 'signed' and e.recorded_at >= f.recorded_at) group by f.session_id),
            wanted as (
                select s.*, f.marks as flagged, mine.person_id is not null as mine, case when e.event = 'signed' then e.recorded_at end as signed_at
                from sessions s
                left join flagged f on f.session_id = s.id
                left join lateral (
                    select t.person_id from session_trainers t where t.session_id = s.id and t.person_id in (select same from persons_of({actor.PersonId}) same) limit 1) mine on true
                left join lateral (select event, recorded_at from register_events where session_id = s.id order by recorded_at desc, id desc limit 1) e on true
                where mine.person_id is not null or ({actor.IsUnit} and (f.marks > 0 or (s.status = 'planned' and s.starts_at < {now} and e.event is distinct from 'signed'))))
            select w.ref as "Ref", c.title as "Title", w.starts_at as "StartsAt", w.ends_at as "EndsAt", w.venue as "Venue", w.status = 'cancelled' as "Cancelled",
                   b.booked as "Booked", greatest(b.booked * p.parts - m.marked, 0) as "Unmarked", coalesce(w.flagged, 0) as "Flagged", b.needs as "Needs", w.signed_at as "SignedAt", w.mine as "Mine"
            from wanted w join courses c on c.id = w.course_id
            cross join lateral (
                select array(
                    select person_id from bookings where session_id = w.id and state = 'confirmed'
                    union select person_id from seats_at(w.id) where c.kind = 'forum' and person_id is not null) as people) here
            cross join lateral (
                select cardinality(here.people) as booked, (count(*) filter (where needs is not null and needs_met_at is null))::integer as needs from bookings where session_id = w.id and state = 'confirmed') b
            cross join lateral (select count(*)::integer as parts from session_parts where session_id = w.id) p
            cross join lateral (
                select count(distinct (k.part_id, k.person_id))::integer as marked from marks k where k.session_id = w.id and k.person_id = any (here.people)) m
            order by w.starts_at, w.ref
            """).ToListAsync(stop);
        var held = all.Where(register => !register.Cancelled).ToList();
        return new RegisterLists(
            [.. held.Where(register => register.SignedAt is null && register.StartsAt <= now)],
            [.. all.Where(register => register.Flagged > 0)],
            [.. held.Where(register => register is { SignedAt: null, Mine: true } && register.StartsAt > now)],
            [.. held.Where(register => register is { SignedAt: not null, Mine: true }).OrderByDescending(register => register.StartsAt).Take(MostSigned)]);
    }
}
