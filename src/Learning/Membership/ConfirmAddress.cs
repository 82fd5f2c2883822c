using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// A person types the code that was sent to an address, or presses the button to which the mail leads: the address is theirs from then on, and lets them sign in. Of two people who both can read it the
/// first has it (P6). On the audit trail; the main address is told. Refused: a wrong code, five of which end it, and one that has run out.
/// </summary>
public sealed class ConfirmAddress(LearningDb db, Zone zone)
{
    private const string Over = "This code has run out. Ask for another";

    public async Task<AddressOutcome> RunAsync(Guid id, string? code, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } person || await PersonAddresses.LockAsync(db, person, zone, stop) is not { } addresses
            || await db.AddressClaims.SingleOrDefaultAsync(claim => claim.Id == id && claim.PersonId == person, stop) is not { } claim)
        {
            return new AddressOutcome.NotFound();
        }

        var now = zone.Now;
        if (addresses.Find(claim.Email) is { VerifiedAt: not null })
        {
            return new AddressOutcome.Done(claim.Email);
        }

        if (!claim.IsOpen(now))
        {
            return new AddressOutcome.Refused(Over);
        }

        if (!OneTimeSecret.Same(OneTimeSecret.HashOf(id, AddressRules.Digits(code)), claim.CodeHash))
        {
            claim.WrongCodes++;
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return new AddressOutcome.Refused(claim.IsOpen(now) ? "This is not the code that we sent. Check the newest mail" : "This was not the code, once too often. Ask for another");
        }

        if (addresses.Find(claim.Email) is { } known)
        {
            known.VerifiedAt = now;
        }
        else if (await db.Database.ExecuteSqlAsync($"insert into person_emails (email, person_id, main, verified_at) values ({claim.Email}, {person}, false, {now}) on conflict (email) do nothing", stop) == 0)
        {
            return new AddressOutcome.Refused(Over);
        }
        else if (addresses.Main is null)
        {
            // Whoever joined without an address has their first: messages can reach them now.
            await db.Database.ExecuteSqlAsync($"update person_emails set main = true where email = {claim.Email}", stop);
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "added an address", SubjectKind = "person", SubjectId = person });
        if (addresses.Main is { } main && main.Email != claim.Email)
        {
            addresses.Tell(main.Email, "added", claim.Email, person);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddressOutcome.Done(claim.Email);
    }
}
