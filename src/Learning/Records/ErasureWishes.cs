using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>What came of asking, taking back or declining.</summary>
public abstract record WishOutcome
{
    /// <summary>It stands as was asked for, by this press or an earlier one.</summary>
    public sealed record Done : WishOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Reason) : WishOutcome;

    /// <summary>There is no such wish, or not for who asks.</summary>
    public sealed record NotFound : WishOutcome;

    private WishOutcome()
    {
    }
}

/// <summary>A wish that waits for the business unit.</summary>
public sealed record WaitingWish(Guid PersonId, string Name, string? Why, DateTimeOffset AskedAt);

/// <summary>
/// A person asks to be erased, and the business unit decides (P5): it erases them (<see cref="ErasePerson"/>), or declines and says why. One wish of a person is open at a time. Each step is on
/// the audit trail.
/// </summary>
public sealed class ErasureWishes(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>Characters of why, and of an answer.</summary>
    public const int Longest = 1000;

    /// <summary>The person asks. Asking twice is one wish.</summary>
    public async Task<WishOutcome> AskAsync(string? why, Actor actor, CancellationToken stop = default)
    {
        why = why?.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (actor.PersonId is not { } self)
        {
            return new WishOutcome.NotFound();
        }

        if (why?.Length > Longest)
        {
            return new WishOutcome.Refused($"Say why in {Longest} characters or fewer");
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var asked = await db.Database.ExecuteSqlAsync($"""
            insert into erasure_requests (id, person_id, asked_at, why) values ({Guid.CreateVersion7(zone.Now)}, {self}, {zone.Now}, {(string.IsNullOrEmpty(why) ? null : why)})
            on conflict (person_id) where decision is null do nothing
            """, stop);
        if (asked > 0)
        {
            await TellAsync(db, "asked to be erased", self, actor, stop);
            await transaction.CommitAsync(stop);
        }

        return new WishOutcome.Done();
    }

    /// <summary>The person takes it back.</summary>
    public Task<WishOutcome> TakeBackAsync(Actor actor, CancellationToken stop = default) => actor.PersonId is { } self
        ? DecideAsync(self, ErasureDecision.Withdrawn, null, "took back the wish to be erased", actor, stop) : Task.FromResult<WishOutcome>(new WishOutcome.NotFound());

    /// <summary>The business unit declines, with an answer that the person reads on their page.</summary>
    public Task<WishOutcome> DeclineAsync(Guid person, string? answer, Actor actor, CancellationToken stop = default)
    {
        answer = answer?.Replace("\0", "", StringComparison.Ordinal).Trim();
        return !actor.IsUnit ? Task.FromResult<WishOutcome>(new WishOutcome.NotFound())
            : string.IsNullOrEmpty(answer) ? Task.FromResult<WishOutcome>(new WishOutcome.Refused("Write why not: they read it"))
            : answer.Length > Longest ? Task.FromResult<WishOutcome>(new WishOutcome.Refused($"Write why not in {Longest} characters or fewer"))
            : DecideAsync(person, ErasureDecision.Declined, answer, "declined to erase a person", actor, stop);
    }

    /// <summary>Those that wait, the longest first: for the business unit.</summary>
    public async Task<IReadOnlyList<WaitingWish>> WaitingAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        return (await db.ErasureRequests.Where(request => request.Decision == null).OrderBy(request => request.AskedAt)
                .Join(db.Persons, request => request.PersonId, person => person.Id, (request, person) => new { request, person }).ToListAsync(stop))
            .ConvertAll(row => new WaitingWish(row.person.Id, PersonName.Of(row.person.GivenName, row.person.FamilyName, row.person.Id), row.request.Why, row.request.AskedAt));
    }

    /// <summary>The newest wish of who asks; null when they never had one.</summary>
    public async Task<ErasureRequest?> MineAsync(Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await db.ErasureRequests.AsNoTracking().Where(request => request.PersonId == actor.PersonId)
            .OrderByDescending(request => request.Decision == null).ThenByDescending(request => request.AskedAt).FirstOrDefaultAsync(stop);
    }

    private async Task<WishOutcome> DecideAsync(Guid person, ErasureDecision decision, string? answer, string verb, Actor actor, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if ((await db.ErasureRequests.FromSql($"select * from erasure_requests where person_id = {person} and decision is null for update").ToListAsync(stop)).SingleOrDefault() is not { } request)
        {
            return new WishOutcome.NotFound();
        }

        request.Decide(decision, zone.Now, actor.PersonId, answer);
        await TellAsync(db, verb, person, actor, stop);
        await transaction.CommitAsync(stop);
        return new WishOutcome.Done();
    }

    private Task<int> TellAsync(LearningDb db, string verb, Guid person, Actor actor, CancellationToken stop)
    {
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "person", SubjectId = person });
        return db.SaveChangesAsync(stop);
    }
}
