using Learning.Accounts;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A request to be let back in, as whoever decides sees it.</summary>
/// <param name="Name">Of the person.</param>
/// <param name="DecidedBy">The name of who did.</param>
public sealed record RecoveryToDecide(
    Guid Id, Guid PersonId, string Name, string? Agency, string Device, DateTimeOffset AskedAt, RecoveryState State, string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, Role By, bool Leads);

/// <summary>
/// Requests to be let back in, for whoever decides: an agency's lead, the business unit or an administrator, each those that are theirs (<see cref="RecoveryRules"/>); nobody their own. Of the person
/// it tells the name and where they work, and no record (S2).
/// </summary>
public sealed class OpenRecoveries(LearningDb db, Zone zone)
{
    /// <summary>The longest list of what is over.</summary>
    public const int Recent = 20;

    /// <summary>What waits, the oldest first.</summary>
    /// <param name="asLead">What is an agency lead's to decide, or what is the business unit's or an administrator's.</param>
    public async Task<IReadOnlyList<RecoveryToDecide>> WaitingAsync(Actor actor, bool asLead, CancellationToken stop = default) =>
        [.. (await TheirsAsync(actor, db.AccountRecoveries.Where(row => row.DecidedAt == null && row.EndedAt == null).OrderBy(row => row.AskedAt), stop))
            .Where(row => row.State == RecoveryState.Open && asLead == (row.By == Role.AgencyLead))];

    /// <summary>What was decided, ended or lapsed last.</summary>
    public async Task<IReadOnlyList<RecoveryToDecide>> OverAsync(Actor actor, bool asLead, CancellationToken stop = default) =>
        [.. (await TheirsAsync(actor, db.AccountRecoveries.Where(row => row.DecidedAt != null || row.EndedAt != null).OrderByDescending(row => row.AskedAt), stop))
            .Where(row => asLead == (row.By == Role.AgencyLead)).Take(Recent)];

    /// <summary>One; null where there is none, or it is not the actor's to decide.</summary>
    public async Task<RecoveryToDecide?> FindAsync(Guid id, Actor actor, CancellationToken stop = default) =>
        (await TheirsAsync(actor, db.AccountRecoveries.Where(row => row.Id == id), stop)).SingleOrDefault();

    private async Task<IEnumerable<RecoveryToDecide>> TheirsAsync(Actor actor, IQueryable<AccountRecovery> recoveries, CancellationToken stop)
    {
        if (actor is { IsUnit: false, IsAdministrator: false, LeadOf.Count: 0 })
        {
            return [];
        }

        var rows = await recoveries.Where(row => LearningDb.CountedAs(row.PersonId) == row.PersonId && row.PersonId != actor.PersonId).Select(row => new
        {
            Row = row,
            Person = db.Persons.Single(person => person.Id == row.PersonId),
            By = db.Persons.FirstOrDefault(person => person.Id == row.DecidedBy),
        }).AsNoTracking().ToListAsync(stop);
        Guid[] people = [.. rows.Select(row => row.Row.PersonId).Distinct()];
        var facts = (await db.Database.SqlQuery<Facts>($"""
            select p.id as "PersonId", who_lets_in(p.id, {zone.Today}) as "By", exists (select from leads_of(p.id, {zone.Today}) l where l.lead_id = {actor.PersonId}) as "Leads",
                (select a.name from employments e join agencies a on a.id = e.agency_id where e.id = employment_on(p.id, {zone.Today})) as "Agency"
            from unnest({people}) p(id)
            """).ToListAsync(stop)).ToDictionary(one => one.PersonId);
        return rows.Select(row => Seen(row.Row, row.Person.Name, row.By is { ErasedAt: null } by ? by.Name : null, facts[row.Row.PersonId])).Where(row => RecoveryRules.MayDecide(actor, row.PersonId, row.By, row.Leads));
    }

    private RecoveryToDecide Seen(AccountRecovery row, string name, string? by, Facts facts) => new(
        row.Id, row.PersonId, name, facts.Agency, row.Device, row.AskedAt, row.StateAt(zone.Now), by, row.DecidedAt, row.Reason, Words.Parse<Role>(facts.By), facts.Leads);

    private sealed record Facts(Guid PersonId, string By, bool Leads, string? Agency);
}
