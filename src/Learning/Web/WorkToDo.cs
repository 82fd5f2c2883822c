using Learning.Jobs;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Web;

/// <summary>Something that waits for the business unit: how many, why, and the one action.</summary>
public sealed record Work(int Count, string Title, string Why, string Action, string Address, bool Today);

/// <summary>A month of the year's calendar, with its sessions counted.</summary>
public sealed record CalendarMonth(DateOnly First, int Held, int ToSign, int Planned, int FewBooked, int Cancelled)
{
    /// <summary>"5 held, 1 cancelled, 3 planned".</summary>
    public string Words => string.Join(", ", new[] { (Held, "held"), (ToSign, "to sign"), (Planned, "planned"), (FewBooked, "few booked"), (Cancelled, "cancelled") }
        .Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));
}

/// <summary>A session of the coming week.</summary>
public sealed record ComingSession(string Ref, string Title, DateTimeOffset StartsAt, string? Venue, int Taken, int Capacity, int Waiting);

/// <summary>What the business unit sees first: its work, the year, the week. Three questions, each one statement, however much there is.</summary>
public sealed class WorkToDo(LearningDb db, Zone zone)
{
    /// <summary>A planned session with fewer booked than this share of its places, a fortnight ahead or nearer, is under its minimum.</summary>
    private const double FewShare = 0.3;

    private const int NamedDomains = 3;

    /// <summary>What waits, most urgent first; nothing that does not.</summary>
    public async Task<IReadOnlyList<Work>> WaitingAsync(CancellationToken stop = default)
    {
        var now = zone.Now;
        var soon = now.AddDays(14);
        var row = await db.Database.SqlQuery<Counts>($"""
            with unsigned as (
                select s.id, s.ends_at from sessions s
                where s.status = 'planned' and s.ends_at < {now} and coalesce(
                    (select e.event from register_events e where e.session_id = s.id order by e.id desc limit 1), 'reopened') <> 'signed')
            select (select count(*) from unsigned)::int as "Unsigned", (select min(ends_at) from unsigned) as "OldestUnsigned",
                (select count(*) from messages where state = 'parked')::int as "Parked",
                (select count(*) from messages where state = 'due' and attempts = 0 and outcome is not null and due_at < {now.AddMinutes(-15)})::int as "Stuck", (select max(started_at) from job_runs) as "JobAt",
                (select count(*) from sessions where status = 'planned' and parent_id is null and starts_at between {now} and {soon} and taken < {FewShare} * capacity)::int as "Few",
                (select count(*) from sessions where status = 'planned' and starts_at > {now} and taken < minimum and decide_on <= {zone.Today})::int as "ToDecide",
                (select min(ref) from sessions where status = 'planned' and starts_at > {now} and taken < minimum and decide_on <= {zone.Today}) as "DecideRef",
                (select array_agg(distinct split_part(email, '@', 2)) from sign_ups where state = 'waiting' and awaits_placing(person_id, {zone.Today})) as "Domains",
                (select count(*) from sign_ups where state = 'waiting' and awaits_placing(person_id, {zone.Today}))::int as "ToPlace",
                (select count(*) from erasure_requests where decision is null)::int as "Wishes", (select min(asked_at) from erasure_requests where decision is null) as "OldestWish",
                (select count(*) from moves m where m.state = 'proposed' and not exists (
                    select from agency_and_above(m.agency_id) up join role_grants g on g.agency_id = up.id and g.role = 'agency lead' and g.revoked_at is null and g.starts_on <= {zone.Today} and (g.ends_on is null or {zone.Today} < g.ends_on) and g.person_id <> m.person_id))::int as "MovesToConfirm",
                (select count(*) from main_address_changes c where c.unreadable_at is not null and c.old_confirmed_at is null and c.ended_at is null and c.ends_at > {now} and not exists (
                    select from employments e cross join agency_and_above(e.agency_id) up
                    join role_grants g on g.agency_id = up.id and g.role = 'agency lead' and g.revoked_at is null and g.starts_on <= {zone.Today} and (g.ends_on is null or {zone.Today} < g.ends_on) and g.person_id <> c.person_id
                    where e.person_id = c.person_id and e.starts_on <= {zone.Today} and (e.ends_on is null or {zone.Today} < e.ends_on)))::int as "ToVouchFor",
                (select count(*) from account_recoveries r where r.decided_at is null and r.ended_at is null and r.asked_at > {now.AddDays(-7)} and counted_as(r.person_id) = r.person_id and who_lets_in(r.person_id, {zone.Today}) = 'business unit')::int as "ToLetIn",
                (select count(*) from record_corrections where decision is null)::int as "ToCorrect",
                (select count(*) from unmatched_people({now}))::int as "ToMatch",
                (select count(*) from marks where flag is not null and recorded_at > {now.AddDays(-30)})::int as "Flagged"
            """).SingleAsync(stop);
        var work = new List<Work>();
        if (Silence.Since(row.JobAt, now) is { } since)
        {
            work.Add(new(1, "Timetable is silent", $"No job has run since {British.Moment(zone.LocalOf(since))}: no reminder is queued, no offer ends.", "Look at the jobs", "/manage/jobs", Today: true));
        }

        if (row.Stuck > 0)
        {
            work.Add(new(row.Stuck, row.Stuck == 1 ? "Message waits for the mail server" : "Messages wait for the mail server", "It cannot be reached, for a quarter of an hour or longer.", "Look at them", "/manage/messages?state=due", Today: true));
        }

        if (row.Unsigned > 0)
        {
            work.Add(new(row.Unsigned, row.Unsigned == 1 ? "Register not signed" : "Registers not signed",
                $"The oldest session ended on {British.Date(zone.DateOf(row.OldestUnsigned!.Value))}.", "Open the registers", "/register", Today: true));
        }

        if (row.ToDecide > 0)
        {
            work.Add(new(row.ToDecide, row.ToDecide == 1 ? "Session under its minimum" : "Sessions under their minimum", "It is to be decided today whether they take place.", "Decide",
                row.ToDecide == 1 ? $"/manage/sessions/{Uri.EscapeDataString(row.DecideRef!)}" : "/manage/sessions?show=minimum", Today: true));
        }

        if (row.Few > 0)
        {
            work.Add(new(row.Few, row.Few == 1 ? "Session with few booked" : "Sessions with few booked",
                "In the next fortnight, and less than a third of the places taken.", "Look at them", "/manage/sessions?show=coming", Today: true));
        }

        if (row.ToPlace > 0)
        {
            work.Add(new(row.ToPlace, row.ToPlace == 1 ? "Sign-up to place" : "Sign-ups to place", $"Their address does not tell the agency: {Some(row.Domains!)}.", "Place them", "/manage/sign-ups", Today: false));
        }

        if (row.ToMatch > 0)
        {
            work.Add(new(row.ToMatch, row.ToMatch == 1 ? "Person to match" : "People to match", "They came, and nobody has said yet who they are.", "Say who they are", "/manage/matches", Today: false));
        }

        if (row.ToCorrect > 0)
        {
            work.Add(new(row.ToCorrect, row.ToCorrect == 1 ? "Record to put right" : "Records to put right", "Somebody says that something is missing or wrong in their record.", "Look at them", "/manage/corrections", Today: false));
        }

        if (row.Wishes > 0)
        {
            // UK GDPR, Article 12(3): an answer within one month.
            var answerBy = zone.DateOf(row.OldestWish!.Value).AddMonths(1);
            work.Add(new(row.Wishes, row.Wishes == 1 ? "Wish to be erased" : "Wishes to be erased", $"The oldest is to be answered by {British.Date(answerBy)}.", "Decide", "/manage/erasures", Today: answerBy <= zone.Today.AddDays(7)));
        }

        if (row.MovesToConfirm + row.ToVouchFor is > 0 and var moves)
        {
            work.Add(new(moves, moves == 1 ? "Move or address to confirm" : "Moves or addresses to confirm", "Their agency has no lead who could.", "Look at them", "/manage/moves", Today: false));
        }

        if (row.ToLetIn > 0)
        {
            work.Add(new(row.ToLetIn, row.ToLetIn == 1 ? "Person to let back in" : "People to let back in", "They have lost their phone. Call them, on a number that you have.", "Look at them", "/manage/recoveries", Today: true));
        }

        if (row.Parked > 0)
        {
            work.Add(new(row.Parked, row.Parked == 1 ? "Message parked" : "Messages parked", "The mail server refused five times.", "Look at them", "/manage/messages?state=parked", Today: false));
        }

        if (row.Flagged > 0)
        {
            work.Add(new(row.Flagged, row.Flagged == 1 ? "Mark to look at" : "Marks to look at", "Sent after signing, or two devices that disagree, in the last 30 days.", "Open the registers", "/register", Today: false));
        }

        return work;
    }

    /// <summary>The financial year that today lies in, April to March.</summary>
    public async Task<IReadOnlyList<CalendarMonth>> YearAsync(CancellationToken stop = default)
    {
        var (today, now) = (zone.Today, zone.Now);
        var from = new DateOnly(today.Month >= 4 ? today.Year : today.Year - 1, 4, 1);
        var to = from.AddYears(1);
        return await db.Database.SqlQuery<CalendarMonth>($"""
            select m.first::date as "First",
                count(*) filter (where kind = 'held')::int as "Held", count(*) filter (where kind = 'to sign')::int as "ToSign",
                count(*) filter (where kind = 'planned')::int as "Planned", count(*) filter (where kind = 'few')::int as "FewBooked",
                count(*) filter (where kind = 'cancelled')::int as "Cancelled"
            from generate_series({from}::timestamp, {to.AddDays(-1)}::timestamp, interval '1 month') m(first)
            left join (
                select date_trunc('month', s.counted_on::timestamp) as month, case
                    when s.status = 'cancelled' then 'cancelled'
                    when s.ends_at < {now} then case when (select e.event from register_events e where e.session_id = s.id order by e.id desc limit 1) = 'signed' then 'held' else 'to sign' end
                    when s.starts_at < {now.AddDays(14)} and s.taken < {FewShare} * s.capacity then 'few'
                    else 'planned' end as kind
                from sessions s where s.parent_id is null and s.counted_on >= {from} and s.counted_on < {to}) s on s.month = m.first
            group by m.first order by m.first
            """).ToListAsync(stop);
    }

    /// <summary>The sessions of the next seven days.</summary>
    public async Task<IReadOnlyList<ComingSession>> WeekAsync(CancellationToken stop = default)
    {
        var now = zone.Now;
        return await db.Database.SqlQuery<ComingSession>($"""
            select s.ref as "Ref", c.title as "Title", s.starts_at as "StartsAt", s.venue as "Venue", s.taken as "Taken", s.capacity as "Capacity",
                (select count(*) from bookings b where b.session_id = s.id and b.state = 'waiting')::int as "Waiting"
            from sessions s join courses c on c.id = s.course_id
            where s.status = 'planned' and s.parent_id is null and s.ends_at > {now} and s.starts_at < {now.AddDays(7)}
            order by s.starts_at, s.ref
            """).ToListAsync(stop);
    }

    private static string Some(string[] domains) =>
        domains.Length <= NamedDomains ? string.Join(", ", domains) : $"{string.Join(", ", domains[..NamedDomains])} and {British.Count(domains.Length - NamedDomains, "other")}";

    private sealed record Counts(
        int Unsigned, DateTimeOffset? OldestUnsigned, int Parked, int Stuck, DateTimeOffset? JobAt, int Few, int ToDecide, string? DecideRef, int Flagged, string[]? Domains, int ToPlace, int MovesToConfirm, int ToVouchFor, int ToLetIn, int ToCorrect, int ToMatch, int Wishes, DateTimeOffset? OldestWish);
}
