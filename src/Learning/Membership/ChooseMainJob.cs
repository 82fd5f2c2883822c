using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>A person who works for several agencies says which of them counts (P2), from today, or from its first day where that is to come; what was before stays. Their own work only.</summary>
public sealed class ChooseMainJob(LearningDb db, Zone zone)
{
    public async Task<JobOutcome> RunAsync(Guid employment, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return new JobOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var jobs = await PersonJobs.LockAsync(db, person, zone, stop);
        if (jobs?.All.FirstOrDefault(job => job.Id == employment && PersonJobs.Runs(job, zone.Today)) is not { } chosen)
        {
            return new JobOutcome.NotFound();
        }

        if (chosen.Main)
        {
            return new JobOutcome.Done();
        }

        var from = chosen.StartsOn > zone.Today ? chosen.StartsOn : zone.Today;
        foreach (var other in jobs.All.Where(job => job.Main && PersonJobs.Runs(job, from)).ToList())
        {
            jobs.CutAt(other, from).Main = false;
        }

        jobs.CutAt(chosen, from).Main = true;
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = person, Verb = "chose a main job", SubjectKind = "person", SubjectId = person, Details = JsonSerializer.Serialize(new { agency = chosen.AgencyId }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new JobOutcome.Done();
    }
}
