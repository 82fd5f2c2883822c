using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>
/// Says what is missing or wrong in one's own record: which course, when, and what. The business unit has it in its queue and answers. Refused, with the sentences: nothing said, a day that lies ahead, too many that wait.
/// What was said goes with an erasure (P5); the trail says only that something was.
/// </summary>
public sealed class SayMissing(LearningDb db, Zone zone)
{
    /// <summary>What is wrong; none: it was sent.</summary>
    public async Task<IReadOnlyList<MissingMistake>> RunAsync(string? course, string? on, string? what, Actor actor, CancellationToken stop = default)
    {
        (course, what) = (CertificateRules.Clean(course), CertificateRules.Clean(what));
        var person = actor.PersonId!.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"corrections of " + person}, 0))", stop);
        var open = await db.RecordCorrections.CountAsync(one => one.PersonId == person && one.Decision == null, stop);
        if (CorrectionRules.Check(course, on, what, open, zone.Today, out var learntOn) is { Count: > 0 } mistakes)
        {
            return mistakes;
        }

        var now = zone.Now;
        db.RecordCorrections.Add(new RecordCorrection { Id = Guid.CreateVersion7(now), PersonId = person, Course = course!, LearntOn = learntOn, What = what!, AskedAt = now });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "said that something is missing in their record", SubjectKind = "person", SubjectId = person });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return [];
    }
}
