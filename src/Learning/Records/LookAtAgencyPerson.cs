using Learning.Attendance;
using Learning.Audit;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>Somebody's record as the lead of their agency sees it.</summary>
/// <param name="Since">Since when they are with the agency: what is older is not shown (S2). Null for the business unit, which sees all.</param>
/// <param name="Coming">Their bookings of sessions to come.</param>
public sealed record AgencyPersonSeen(
    Person Person, string? Email, IReadOnlyList<JobSeen> Jobs, bool HasAccount, DateTimeOffset? InvitedUntil, string? Note, DateOnly? Since, IReadOnlyList<RecordEntry> Record, IReadOnlyList<MyBooking> Coming)
{
    public string Name => PersonName.Of(Person.GivenName, Person.FamilyName, Person.Id);
}

/// <summary>
/// Opens the record of somebody of a lead's agency, since they joined it (S2): null where there is none, or for anybody else. Needs are not in it: those are for whoever runs the session. That somebody
/// looked is on the audit trail (S3).
/// </summary>
public sealed class LookAtAgencyPerson(LearningDb db, Zone zone)
{
    public async Task<AgencyPersonSeen?> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        var (today, now) = (zone.Today, zone.Now);
        if (!(actor.IsUnit || actor.LeadOf.Count > 0)
            || await db.Persons.VisibleTo(actor, db, today).AsNoTracking().SingleOrDefaultAsync(person => person.Id == id && person.ErasedAt == null, stop) is not { } person)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "looked at a person's record", SubjectKind = "person", SubjectId = id });
        await db.SaveChangesAsync(stop);
        var jobs = await db.Employments.AsNoTracking().Where(job => LearningDb.CountedAs(job.PersonId) == id).Join(db.Agencies, job => job.AgencyId, agency => agency.Id, (job, agency) => new { job, agency.Name })
            .OrderByDescending(row => row.job.StartsOn).Select(row => new JobSeen(row.job, row.Name)).ToListAsync(stop);
        DateOnly? since = actor.IsUnit ? null : Since([.. jobs.Select(row => row.Job).Where(job => actor.LeadOf.Contains(job.AgencyId))], today);
        var email = await db.PersonEmails.Where(row => row.PersonId == id && row.Main).Select(row => row.Email).SingleOrDefaultAsync(stop);
        return new AgencyPersonSeen(
            person, email, [.. jobs.Where(row => Runs(row.Job, today) && (actor.IsUnit || actor.LeadOf.Contains(row.Job.AgencyId)))],
            await db.Users.AnyAsync(account => account.PersonId == id, stop),
            await db.Invitations.Where(row => (row.Email == email || row.PersonId == id) && row.AcceptedAt == null && row.WithdrawnAt == null && row.EndsAt > now).MaxAsync(row => (DateTimeOffset?)row.EndsAt, stop),
            await db.PeopleByName.Where(row => row.PersonId == id).Select(row => row.Note).SingleOrDefaultAsync(stop), since,
            [.. (await MyRecord.ListAsync(db, id, stop)).Where(entry => since is null || entry.On >= since)],
            [.. (await MyBooking.ListAsync(db, id, stop)).Where(booking => booking is { IsLive: true, Cancelled: false } && booking.EndsAt > now)]);
    }

    /// <summary>
    /// Since when somebody is with the agency without a gap, whatever parts of it they have been in: of employments with it, the one that runs today and those that lead up to it day by day. Pure.
    /// </summary>
    internal static DateOnly Since(IReadOnlyList<Employment> jobs, DateOnly today)
    {
        var running = jobs.Where(job => Runs(job, today)).Select(job => (DateOnly?)job.StartsOn).Min();
        while (running is { } begun && jobs.Where(job => job.StartsOn < begun && job.EndsOn >= begun).Select(job => (DateOnly?)job.StartsOn).Min() is { } earlier)
        {
            running = earlier;
        }

        // Whoever leads the agency, looks at themselves and does not work there has a record of their own elsewhere.
        return running ?? today;
    }

    private static bool Runs(Employment job, DateOnly day) => job.StartsOn <= day && (job.EndsOn is null || day < job.EndsOn);
}
