using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>What came of a decision.</summary>
public enum DecideOutcome
{
    Done,

    /// <summary>A refusal has a reason, which the person reads.</summary>
    NoReason,

    /// <summary>Somebody has decided already.</summary>
    Decided,

    /// <summary>It is not theirs to decide: not of their people, or their own.</summary>
    NotFound,
}

/// <summary>Accepts or refuses evidence of learning elsewhere: the lead of an agency that the person works for, or the business unit, never the person themselves. The person is told; once, whoever presses again.</summary>
public sealed class DecideEvidence(LearningDb db, SentEvidence sent, Zone zone)
{
    private const int Longest = 1000;

    public async Task<DecideOutcome> RunAsync(Guid id, EvidenceDecision decision, string? reason, Actor actor, CancellationToken stop = default)
    {
        if (await sent.FindAsync(id, actor, stop) is not { } seen || seen.PersonId == actor.PersonId)
        {
            return DecideOutcome.NotFound;
        }

        if (decision == EvidenceDecision.Refused && string.IsNullOrWhiteSpace(reason) || reason?.Length > Longest)
        {
            return DecideOutcome.NoReason;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.LearningEvidence.FromSql($"select * from learning_evidence where id = {id} for update").SingleOrDefaultAsync(stop) is not { } evidence)
        {
            return DecideOutcome.NotFound;
        }

        if (evidence.Decision is not null)
        {
            return DecideOutcome.Decided;
        }

        var now = zone.Now;
        evidence.Decide(decision, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), now, actor.PersonId);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "decided about evidence of learning", SubjectKind = "person", SubjectId = evidence.PersonId, Details = JsonSerializer.Serialize(new { decision = decision.Word() }),
        });
        await Outbox.QueueAsync(db, now, [new Outgoing { Kind = EvidenceLetter.Kind, PersonId = evidence.PersonId, SubjectId = evidence.Id, Why = "Their lead decided about learning elsewhere that they had sent." }], stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return DecideOutcome.Done;
    }
}
