using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>A person takes back what they proposed. Once somebody has decided there is nothing to take back.</summary>
public sealed class WithdrawMove(LearningDb db, Zone zone)
{
    public async Task<MoveOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockMove.RunAsync(db, id, zone, stop) is not var (move, _) || move.PersonId != actor.PersonId)
        {
            return new MoveOutcome.NotFound();
        }

        if (move.State != MoveState.Proposed)
        {
            return new MoveOutcome.Done(move.State);
        }

        move.Withdraw(zone.Now, actor.PersonId);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "withdrew a move", SubjectKind = "person", SubjectId = move.PersonId, Details = JsonSerializer.Serialize(new { move = move.Id }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new MoveOutcome.Done(MoveState.Withdrawn);
    }
}
