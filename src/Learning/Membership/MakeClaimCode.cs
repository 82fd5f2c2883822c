using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A claim code, shown once: nobody can read it again.</summary>
public sealed record Slip(string Code, string Name, DateTimeOffset EndsAt);

/// <summary>
/// A lead, or the business unit, makes a code for somebody of theirs who has no address, to be handed over on paper: whoever signs up with it gets that record. One made before is worth nothing any more.
/// On the audit trail (S3).
/// </summary>
public sealed class MakeClaimCode(LearningDb db, Zone zone)
{
    /// <summary>Null where there is no such person, they are not the actor's, or they have an address: then an invitation is the way.</summary>
    public async Task<Slip?> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } maker || await OfTheirs.WithoutAddressAsync(db, id, actor, zone.Today, stop) is not { } person)
        {
            return null;
        }

        var (now, code) = (zone.Now, OneTimeSecret.Slip());
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"claims: " + id}, 0))", stop);
        await db.ClaimCodes.Where(old => old.PersonId == id && old.UsedAt == null && old.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(old => old.WithdrawnAt, now), stop);
        var made = new ClaimCode { Id = Guid.CreateVersion7(now), PersonId = id, CodeHash = ClaimCode.HashOf(code), MadeBy = maker, MadeAt = now, EndsAt = now + JoiningRules.ClaimCodeLives };
        db.ClaimCodes.Add(made);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = maker, Verb = "made a claim code", SubjectKind = "person", SubjectId = id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new Slip(code.Insert(5, " "), person.Name, made.EndsAt);
    }
}

/// <summary>The people whom a lead looks after: of their agencies, today; the business unit looks after all. Not oneself.</summary>
internal static class OfTheirs
{
    /// <summary>Null where it is nobody of theirs.</summary>
    public static async Task<Person?> FindAsync(LearningDb db, Guid id, Actor actor, DateOnly today, CancellationToken stop) =>
        id == actor.PersonId || !(actor.IsUnit || actor.LeadOf.Count > 0) ? null
        : await db.Persons.VisibleTo(actor, db, today).SingleOrDefaultAsync(person => person.Id == id && person.ErasedAt == null, stop);

    /// <summary>Null also where they have an address or an account.</summary>
    public static async Task<Person?> WithoutAddressAsync(LearningDb db, Guid id, Actor actor, DateOnly today, CancellationToken stop) =>
        await FindAsync(db, id, actor, today, stop) is { } person && !await db.PersonEmails.AnyAsync(email => email.PersonId == id, stop) && !await db.Users.AnyAsync(account => account.PersonId == id, stop) ? person : null;
}
