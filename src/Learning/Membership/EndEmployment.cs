using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of changing an employment.</summary>
public abstract record JobOutcome
{
    /// <summary>It says so now, by this press or an earlier one.</summary>
    public sealed record Done : JobOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<MoveMistake> Mistakes) : JobOutcome;

    /// <summary>There is no such employment, or it is not the actor's to change (S1: both look the same).</summary>
    public sealed record NotFound : JobOutcome;

    private JobOutcome()
    {
    }
}

/// <summary>
/// An agency's lead, or the business unit, says that somebody has left or will leave, with their last day; without one, that somebody who was to begin will not come. From the day after, the lead
/// does not see them any more (S2). The person is told. What was recorded stays (P2). Refused: <see cref="MoveRules.WhyNotEnd"/>, no last day where the person has begun.
/// </summary>
public sealed class EndEmployment(LearningDb db, Zone zone)
{
    public async Task<JobOutcome> RunAsync(Guid employment, DateOnly? lastDay, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockJob.RunAsync(db, employment, actor, zone, stop) is not var (job, jobs))
        {
            return new JobOutcome.NotFound();
        }

        var never = lastDay is null && job.StartsOn > zone.Today;
        if (lastDay is null && !never)
        {
            return new JobOutcome.Refused([new(MoveField.LastDay, "Enter their last day")]);
        }

        if (!never && MoveRules.WhyNotEnd(job, lastDay!.Value, zone.Today) is { } why)
        {
            return new JobOutcome.Refused([new(MoveField.LastDay, why)]);
        }

        var endsOn = never ? job.StartsOn : lastDay!.Value.AddDays(1);
        if (job.EndsOn == endsOn)
        {
            return new JobOutcome.Done();
        }

        if (job.EndsOn < endsOn && jobs.All.Any(other => other != job && other.AgencyId == job.AgencyId && other.StartsOn < endsOn && PersonJobs.Runs(other, job.EndsOn.Value)))
        {
            return new JobOutcome.Refused([new(MoveField.LastDay, "They begin there again before that day. Give an earlier one, or change what comes after")]);
        }

        // Whoever leaves does not come back by what was written down for later; a last day that is put off is this employment's alone.
        if (job.EndsOn is null || endsOn < job.EndsOn)
        {
            jobs.End(job.AgencyId, endsOn);
        }

        (job.EndsOn, job.DecidedAt) = (endsOn, zone.Now);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "ended an employment", SubjectKind = "person", SubjectId = job.PersonId, Details = JsonSerializer.Serialize(new { employment, agency = job.AgencyId }),
        });
        Outbox.Add(db, zone.Now, new Outgoing
        {
            Kind = MoveLetters.Ended, PersonId = job.PersonId, SubjectId = job.Id, Occurrence = $"{endsOn:yyyy-MM-dd} {Guid.CreateVersion7(zone.Now)}", Why = "Their agency said that they leave it.",
            Data = new { endsOn = $"{endsOn:yyyy-MM-dd}" },
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new JobOutcome.Done();
    }
}

/// <summary>Loads an employment with all of its person's, locked, for those who may change it: the agency's lead and the business unit, while it has days to come or the lead sees the person; nobody their own.</summary>
internal static class LockJob
{
    public static async Task<(Employment Job, PersonJobs Jobs)?> RunAsync(LearningDb db, Guid id, Actor actor, Zone zone, CancellationToken stop)
    {
        var found = await db.Employments.AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, stop);
        if (found is null || !MayChange(found, actor, zone.Today) || await PersonJobs.LockAsync(db, found.PersonId, zone, stop) is not { } jobs)
        {
            return null;
        }

        // What was read before the lock may have been ended meanwhile.
        return jobs.All.Single(job => job.Id == id) is var job && MayChange(job, actor, zone.Today) ? (job, jobs) : null;
    }

    /// <summary>Whether somebody may end or change an employment: it has not ended, and is with an agency that they lead, or they are the business unit.</summary>
    public static bool MayChange(Employment job, Actor actor, DateOnly today) => PersonJobs.Runs(job, today) && MoveRules.MayDecide(actor, job.PersonId, job.AgencyId);
}
