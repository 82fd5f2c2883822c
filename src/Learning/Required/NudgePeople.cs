using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>What came of a nudge.</summary>
/// <param name="Nudged">Letters queued.</param>
/// <param name="Lately">Not nudged, as they were within the week.</param>
public sealed record NudgeOutcome(int Nudged, int Lately);

/// <summary>
/// Nudges whoever of the lead's people a filter finds to be due or overdue: one letter a course, through the outbox (M1, M2), and no more than one a week for a person and course, however often, by however many
/// leads it is pressed. Null for somebody who leads nothing (S2).
/// </summary>
public sealed class NudgePeople(LearningDb db, AgencyRequired required, Zone zone)
{
    private const int Days = 7;
    private const string Lock = "training nudges";

    /// <param name="only">One person and course of those; null: all that the filter finds.</param>
    public async Task<NudgeOutcome?> RunAsync(RequiredFilter filter, (Guid Person, Guid Course)? only, Actor actor, CancellationToken stop = default)
    {
        var agencies = await required.AgenciesAsync(actor, stop);
        if (agencies.Count == 0)
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Two who press at once: the second sees what the first has queued.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({Lock}, 0))", stop);
        var now = zone.Now;
        var wanted = (await required.FindAsync(filter, agencies, all: true, stop)).Lines
            .Where(line => line.State != RequiredState.InDate && (only is not var (person, course) || (line.PersonId == person && line.CourseId == course))).ToList();
        var due = wanted.Where(line => line.NudgedAt is null || line.NudgedAt <= now.AddDays(-Days)).ToList();
        var nudged = await Outbox.QueueAsync(db, now, [.. due.Select(line => new Outgoing
        {
            Kind = NudgeLetter.Kind, PersonId = line.PersonId, SubjectId = line.CourseId, Occurrence = $"{zone.Today:yyyy-MM-dd}", Why = "The lead of their agency reminds them of training that they need.",
        })], stop);
        if (nudged > 0)
        {
            db.AuditEntries.Add(new AuditEntry
            {
                At = now, ActorId = actor.PersonId, Verb = "nudged people about required training", SubjectKind = "people", Details = JsonSerializer.Serialize(new { agency = filter.Agency, course = filter.Course, letters = nudged }),
            });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return new NudgeOutcome(nudged, wanted.Count - nudged);
    }
}
