using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>A person takes an address off: it is nobody's from then on, and lets nobody in. Never the main one. On the audit trail; the main address is told.</summary>
public sealed class RemoveAddress(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(string? email, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } person || await PersonAddresses.LockAsync(db, person, zone, stop) is not { } addresses
            || addresses.Find(PersonEmail.Normal(email ?? "")) is not { } address)
        {
            return new AddressOutcome.NotFound();
        }

        if (address.Main)
        {
            return new AddressOutcome.Refused("Your main address cannot be removed. Make another one your main address first");
        }

        await addresses.RemoveAsync(address, stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "removed an address", SubjectKind = "person", SubjectId = person });
        addresses.Tell(addresses.Main!.Email, "removed", address.Email, person);
        db.Entry(address).State = Microsoft.EntityFrameworkCore.EntityState.Detached;
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddressOutcome.Done(address.Email);
    }
}
