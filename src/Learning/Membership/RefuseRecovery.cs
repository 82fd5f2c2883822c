using Learning.Accounts;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>
/// Does not let somebody in who asked to be, with a reason that the owner of the account reads. The actor is who <see cref="RecoveryDeciders"/> says, never the person (S1). On the audit trail (S3).
/// Refused without a reason, or with one that is too long.
/// </summary>
public sealed class RefuseRecovery(LearningDb db, Zone zone)
{
    public async Task<RecoveryOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
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

        if (Reasons.Read(reason) is not { } said)
        {
            return new RecoveryOutcome.Refused(Reasons.Sentence(reason, "Write why not: they read it"));
        }

        recovery.Refuse(actor.PersonId!.Value, said, now);
        SecurityTrail.Add(db, account, actor.PersonId, "refused to let somebody back in", "You were not let back in",
            $"Somebody asked to be let in to your account without your second step, and was not: “{said}” If that was you, write to us. If it was not, whoever asked knows your password or reads your e-mail: change both.", now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new RecoveryOutcome.Done(RecoveryState.Refused);
    }
}
