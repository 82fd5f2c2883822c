using Learning.Accounts;
using Learning.Audit;
using Learning.Bookings;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>What came of merging, or of undoing it.</summary>
public abstract record MergeOutcome
{
    /// <summary>It is on record, from now on.</summary>
    public sealed record Done : MergeOutcome;

    /// <summary>Nothing was changed; a sentence says why.</summary>
    public sealed record Refused(string Why) : MergeOutcome;

    /// <summary>There is no such person, or who asks is not the business unit.</summary>
    public sealed record NotFound : MergeOutcome;

    private MergeOutcome()
    {
    }
}

/// <summary>
/// From now on one record is counted as another, because both are one human being (P3). Nothing is moved or lost: bookings, marks and completions stay where they are, figures as at an earlier
/// instant still count two, and <see cref="UnmergePerson"/> takes it back. All addresses open the record that stays, which gets the messages of both; the other's sessions and tokens end.
/// Where both hold a place on one session, the weaker booking is withdrawn and the place goes to who waits (B3, B6). Only for the business unit; refused: <see cref="MergeRules.WhyNotMerge"/>.
/// </summary>
public sealed class MergePerson(IDbContextFactory<LearningDb> databases, Zone zone)
{
    // Merges are rare: one at a time, so that two can never make a ring.
    internal const string Lock = "merging people";

    public async Task<MergeOutcome> RunAsync(Guid kept, Guid other, string reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({Lock}, 0))", stop);
        if (!actor.IsUnit || await MergePreview.SideAsync(db, kept, zone.Today, stop) is not { } keptSide || await MergePreview.SideAsync(db, other, zone.Today, stop) is not { } otherSide)
        {
            return new MergeOutcome.NotFound();
        }

        if (MergeRules.WhyNotMerge(keptSide, otherSide, actor.IsMachine) is { } why)
        {
            return new MergeOutcome.Refused(why);
        }

        await EndDoubleBookingsAsync(db, kept, other, actor, stop);
        var now = zone.Now;
        db.PersonMerges.Add(new PersonMerge { PersonId = other, IntoId = kept, RecordedAt = now, RecordedBy = actor.PersonId, Reason = reason });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "merged a person into another", SubjectKind = "person", SubjectId = other, Details = $$"""{"into": "{{kept}}"}""" });
        await db.SaveChangesAsync(stop);
        await LiveSessions.EndAsync(db.AccountSessions.Where(session => db.Users.Any(account => account.Id == session.AccountId && account.PersonId == other)), now, "merged", stop);
        await db.AccessTokens.Where(token => token.PersonId == other && token.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, now), stop);
        await Outbox.QueueAsync(db, now, await MergeLetters.ToBothAsync(db, kept, other, now, stop), stop);
        await transaction.CommitAsync(stop);
        return new MergeOutcome.Done();
    }

    // A person is on a session once (B3). There is seldom one such session, and never many.
    private async Task EndDoubleBookingsAsync(LearningDb db, Guid kept, Guid other, Actor actor, CancellationToken stop)
    {
        foreach (var pair in await MergePreview.DoubleBookingsAsync(db, kept, other, zone.Now, stop))
        {
            if (await db.LockSessionOfAsync(pair.WithdrawnId, stop) is { } session
                && await db.Bookings.SingleAsync(booking => booking.Id == pair.WithdrawnId, stop) is { IsLive: true } booking)
            {
                var held = booking.State == BookingState.Confirmed;
                await GiveUp.RunAsync(db, session, booking, BookingState.Withdrawn, actor, zone, stop);
                await Outbox.QueueAsync(db, zone.Now, held ? await MergeLetters.BookedTwiceAsync(db, booking, stop) : [], stop);
            }
        }
    }
}
