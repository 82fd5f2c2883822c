using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A person's addresses, the main one first, and a change of the main one that still waits to be confirmed.</summary>
public sealed record MyAddresses(IReadOnlyList<PersonEmail> All, MainAddressChange? Change)
{
    public static async Task<MyAddresses> OfAsync(LearningDb db, Guid person, DateTimeOffset now, CancellationToken stop = default) => new(
        await db.PersonEmails.AsNoTracking().Where(email => email.PersonId == person).OrderByDescending(email => email.Main).ThenBy(email => email.Email).ToListAsync(stop),
        await db.MainAddressChanges.AsNoTracking().SingleOrDefaultAsync(change => change.PersonId == person && change.EndedAt == null && change.EndsAt > now, stop));
}

/// <summary>Somebody who cannot read their old address, for whom whoever sees them may vouch.</summary>
public sealed record AddressToVouch(MainAddressChange Change, string Person, string? Agency);

/// <summary>Whom somebody may vouch for (S2): a lead the people of their agencies, the business unit everybody; nobody themselves.</summary>
public static class AddressesToVouch
{
    public static async Task<IReadOnlyList<AddressToVouch>> ForAsync(LearningDb db, Actor actor, DateTimeOffset now, DateOnly today, Guid? only = null, CancellationToken stop = default) =>
        actor is { IsUnit: false, LeadOf.Count: 0 } ? []
        : (await (
            from person in db.Persons.VisibleTo(actor, db, today)
            join change in db.MainAddressChanges on person.Id equals change.PersonId
            where change.UnreadableAt != null && change.OldConfirmedAt == null && change.EndedAt == null && change.EndsAt > now && person.Id != actor.PersonId && (only == null || change.Id == only)
            orderby change.UnreadableAt
            select new
            {
                Change = change,
                Person = person,
                Agency = db.Employments.Where(job => job.PersonId == person.Id && job.StartsOn <= today && (job.EndsOn == null || today < job.EndsOn)).OrderByDescending(job => job.Main)
                    .Join(db.Agencies, job => job.AgencyId, agency => agency.Id, (job, agency) => agency.Name).FirstOrDefault(),
            }).AsNoTracking().ToListAsync(stop)).ConvertAll(row => new AddressToVouch(row.Change, row.Person.Name, row.Agency));
}
