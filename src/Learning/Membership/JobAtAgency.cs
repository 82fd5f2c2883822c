using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Somebody's employment as whoever may change it sees it.</summary>
public sealed record JobAtAgency(Employment Job, string Person, string Agency)
{
    /// <summary>Null where there is none, it has ended, or it is not the actor's to change (S2).</summary>
    public static async Task<JobAtAgency?> FindAsync(LearningDb db, Guid id, Actor actor, Zone zone, CancellationToken stop = default)
    {
        var found = await (
            from job in db.Employments
            join person in db.Persons on job.PersonId equals person.Id
            join agency in db.Agencies on job.AgencyId equals agency.Id
            where job.Id == id && person.ErasedAt == null
            select new { Job = job, Person = person, Agency = agency.Name }).AsNoTracking().SingleOrDefaultAsync(stop);
        return found is null || !LockJob.MayChange(found.Job, actor, zone.Today) ? null : new JobAtAgency(found.Job, found.Person.Name, found.Agency);
    }
}
