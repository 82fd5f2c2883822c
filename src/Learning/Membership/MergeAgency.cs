using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What a merger would do, before it is done.</summary>
/// <param name="People">Who works for it on its day or later.</param>
/// <param name="There">Those of them who work for the successor already.</param>
/// <param name="Waiting">Moves to it that nobody has decided.</param>
public sealed record MergerSeen(string Agency, string Successor, DateOnly On, int People, int There, int Departments, int Leads, int Waiting, IReadOnlyList<string> Domains);

/// <summary>
/// The business unit writes down that from a day on another agency stands for this one: a merger (P2). Whoever signs up with one of its domains is proposed to the successor then (P4). By choice the people
/// who work for it go along on that day. What was recorded under it stays. Refused: a successor that is the agency itself or is followed by it, one that is another by then; a merger that has begun or has
/// taken people along already.
/// </summary>
public sealed class MergeAgency(LearningDb db, Zone zone)
{
    /// <summary>What it would do; null where it is refused, which the verb says.</summary>
    public async Task<(MergerSeen? Seen, AgencyOutcome? Failed)> LookAsync(Guid id, Guid? into, DateOnly? on, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await db.Agencies.AsNoTracking().SingleOrDefaultAsync(agency => agency.Id == id, stop) is not { } agency)
        {
            return (null, new AgencyOutcome.NotFound());
        }

        var (successor, mistakes) = await ReadAsync(id, into, on, stop);
        if (mistakes.Count > 0)
        {
            return (null, new AgencyOutcome.Refused(mistakes));
        }

        var (to, day, today) = (successor!.Id, on!.Value, zone.Today);
        var counts = (await db.Database.SqlQuery<Counts>($"""
            with running as (
                select distinct person_id from employments where agency_id = {id} and starts_on is distinct from ends_on and (ends_on is null or {day} < ends_on))
            select (select count(*) from running)::int as "People",
                (select count(*) from running r where exists (
                    select from employments e where e.person_id = r.person_id and e.agency_id = {to} and e.starts_on is distinct from e.ends_on and (e.ends_on is null or {day} < e.ends_on)))::int as "There",
                (select count(*) from agencies where parent_id = {id})::int as "Departments",
                (select count(*) from role_grants where agency_id = {id} and role = 'agency lead' and revoked_at is null and starts_on <= {today} and (ends_on is null or {today} < ends_on))::int as "Leads",
                (select count(*) from moves where agency_id = {id} and state = 'proposed')::int as "Waiting"
            """).ToListAsync(stop)).Single();
        var domains = await db.AgencyDomains.Where(domain => domain.AgencyId == id).Select(domain => domain.Domain).Order().ToListAsync(stop);
        return (new MergerSeen(agency.Name, successor.Name, day, counts.People, counts.There, counts.Departments, counts.Leads, counts.Waiting, domains), null);
    }

    public async Task<AgencyOutcome> RunAsync(Guid id, Guid? into, DateOnly? on, bool takePeople, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAgencies.FindAsync(db, id, stop) is null)
        {
            return new AgencyOutcome.NotFound();
        }

        var (successor, mistakes) = await ReadAsync(id, into, on, stop);
        if (mistakes.Count > 0)
        {
            return new AgencyOutcome.Refused(mistakes);
        }

        var (to, day) = (successor!.Id, on!.Value);
        await db.Database.ExecuteSqlAsync($"""
            insert into agency_successions (agency_id, successor_id, starts_on, took_people) values ({id}, {to}, {day}, {takePeople})
            on conflict (agency_id) do update set successor_id = excluded.successor_id, starts_on = excluded.starts_on, took_people = excluded.took_people
            """, stop);
        var people = takePeople ? await TakeAlongAsync(id, to, day, stop) : 0;
        LockAgencies.Note(db, actor, "wrote down an agency's successor", id, zone.Now, new { successor = to, on = $"{day:yyyy-MM-dd}", people });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AgencyOutcome.Done(id);
    }

    /// <summary>Takes a merger back that has not begun and took nobody along.</summary>
    public async Task<AgencyOutcome> TakeBackAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAgencies.FindAsync(db, id, stop) is null)
        {
            return new AgencyOutcome.NotFound();
        }

        if (await db.AgencySuccessions.Where(succession => succession.AgencyId == id && succession.StartsOn > zone.Today && !succession.TookPeople).ExecuteDeleteAsync(stop) == 0)
        {
            return AgencyOutcome.Wrong(AgencyField.Into, "It has begun, or has taken people along, and stays");
        }

        LockAgencies.Note(db, actor, "took back an agency's successor", id, zone.Now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AgencyOutcome.Done(id);
    }

    private async Task<(Agency? Successor, List<AgencyMistake> Mistakes)> ReadAsync(Guid id, Guid? into, DateOnly? on, CancellationToken stop)
    {
        var mistakes = new List<AgencyMistake>();
        if (await db.AgencySuccessions.AsNoTracking().SingleOrDefaultAsync(succession => succession.AgencyId == id, stop) is { } standing && (standing.StartsOn <= zone.Today || standing.TookPeople))
        {
            mistakes.Add(new(AgencyField.Into, "It has a successor already, which has begun or has taken people along"));
            return (null, mistakes);
        }

        if (on is null)
        {
            mistakes.Add(new(AgencyField.On, "Enter the day from which the other stands for it"));
        }
        else if (AgencyRules.WhyNotOn(on.Value, zone.Today) is { } why)
        {
            mistakes.Add(new(AgencyField.On, why));
        }

        var successor = await db.Agencies.AsNoTracking().SingleOrDefaultAsync(agency => agency.Id == into, stop);
        if (successor is null || successor.Id == id)
        {
            mistakes.Add(new(AgencyField.Into, "Choose the agency that stands for it"));
        }
        else if (await WhyNotIntoAsync(id, successor, on, stop) is { } circle)
        {
            mistakes.Add(new(AgencyField.Into, circle));
        }

        return (successor, mistakes);
    }

    private async Task<string?> WhyNotIntoAsync(Guid id, Agency successor, DateOnly? on, CancellationToken stop)
    {
        // Whoever follows the successor, however late, must not be the agency itself.
        var after = await db.Database.SqlQuery<Guid>($"""
            with recursive after as (
                select successor_id from agency_successions where agency_id = {successor.Id}
                union select s.successor_id from after a join agency_successions s on s.agency_id = a.successor_id)
            select successor_id as "Value" from after
            """).ToListAsync(stop);
        if (after.Contains(id))
        {
            return $"{successor.Name} is itself followed by this one";
        }

        var then = on is null ? null : await MoveAgencies.FindAsync(db, successor.Id, on.Value, stop);
        return then?.Successor is { } other ? $"{successor.Name} is {other} by that day. Choose {other}" : null;
    }

    // Whoever works for the successor already, or will, has an employment there that stands; of the others one begins on the day, alike in all.
    private async Task<int> TakeAlongAsync(Guid id, Guid to, DateOnly day, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"""
            select from persons where id in (select person_id from employments where agency_id = {id} and (ends_on is null or {day} < ends_on)) order by id for no key update
            """, stop);
        await db.Database.ExecuteSqlAsync($"set constraints employments_agency_once, employments_one_main deferred", stop);
        return await db.Database.ExecuteSqlAsync($"""
            with running as (
                select * from employments where agency_id = {id} and starts_on is distinct from ends_on and (ends_on is null or {day} < ends_on)),
            ended as (
                update employments e set ends_on = greatest(e.starts_on, {day}), decided_at = {zone.Now} from running r where e.id = r.id)
            insert into employments (id, person_id, agency_id, job_title, workforce, level, starts_on, ends_on, main, decided_at)
            select gen_random_uuid(), r.person_id, {to}, r.job_title, r.workforce, r.level, greatest(r.starts_on, {day}), r.ends_on, r.main, {zone.Now}
            from running r
            where not exists (
                select from employments o where o.person_id = r.person_id and o.agency_id = {to} and daterange(o.starts_on, o.ends_on) && daterange(greatest(r.starts_on, {day}), r.ends_on))
            order by r.number
            """, stop);
    }

    private sealed record Counts(int People, int There, int Departments, int Leads, int Waiting);
}
