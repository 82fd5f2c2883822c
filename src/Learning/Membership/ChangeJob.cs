using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>
/// An agency's lead, or the business unit, says what somebody does there from a day on. Workforce and level count by date (P2, F1): another one begins an employment of its own that day, and days
/// before keep what they said. A job title alone is put right where it stands. Refused: <see cref="MoveRules.WhyNotChange"/>, answers that are missing or too long.
/// </summary>
public sealed class ChangeJob(LearningDb db, Zone zone)
{
    public async Task<JobOutcome> RunAsync(Guid employment, string? jobTitle, string? workforce, string? level, DateOnly? from, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockJob.RunAsync(db, employment, actor, zone, stop) is not var (job, jobs))
        {
            return new JobOutcome.NotFound();
        }

        var mistakes = new List<MoveMistake>();
        var work = WorkDetails.Read(jobTitle, workforce, level, "their", mistakes);
        var counts = work is not null && (work.Workforce, work.Level) != (job.Workforce, job.Level);
        if (counts && from is null)
        {
            mistakes.Add(new(MoveField.StartsOn, "Enter the day from which this is so"));
        }
        else if (counts && MoveRules.WhyNotChange(job, from!.Value, zone.Today) is { } why)
        {
            mistakes.Add(new(MoveField.StartsOn, why));
        }

        if (work is null || mistakes.Count > 0)
        {
            return new JobOutcome.Refused(mistakes);
        }

        if (work == new WorkDetails(job.JobTitle, job.Workforce, job.Level))
        {
            return new JobOutcome.Done();
        }

        var changed = counts ? jobs.CutAt(job, from!.Value) : job;
        (changed.JobTitle, changed.Workforce, changed.Level, changed.DecidedAt) = (work.JobTitle, work.Workforce, work.Level, zone.Now);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "changed what somebody does", SubjectKind = "person", SubjectId = job.PersonId,
            Details = JsonSerializer.Serialize(new { employment = changed.Id, agency = job.AgencyId }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new JobOutcome.Done();
    }
}
