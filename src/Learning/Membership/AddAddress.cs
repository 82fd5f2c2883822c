using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// A person says that an address is theirs. A code goes to it, and until the code is typed nothing has changed. Where the address is somebody else's, the person is told the same and the mail
/// says what to do instead (P6): nobody learns here whose it is. Refused: no address, one that is theirs and confirmed, too many mails.
/// </summary>
public sealed class AddAddress(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(string? typed, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return new AddressOutcome.NotFound();
        }

        if (JoiningRules.Said(typed) is not { } text || !PersonEmail.IsAddress(text))
        {
            return new AddressOutcome.Refused("Enter an e-mail address like name@agency.example");
        }

        var (email, now) = (PersonEmail.Normal(text), zone.Now);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await PersonAddresses.LockAsync(db, person, zone, stop) is not { } addresses)
        {
            return new AddressOutcome.NotFound();
        }

        if (addresses.Find(email) is { VerifiedAt: not null })
        {
            return new AddressOutcome.Refused("This address is yours already");
        }

        if (addresses.Find(email) is null && addresses.All.Count >= AddressRules.MostAddresses)
        {
            return new AddressOutcome.Refused($"You have {AddressRules.MostAddresses} addresses. Remove one that you do not use any more");
        }

        if (await AddressMail.WhyNotAsync(db, person, email, now, stop) is { } why)
        {
            return new AddressOutcome.Refused(why);
        }

        var taken = addresses.Find(email) is null && await db.PersonEmails.AnyAsync(address => address.Email == email, stop);
        var (id, code) = (Guid.CreateVersion7(now), OneTimeSecret.Code());
        db.AddressClaims.Add(new AddressClaim { Id = id, PersonId = person, Email = email, CodeHash = OneTimeSecret.HashOf(id, code), AskedAt = now, EndsAt = now + AddressRules.ClaimLives });
        Outbox.Add(db, now, taken
            ? new Outgoing { Kind = AddressLetters.Taken, Address = email, SubjectId = id, Why = "Somebody said that this address is theirs; it is another person's." }
            : new Outgoing { Kind = AddressLetters.Confirm, PersonId = person, Address = email, SubjectId = id, Why = "They said that this address is theirs.", Data = new { code } });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddressOutcome.Asked(id);
    }
}

/// <summary>How many mails with a code a person may cause, and an address may get: a form must not become a way to fill somebody's mailbox.</summary>
internal static class AddressMail
{
    public static async Task<string?> WhyNotAsync(LearningDb db, Guid person, string email, DateTimeOffset now, CancellationToken stop)
    {
        var (day, hour) = (now.AddDays(-1), now.AddHours(-1));
        string[] kinds = [AddressLetters.Confirm, AddressLetters.Taken, AddressLetters.MainNew, AddressLetters.MainOld];

        // Whoever asks about the same address at the same time waits, so that two do not count past each other.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"address: " + email}, 0))", stop);
        return await db.AddressClaims.CountAsync(claim => claim.PersonId == person && claim.AskedAt > day, stop)
                + await db.MainAddressChanges.CountAsync(change => change.PersonId == person && change.AskedAt > day, stop) >= AddressRules.MailsADay
            ? "You have asked for many codes today. Try again tomorrow"
            : await db.Messages.CountAsync(message => message.Address == email && kinds.Contains(message.Kind) && message.QueuedAt > hour, stop) >= AddressRules.MailsAnHour
            ? "This address was sent several mails already. Look in its spam folder, or try again in an hour"
            : null;
    }
}
