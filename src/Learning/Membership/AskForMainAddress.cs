using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// A person wants another of their addresses to be the main one. A code goes to it and another to the address that is the main one now; nothing has changed until both are typed. Asking for
/// another gives the one before up. Refused: an address that is not confirmed, too many mails.
/// </summary>
public sealed class AskForMainAddress(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(string? email, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } person || await PersonAddresses.LockAsync(db, person, zone, stop) is not { Main: { } main } addresses
            || addresses.Find(PersonEmail.Normal(email ?? "")) is not { } wanted)
        {
            return new AddressOutcome.NotFound();
        }

        var now = zone.Now;
        if (wanted.Main)
        {
            return new AddressOutcome.Done(wanted.Email);
        }

        if (wanted.VerifiedAt is null)
        {
            return new AddressOutcome.Refused("Confirm this address first");
        }

        var open = await db.MainAddressChanges.SingleOrDefaultAsync(change => change.PersonId == person && change.EndedAt == null, stop);
        if (open is not null && open.IsOpen(now) && (open.Email, open.OldEmail) == (wanted.Email, main.Email) && open.WrongCodes < AddressRules.CodeTries)
        {
            return new AddressOutcome.Asked(open.Id);
        }

        if (await AddressMail.WhyNotAsync(db, person, wanted.Email, now, stop) is { } why)
        {
            return new AddressOutcome.Refused(why);
        }

        open?.End(MainAddressOutcome.GivenUp, now);
        await db.SaveChangesAsync(stop);
        var (id, newCode, oldCode) = (Guid.CreateVersion7(now), OneTimeSecret.Code(), OneTimeSecret.Code());
        db.MainAddressChanges.Add(new MainAddressChange
        {
            Id = id, PersonId = person, Email = wanted.Email, OldEmail = main.Email, NewCodeHash = OneTimeSecret.HashOf(id, "new" + newCode), OldCodeHash = OneTimeSecret.HashOf(id, "old" + oldCode),
            AskedAt = now, EndsAt = now + AddressRules.ChangeLives,
        });
        Outbox.Add(db, now, new Outgoing { Kind = AddressLetters.MainNew, PersonId = person, Address = wanted.Email, SubjectId = id, Why = "They want this to be their main address.", Data = new { code = newCode } });
        Outbox.Add(db, now, new Outgoing { Kind = AddressLetters.MainOld, PersonId = person, Address = main.Email, SubjectId = id, Why = "They want another main address than this.", Data = new { code = oldCode } });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "asked for another main address", SubjectKind = "person", SubjectId = person });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddressOutcome.Asked(id);
    }
}
