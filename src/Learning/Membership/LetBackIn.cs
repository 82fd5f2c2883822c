using System.Text.Json;

using Learning.Accounts;
using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>
/// Lets somebody back in who has lost their second step: a link goes to their main address, good for a day and once. The actor is who <see cref="RecoveryDeciders"/> says, never the person (S1), and
/// has spoken to them. On the audit trail (S3). Refused: without the word that they have.
/// </summary>
public sealed class LetBackIn(LearningDb db, Zone zone)
{
    public async Task<RecoveryOutcome> RunAsync(Guid id, bool haveSpoken, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockRecovery.RunAsync(db, db.AccountRecoveries.Where(row => row.Id == id), stop) is not var (recovery, account)
            || !(await RecoveryDeciders.OfAsync(db, recovery.PersonId, zone.Today, stop)).Include(actor, recovery.PersonId))
        {
            return new RecoveryOutcome.NotFound();
        }

        var now = zone.Now;
        if (recovery.StateAt(now) != RecoveryState.Open)
        {
            return new RecoveryOutcome.Done(recovery.StateAt(now));
        }

        if (!haveSpoken)
        {
            return new RecoveryOutcome.Refused("Speak to them first, then tick this box");
        }

        var link = Secret.New();
        recovery.LetIn(actor.PersonId!.Value, Secret.Hash(link), now);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "let somebody back in", SubjectKind = "person", SubjectId = account.PersonId, Details = JsonSerializer.Serialize(new { recovery = id }),
        });
        Outbox.Add(db, now, new Outgoing
        {
            Kind = RecoveryLetters.Link, PersonId = account.PersonId, SubjectId = id, Why = "Somebody who knows them has let them back in.", Data = new RecoveryLetters.SecretData(link),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new RecoveryOutcome.Done(RecoveryState.LetIn);
    }
}
