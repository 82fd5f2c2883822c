using Learning.Accounts;
using Learning.Attendance;
using Learning.Audit;
using Learning.Certificates;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>
/// Opens a person's record for the business unit: null where there is none, or for anybody else (S2). That somebody looked is on the audit trail (S3). As many statements
/// for a long record as for a short one.
/// </summary>
public sealed class LookAtPerson(LearningDb db, FindCertificates certificates, Zone zone)
{
    public async Task<PersonSeen?> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await db.Persons.VisibleTo(actor, db, zone.Today).AsNoTracking().SingleOrDefaultAsync(person => person.Id == id, stop) is not { } person)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at a person's record", SubjectKind = "person", SubjectId = id });
        await db.SaveChangesAsync(stop);
        var record = await MyRecord.ListAsync(db, id, stop);
        var issued = await certificates.OfAsync(id, stop);
        return new PersonSeen(
            person,
            await db.PersonEmails.AsNoTracking().Where(email => email.PersonId == id).OrderByDescending(email => email.Main).ThenBy(email => email.Email).ToListAsync(stop),
            await db.Employments.AsNoTracking().Where(job => job.PersonId == id).Join(db.Agencies, job => job.AgencyId, agency => agency.Id, (job, agency) => new { job, agency.Name })
                .OrderByDescending(row => row.job.StartsOn).ThenByDescending(row => row.job.Number).Select(row => new JobSeen(row.job, row.Name)).ToListAsync(stop),
            await AccountAsync(id, stop), await RolesAsync(id, stop), await MergeAsync(id, stop), await BookingsAsync(id, stop),
            new Newest<RecordEntry>([.. record.Take(PersonSeen.Shown)], record.Count), new Newest<CertificateSeen>([.. issued.Take(PersonSeen.Shown)], issued.Count), await MessagesAsync(id, stop));
    }

    private Task<AccountSeen?> AccountAsync(Guid id, CancellationToken stop)
    {
        var live = db.AccountSessions.Live(zone.Now);
        return db.Users.Where(account => account.PersonId == id)
            .Select(account => new AccountSeen(
                live.Count(session => session.AccountId == account.Id),
                db.AccountSessions.Where(session => session.AccountId == account.Id).Max(session => (DateTimeOffset?)session.SeenAt)))
            .SingleOrDefaultAsync(stop);
    }

    private Task<List<RoleSeen>> RolesAsync(Guid id, CancellationToken stop) =>
        db.RoleGrants.Where(grant => grant.PersonId == id).OrderByDescending(grant => grant.StartsOn).ThenByDescending(grant => grant.GrantedAt)
            .Select(grant => new RoleSeen(grant.Role, db.Agencies.Where(agency => agency.Id == grant.AgencyId).Select(agency => agency.Name).FirstOrDefault(), grant.Deputy, grant.StartsOn, grant.EndsOn, grant.RevokedAt))
            .ToListAsync(stop);

    private async Task<MergeSeen?> MergeAsync(Guid id, CancellationToken stop) =>
        await db.PersonMerges.Where(merge => merge.PersonId == id).OrderByDescending(merge => merge.RecordedAt).ThenByDescending(merge => merge.Id).Take(1)
            .Where(merge => merge.IntoId != null)
            .Join(db.Persons, merge => merge.IntoId, into => into.Id, (merge, into) => new { merge.RecordedAt, into.Id, into.GivenName, into.FamilyName })
            .SingleOrDefaultAsync(stop) is { } merged ? new MergeSeen(merged.Id, PersonName.Of(merged.GivenName, merged.FamilyName, merged.Id), merged.RecordedAt) : null;

    private async Task<Newest<BookingSeen>> BookingsAsync(Guid id, CancellationToken stop)
    {
        var all = db.Bookings.Where(booking => booking.PersonId == id);
        var lines = await all.OrderByDescending(booking => booking.Session!.StartsAt).Take(PersonSeen.Shown)
            .Select(booking => new { booking.Session!.Ref, booking.Session.Course!.Title, booking.Session.StartsAt, booking.State, booking.StateAt }).ToListAsync(stop);
        return new(lines.ConvertAll(line => new BookingSeen(line.Ref, line.Title, line.StartsAt, line.State, line.StateAt)), await all.LongCountAsync(stop));
    }

    private async Task<Newest<MessageSeen>> MessagesAsync(Guid id, CancellationToken stop)
    {
        var all = db.Messages.Where(message => message.PersonId == id);
        return new(
            await all.OrderByDescending(message => message.QueuedAt).Take(PersonSeen.Shown)
                .Select(message => new MessageSeen(message.Id, message.Kind, message.State, message.Why, message.DueAt)).ToListAsync(stop),
            await all.LongCountAsync(stop));
    }
}
