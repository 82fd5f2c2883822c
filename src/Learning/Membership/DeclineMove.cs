using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>The new agency declines a move, with a reason that the person reads. The actor is the agency's lead or the business unit, and not the person (S2). Refused without a reason, or with one that is too long.</summary>
public sealed class DeclineMove(LearningDb db, Zone zone)
{
    public async Task<MoveOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockMove.RunAsync(db, id, zone, stop) is not var (move, _) || !MoveRules.MayDecide(actor, move.PersonId, move.AgencyId))
        {
            return new MoveOutcome.NotFound();
        }

        if (move.State != MoveState.Proposed)
        {
            return new MoveOutcome.Done(move.State);
        }

        if (Reasons.Read(reason) is not { } said)
        {
            return new MoveOutcome.Refused(Reasons.Sentence(reason, "Write why, so that they know what to do"));
        }

        move.Decline(said, zone.Now, actor.PersonId);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "declined a move", SubjectKind = "person", SubjectId = move.PersonId, Details = JsonSerializer.Serialize(new { move = move.Id }),
        });
        Outbox.Add(db, zone.Now, new Outgoing { Kind = MoveLetters.Declined, PersonId = move.PersonId, SubjectId = move.Id, Why = "The agency declined their move." });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new MoveOutcome.Done(MoveState.Declined);
    }
}
