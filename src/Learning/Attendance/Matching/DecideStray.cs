using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Matching;

/// <summary>
/// Decides about a mark that its register could not hold (A3), once: of an unknown person, it is recorded as that of somebody whom we know; or it is left out for a reason. By the business unit. A mark that came long
/// after signing is decided by a correction instead.
/// </summary>
public sealed class DecideStray(IDbContextFactory<LearningDb> databases, RecordMarks record, Zone zone)
{
    /// <summary>It is this person's. Refused where the session has no such part, or is cancelled.</summary>
    public async Task<MatchOutcome> JoinAsync(Guid id, Guid person, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (!actor.IsUnit || await OpenAsync(db, id, stop) is not { } stray)
        {
            return new MatchOutcome.NotFound();
        }

        if (stray.Why != MarkFlag.UnknownPerson || !await db.Persons.AnyAsync(one => one.Id == person && one.ErasedAt == null, stop))
        {
            return new MatchOutcome.Refused("Input.Person", stray.Why == MarkFlag.UnknownPerson ? "Choose a person of the list" : "This mark has no place in the register, whoever it is of. Leave it out");
        }

        if (!await db.SessionParts.AnyAsync(part => part.Id == stray.PartId && part.SessionId == stray.SessionId, stop))
        {
            return new MatchOutcome.Refused("Input.Person", MarkFlag.UnknownPart.Sentence());
        }

        var (now, reference) = (zone.Now, await db.Sessions.Where(session => session.Id == stray.SessionId).Select(session => session.Ref).SingleAsync(stop));
        var mark = new MarkEntry(Guid.CreateVersion7(now), stray.PartId, person, stray.Kind, stray.Minutes, stray.SubstituteId is { } came ? (Somebody)came : null, stray.MarkedAt, stray.Seen);
        return await record.RunAsync(reference, new MarkBatch("desk", now, [mark]), actor, own => DecideAsync(own, id, takenIn: true, null, actor, stop), stop) switch
        {
            RecordOutcome.Recorded recorded => new MatchOutcome.Done(recorded.Reopened ? MatchNote.Reopened : MatchNote.None),
            RecordOutcome.Refused refused => new MatchOutcome.Refused("Input.Person", refused.Reason),
            _ => new MatchOutcome.NotFound(),
        };
    }

    /// <summary>It stays out of the register, for a reason.</summary>
    public async Task<MatchOutcome> LeaveOutAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        reason = RegisterRules.ReasonOf(reason);
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await OpenAsync(db, id, stop) is null)
        {
            return new MatchOutcome.NotFound();
        }

        if (string.IsNullOrEmpty(reason) || reason.Length > RegisterRules.LongestReason)
        {
            return new MatchOutcome.Refused("Input.Reason", string.IsNullOrEmpty(reason) ? "Write why it is left out" : $"Write the reason in {RegisterRules.LongestReason} characters or fewer");
        }

        await DecideAsync(db, id, takenIn: false, reason, actor, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new MatchOutcome.Done();
    }

    private async Task<string?> DecideAsync(LearningDb db, Guid id, bool takenIn, string? reason, Actor actor, CancellationToken stop)
    {
        // Whoever decides about the same mark waits here, and finds it decided.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 0))", stop);
        if (await OpenAsync(db, id, stop) is not { } stray)
        {
            return "Somebody else has just decided about this mark.";
        }

        db.MarkStrayDecisions.Add(new MarkStrayDecision { StrayId = id, TakenIn = takenIn, DecidedAt = zone.Now, DecidedBy = actor.PersonId!.Value, Reason = reason });
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = takenIn ? "gave a mark its person" : "left a mark out", SubjectKind = "session", SubjectId = stray.SessionId });
        return null;
    }

    private static Task<MarkStray?> OpenAsync(LearningDb db, Guid id, CancellationToken stop) =>
        db.MarkStrays.AsNoTracking().SingleOrDefaultAsync(stray => stray.Id == id && stray.Why != MarkFlag.LongAfterSigning && !db.MarkStrayDecisions.Any(decision => decision.StrayId == id), stop);
}
