using Learning.Audit;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What came of reopening.</summary>
public abstract record ReopenOutcome
{
    /// <summary>It can be marked and signed again.</summary>
    public sealed record Reopened : ReopenOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Reason) : ReopenOutcome;

    /// <summary>There is no such register, or who asks is not the business unit.</summary>
    public sealed record NotFound : ReopenOutcome;

    private ReopenOutcome()
    {
    }
}

/// <summary>
/// Opens a signed register again (rule A6): the business unit, with a reason that everybody who opens it reads. From then on marks count in the order of
/// recording (A2). Refused without a reason, and where the register is not signed.
/// </summary>
public sealed class ReopenRegister(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<ReopenOutcome> RunAsync(string reference, string? reason, Actor actor, CancellationToken stop = default)
    {
        reason = RegisterRules.ReasonOf(reason);
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || !RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session)
        {
            return new ReopenOutcome.NotFound();
        }

        if (RegisterRules.WhyNotReason(reason) is { } wrong)
        {
            return new ReopenOutcome.Refused(wrong);
        }

        if (!(await RegisterState.OfAsync(db, session.Id, actor, stop)).Signed)
        {
            return new ReopenOutcome.Refused("This register is not signed, so it is open already");
        }

        var now = zone.Now;
        db.RegisterEvents.Add(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Reopened, RecordedAt = now, RecordedBy = actor.PersonId, Reason = reason });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "reopened a register", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new ReopenOutcome.Reopened();
    }
}
