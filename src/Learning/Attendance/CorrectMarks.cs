using System.Text.Json;

using Learning.Attendance.Seats;
using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What a signed register should have said of somebody in a part.</summary>
/// <param name="Minutes">Whole minutes present, with "in part" alone.</param>
public sealed record Correction(Guid Part, MarkKind Mark, int? Minutes = null);

/// <summary>Which answer of a correction a sentence is about.</summary>
public enum CorrectionField
{
    Mark,
    Reason,
}

/// <summary>What came of a correction.</summary>
public abstract record CorrectionOutcome
{
    /// <summary>The register says so, and is signed again.</summary>
    public sealed record Done : CorrectionOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(CorrectionField Field, string Sentence) : CorrectionOutcome;

    /// <summary>There is no such register, person on it or late mark, or who asks is not the business unit.</summary>
    public sealed record NotFound : CorrectionOutcome;

    private CorrectionOutcome()
    {
    }
}

/// <summary>
/// Corrects what a signed register says (A6): in one transaction it is reopened with a reason, the marks are recorded and it is signed again, all by the business unit, so that at no moment the
/// session is not one that was held. What stood before stays on record (T4). A mark that came long after signing is taken in, or set aside, in the same way (A3). Refused: no reason, nothing that differs,
/// minutes without "in part", a register that is not signed (it is marked as it stands), a cancelled session.
/// </summary>
public sealed class CorrectMarks(IDbContextFactory<LearningDb> databases, Zone zone)
{
    // What a correction is recorded by, where a trainer's mark has the name of a tablet.
    private const string Desk = "desk";

    /// <summary>Corrects the marks of one person.</summary>
    public async Task<CorrectionOutcome> RunAsync(string reference, Guid person, IReadOnlyList<Correction> corrections, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockAsync(db, reference, actor, stop) is not var (session, state) || !await IsOnAsync(db, session.Id, person, stop))
        {
            return new CorrectionOutcome.NotFound();
        }

        if (WhyNot(session, state, corrections, ref reason) is { } refused)
        {
            return refused;
        }

        var standing = (await db.Marks.AsNoTracking().Where(mark => mark.SessionId == session.Id && mark.PersonId == person).OrderBy(mark => mark.Number).ToListAsync(stop))
            .GroupBy(mark => mark.PartId).ToDictionary(part => part.Key, part => StandingMark.Of(part)!);
        var now = zone.Now;
        var entries = corrections.Where(one => !standing.TryGetValue(one.Part, out var says) || says.Disputed || (says.Mark.Kind, says.Mark.Minutes) != (one.Mark, one.Minutes))
            .Select(one => new MarkEntry(Guid.CreateVersion7(now), one.Part, person, one.Mark, one.Minutes, null, now, standing.GetValueOrDefault(one.Part) is { } says ? says.Other?.Id ?? says.Mark.Id : null)).ToList();
        if (entries.Count == 0)
        {
            return new CorrectionOutcome.Refused(CorrectionField.Mark, "This is what the register says already");
        }

        if (await StoreAsync(db, session, state, new MarkBatch(Desk, now, entries), reason!, actor, stop) is { } wrong)
        {
            return wrong;
        }

        await transaction.CommitAsync(stop);
        return new CorrectionOutcome.Done();
    }

    /// <summary>Decides about a mark that came long after signing (A3), once: it is taken in, for a reason, or set aside.</summary>
    public async Task<CorrectionOutcome> DecideAsync(string reference, Guid late, bool takeIn, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockAsync(db, reference, actor, stop) is not var (session, state)
            || await db.MarkStrays.AsNoTracking().SingleOrDefaultAsync(one => one.Id == late && one.SessionId == session.Id && one.Why == MarkFlag.LongAfterSigning, stop) is not { } stray)
        {
            return new CorrectionOutcome.NotFound();
        }

        if (await db.MarkStrayDecisions.AnyAsync(decision => decision.StrayId == late, stop))
        {
            return new CorrectionOutcome.Done();
        }

        var now = zone.Now;
        db.MarkStrayDecisions.Add(new MarkStrayDecision { StrayId = late, TakenIn = takeIn, DecidedAt = now, DecidedBy = actor.PersonId!.Value });
        if (!takeIn)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "set a late mark aside", SubjectKind = "session", SubjectId = session.Id });
            await db.SaveChangesAsync(stop);
        }
        else if (WhyNot(session, state, [], ref reason) is { } refused)
        {
            return refused;
        }
        else
        {
            // As if the tablet had sent it now: its own time stays, and after a reopening the order of recording decides (A2).
            var entry = stray.SeatId is { } seat ? MarkEntry.OfSeat(Guid.CreateVersion7(now), stray.PartId, seat, stray.Kind, stray.MarkedAt, stray.Seen)
                : new MarkEntry(Guid.CreateVersion7(now), stray.PartId, stray.PersonId!.Value, stray.Kind, stray.Minutes, stray.SubstituteId is { } came ? (Somebody)came : null, stray.MarkedAt, stray.Seen);
            if (await StoreAsync(db, session, state, new MarkBatch(Desk, now, [entry]), reason!, actor, stop) is { } wrong)
            {
                return wrong;
            }
        }

        await transaction.CommitAsync(stop);
        return new CorrectionOutcome.Done();
    }

    private static async Task<(Session Session, RegisterState State)?> LockAsync(LearningDb db, string reference, Actor actor, CancellationToken stop) =>
        actor is { IsUnit: true, PersonId: not null } && RegisterSheets.IsReference(reference) && await db.LockSessionAsync(reference, stop) is { } session
            ? (session, await RegisterState.OfAsync(db, session.Id, actor, stop)) : null;

    private static Task<bool> IsOnAsync(LearningDb db, Guid session, Guid person, CancellationToken stop) => db.Persons.AnyAsync(one => one.Id == person
        && (db.Marks.Any(mark => mark.SessionId == session && mark.PersonId == person) || db.Bookings.Any(booking => booking.SessionId == session && booking.PersonId == person && booking.State == BookingState.Confirmed)), stop);

    private static CorrectionOutcome.Refused? WhyNot(Session session, RegisterState state, IReadOnlyList<Correction> corrections, ref string? reason)
    {
        reason = RegisterRules.ReasonOf(reason);
        return session.Status == SessionStatus.Cancelled ? new(CorrectionField.Mark, "This session is cancelled, so its register takes no marks")
            : !state.Signed ? new(CorrectionField.Mark, "This register is not signed. Mark it as it stands")
            : corrections.Any(one => one.Mark is not (MarkKind.Attended or MarkKind.Part or MarkKind.Apologies or MarkKind.Dna)) ? new(CorrectionField.Mark, "Choose attended, in part, apologies or did not attend")
            : corrections.Any(one => one.Mark == MarkKind.Part && one.Minutes is null or <= 0) ? new(CorrectionField.Mark, "Write how many minutes they were there")
            : corrections.Any(one => one.Mark != MarkKind.Part && one.Minutes is not null) ? new(CorrectionField.Mark, "Minutes go with “in part” alone")
            : RegisterRules.WhyNotReason(reason) is { } why ? new(CorrectionField.Reason, why)
            : null;
    }

    private async Task<CorrectionOutcome.Refused?> StoreAsync(LearningDb db, Session session, RegisterState state, MarkBatch batch, string reason, Actor actor, CancellationToken stop)
    {
        var now = zone.Now;
        var people = await EntryPeople.ReadAsync(db, session, batch.Marks, now, stop);
        var (parts, standing) = (await RegisterAtHand.PartsAsync(db, session.Id, stop), await RegisterAtHand.StandingAsync(db, session.Id, people, stop));
        var judged = JudgeMarks.Of(people, batch, new RegisterAtHand(session, parts, standing, null, state.Reopenings + 1, now, now, actor.PersonId));
        if (judged.Strays.Count > 0)
        {
            return new(CorrectionField.Mark, judged.Strays[0].Why.Sentence());
        }

        if (judged.Flagged.FirstOrDefault(one => one.Flags.Contains(MarkFlag.TooManyMinutes)) is { Flags: not null })
        {
            return new(CorrectionField.Mark, MarkFlag.TooManyMinutes.Sentence());
        }

        db.RegisterEvents.Add(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Reopened, RecordedAt = now, RecordedBy = actor.PersonId, Reason = reason });
        await db.SaveChangesAsync(stop);
        await StoreMarks.RunAsync(db, judged.Marks, stop);
        var signed = new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Signed, RecordedAt = now, RecordedBy = actor.PersonId };
        db.RegisterEvents.Add(signed);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "corrected a signed register", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { marks = judged.Marks.Count }),
        });
        await db.SaveChangesAsync(stop);
        await SignSeats.AsBeforeAsync(db, signed, stop);
        return null;
    }
}
