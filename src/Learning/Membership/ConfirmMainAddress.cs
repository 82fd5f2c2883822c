using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Which of the two addresses a code was sent to.</summary>
public enum AddressSide
{
    New,
    Old,
}

/// <summary>
/// A person types the code that came to the new or to the old address. When both are confirmed, the new one is the main one: messages go there from then on, and the old one is told.
/// Refused: a wrong code, five of which end both; a change that has run out or ended.
/// </summary>
public sealed class ConfirmMainAddress(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(Guid id, AddressSide side, string? code, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OpenChange.LockAsync(db, id, actor.PersonId, zone, stop) is not var (change, addresses))
        {
            return new AddressOutcome.NotFound();
        }

        var now = zone.Now;
        if (change.Outcome == MainAddressOutcome.Changed || (side == AddressSide.New ? change.NewConfirmedAt : change.OldConfirmedAt) is not null)
        {
            return new AddressOutcome.Done(change.Email);
        }

        if (!change.IsOpen(now) || change.WrongCodes >= AddressRules.CodeTries)
        {
            return new AddressOutcome.Refused("This has run out. Ask again on the page of your addresses");
        }

        var (prefix, hash) = side == AddressSide.New ? ("new", change.NewCodeHash) : ("old", change.OldCodeHash);
        if (!OneTimeSecret.Same(OneTimeSecret.HashOf(id, prefix + AddressRules.Digits(code)), hash))
        {
            change.WrongCodes++;
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return new AddressOutcome.Refused(change.WrongCodes < AddressRules.CodeTries ? "This is not the code that we sent there. Check the newest mail" : "This was not the code, once too often. Ask again on the page of your addresses");
        }

        if (side == AddressSide.New)
        {
            change.NewConfirmedAt = now;
        }
        else
        {
            change.OldConfirmedAt = now;
        }

        await OpenChange.FinishAsync(db, change, addresses, actor, now, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddressOutcome.Done(change.Email);
    }
}

/// <summary>A person gives up the change of their main address that they asked for.</summary>
public sealed class GiveUpMainAddress(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OpenChange.LockAsync(db, id, actor.PersonId, zone, stop) is not var (change, _))
        {
            return new AddressOutcome.NotFound();
        }

        if (change.EndedAt is null)
        {
            change.End(MainAddressOutcome.GivenUp, zone.Now);
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "gave up another main address", SubjectKind = "person", SubjectId = change.PersonId });
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return new AddressOutcome.Done(change.OldEmail);
    }
}

/// <summary>A person cannot read their old main address any more: the leads of their agency are asked to vouch for them; where it has none, the business unit finds it in its queue.</summary>
public sealed class SayAddressUnreadable(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OpenChange.LockAsync(db, id, actor.PersonId, zone, stop) is not var (change, _))
        {
            return new AddressOutcome.NotFound();
        }

        if (!change.IsOpen(zone.Now))
        {
            return new AddressOutcome.Refused("This has run out. Ask again on the page of your addresses");
        }

        if (change.UnreadableAt is null && change.OldConfirmedAt is null)
        {
            change.UnreadableAt = zone.Now;
            var agency = await db.Database.SqlQuery<Guid?>($"""select agency_id as "Value" from employments where id = employment_on({change.PersonId}, {zone.Today})""").ToListAsync(stop);
            foreach (var lead in agency is [{ } at] ? await LeadsToTell.OfAsync(db, at, change.PersonId, zone.Today, stop) : [])
            {
                Outbox.Add(db, zone.Now, new Outgoing { Kind = AddressLetters.Vouch, PersonId = lead, SubjectId = id, Why = "Somebody of this lead's agency cannot read their old address any more." });
            }

            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return new AddressOutcome.Done(change.Email);
    }
}

/// <summary>
/// An agency's lead, or the business unit, says that a person did ask for another main address, in place of the old address that they cannot read; or that they did not, which ends it. The actor may
/// see the person, and is another (S2). On the audit trail; the person is told at both addresses where it is refused.
/// </summary>
public sealed class VouchForAddress(LearningDb db, Zone zone)
{
    public async Task<AddressOutcome> RunAsync(Guid id, bool theyAsked, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var person = await db.MainAddressChanges.Where(change => change.Id == id && change.UnreadableAt != null).Select(change => (Guid?)change.PersonId).SingleOrDefaultAsync(stop);
        if (person is null || !AddressRules.MayVouch(actor, person.Value, await db.Persons.VisibleTo(actor, db, zone.Today).AnyAsync(one => one.Id == person, stop))
            || await OpenChange.LockAsync(db, id, person, zone, stop) is not var (change, addresses))
        {
            return new AddressOutcome.NotFound();
        }

        var now = zone.Now;
        if (change.Outcome is not null || change.OldConfirmedAt is not null)
        {
            return new AddressOutcome.Done(change.Email);
        }

        if (!change.IsOpen(now))
        {
            return new AddressOutcome.Refused("They asked too long ago. They can ask again");
        }

        if (theyAsked)
        {
            (change.OldConfirmedAt, change.OldConfirmedBy) = (now, actor.PersonId);
            await OpenChange.FinishAsync(db, change, addresses, actor, now, stop);
        }
        else
        {
            change.End(MainAddressOutcome.Refused, now);
            addresses.Tell(change.OldEmail, "refused", change.Email, id);
            addresses.Tell(change.Email, "refused", change.Email, id);
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = theyAsked ? "vouched for another main address" : "refused another main address", SubjectKind = "person", SubjectId = change.PersonId,
            Details = JsonSerializer.Serialize(new { change = id }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddressOutcome.Done(change.Email);
    }
}

/// <summary>A change of a main address in the hands of a verb, with its person's addresses, locked.</summary>
internal static class OpenChange
{
    public static async Task<(MainAddressChange Change, PersonAddresses Addresses)?> LockAsync(LearningDb db, Guid id, Guid? person, Zone zone, CancellationToken stop) =>
        person is { } of && await PersonAddresses.LockAsync(db, of, zone, stop) is { } addresses
            && await db.MainAddressChanges.SingleOrDefaultAsync(change => change.Id == id && change.PersonId == of, stop) is { } change ? (change, addresses) : null;

    /// <summary>Where both sides are confirmed, the new address is the main one, and the old one is told.</summary>
    public static async Task FinishAsync(LearningDb db, MainAddressChange change, PersonAddresses addresses, Actor actor, DateTimeOffset now, CancellationToken stop)
    {
        if (change.NewConfirmedAt is null || change.OldConfirmedAt is null || addresses.Main?.Email != change.OldEmail || addresses.Find(change.Email) is not { } wanted)
        {
            return;
        }

        await addresses.MakeMainAsync(wanted, stop);
        change.End(MainAddressOutcome.Changed, now);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "changed a main address", SubjectKind = "person", SubjectId = change.PersonId, Details = JsonSerializer.Serialize(new { change = change.Id }) });
        addresses.Tell(change.OldEmail, "main", change.Email, change.Id);
    }
}
