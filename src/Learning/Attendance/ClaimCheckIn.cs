using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What came of claiming a check-in, or of taking it back.</summary>
public enum ClaimOutcome
{
    Done,

    /// <summary>It is somebody else's.</summary>
    Taken,

    /// <summary>There is no such check-in, or it is not theirs to take back.</summary>
    NotFound,
}

/// <summary>
/// "That was me": a check-in without an account becomes somebody's own, for their record; and "that was not me", which undoes it (C3). It stays reach either way and never counts as trained; of several
/// check-ins of one person at one session the figures count one. Whoever has the link of a check-in and is signed in may say so, as long as nobody else has.
/// </summary>
public sealed class ClaimCheckIn(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public Task<ClaimOutcome> RunAsync(Guid checkIn, Actor actor, CancellationToken stop = default) => SayAsync(checkIn, mine: true, actor, stop);

    public Task<ClaimOutcome> TakeBackAsync(Guid checkIn, Actor actor, CancellationToken stop = default) => SayAsync(checkIn, mine: false, actor, stop);

    private async Task<ClaimOutcome> SayAsync(Guid checkIn, bool mine, Actor actor, CancellationToken stop)
    {
        if (actor.PersonId is not { } person)
        {
            return ClaimOutcome.NotFound;
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"check-in: " + checkIn}, 0))", stop);
        if (!await db.CheckIns.AnyAsync(known => known.Id == checkIn, stop))
        {
            return ClaimOutcome.NotFound;
        }

        var holder = await db.CheckInClaims.Where(claim => claim.CheckInId == checkIn).OrderByDescending(claim => claim.RecordedAt).ThenByDescending(claim => claim.Id).Select(claim => claim.PersonId).FirstOrDefaultAsync(stop);
        if (holder is { } other && other != person)
        {
            return mine ? ClaimOutcome.Taken : ClaimOutcome.NotFound;
        }

        if ((holder is not null) == mine)
        {
            return mine ? ClaimOutcome.Done : ClaimOutcome.NotFound;
        }

        db.CheckInClaims.Add(new CheckInClaim { CheckInId = checkIn, PersonId = mine ? person : null, RecordedAt = zone.Now, RecordedBy = person });
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = mine ? "claimed a check-in" : "took back a check-in", SubjectKind = "check-in", SubjectId = checkIn });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return ClaimOutcome.Done;
    }
}
