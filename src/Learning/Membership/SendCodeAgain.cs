using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Somebody whose mail did not come, or whose link or code is too old, asks for another. The answer is the same whatever comes of it: an address is sent no more than
/// <see cref="JoiningRules.MailsAnHour"/> mails an hour, and one that has an account is told so again.
/// </summary>
public sealed class SendCodeAgain(LearningDb db, Zone zone)
{
    /// <summary>False where there is no such sign-up any more.</summary>
    public async Task<bool> RunAsync(Guid id, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.SignUps.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is not { } seen)
        {
            return false;
        }

        await JoiningMail.LockAsync(db, seen.Email, stop);
        var signUp = (await db.SignUps.FromSql($"select * from sign_ups where id = {id} and state in ('asked', 'known') for update").ToListAsync(stop)).SingleOrDefault();
        if (signUp is null)
        {
            return false;
        }

        var now = zone.Now;
        if (await JoiningMail.MayWriteAsync(db, signUp.Email, now, stop))
        {
            var sent = JoiningMail.Renew(signUp, now);
            Outbox.Add(db, now, signUp.State == SignUpState.Known ? JoiningMail.AlreadyKnown(signUp) : sent);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return true;
    }
}
