using System.Security.Cryptography;

using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>What came of opening or closing check-in.</summary>
public abstract record OpenOutcome
{
    public sealed record Done : OpenOutcome;

    /// <summary>Nothing was opened.</summary>
    public sealed record Refused(string Sentence) : OpenOutcome;

    /// <summary>There is no such register, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : OpenOutcome;

    private OpenOutcome()
    {
    }
}

/// <summary>
/// Opens check-in by a code for a part of a session (A5), or closes it; by whoever may take its register. Twice is once. Refused: a part that is over, a session that is cancelled, and for the register one that
/// is signed. It may be opened at any time before; the code is good from half an hour before the part.
/// </summary>
public sealed class OpenCheckIn(IDbContextFactory<LearningDb> databases, Zone zone)
{
    private const int Tries = 20;

    /// <param name="part">Its number.</param>
    public Task<OpenOutcome> RunAsync(string reference, int part, CountsAs kind, Actor actor, CancellationToken stop = default) => ChangeAsync(reference, part, kind, open: true, actor, stop);

    public Task<OpenOutcome> CloseAsync(string reference, int part, CountsAs kind, Actor actor, CancellationToken stop = default) => ChangeAsync(reference, part, kind, open: false, actor, stop);

    private async Task<OpenOutcome> ChangeAsync(string reference, int number, CountsAs kind, bool open, Actor actor, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session
            || await RegisterState.OfAsync(db, session.Id, actor, stop) is var state && state.Access(actor, session, zone) != RegisterAccess.Open
            || await db.SessionParts.AsNoTracking().SingleOrDefaultAsync(part => part.SessionId == session.Id && part.Number == number, stop) is not { } part)
        {
            return new OpenOutcome.NotFound();
        }

        var (now, known) = (zone.Now, await db.CheckInCodes.SingleOrDefaultAsync(code => code.PartId == part.Id && code.CountsAs == kind && code.ClosedAt == null, stop));
        if ((known is not null) == open)
        {
            return new OpenOutcome.Done();
        }

        if (known is not null)
        {
            known.ClosedAt = now;
        }
        else if (WhyNot(session, part, kind, state.Signed) is { } why)
        {
            return new OpenOutcome.Refused(why);
        }
        else
        {
            db.CheckInCodes.Add(new CheckInCode
            {
                Id = Guid.CreateVersion7(now), SessionId = session.Id, PartId = part.Id, CountsAs = kind, Key = await KeyAsync(db, kind, stop), Secret = RandomNumberGenerator.GetBytes(32), OpenedAt = now, OpenedBy = actor.PersonId,
            });
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = open ? "opened check-in by a code" : "closed check-in by a code", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new OpenOutcome.Done();
    }

    private string? WhyNot(Session session, SessionPart part, CountsAs kind, bool signed) =>
        session.Status == SessionStatus.Cancelled ? "This session is cancelled"
        : zone.Now > part.EndsAt ? "This part of the session is over. Mark who was there in the register"
        : signed && kind == CountsAs.Register ? "The register is signed"
        : null;

    // There are 900,000: one that nobody has had is found at once.
    private static async Task<string> KeyAsync(LearningDb db, CountsAs kind, CancellationToken stop)
    {
        string[] keys = [.. Enumerable.Range(0, Tries).Select(_ => CheckInRules.NewKey(kind))];
        var had = await db.CheckInCodes.Where(code => keys.Contains(code.Key)).Select(code => code.Key).ToListAsync(stop);
        return keys.First(key => !had.Contains(key));
    }
}
