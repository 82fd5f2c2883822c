using System.Text.Json;

using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>
/// Stores what a device says of a register: the one way that marks come about, from the form and from the API alike. An id that is known already is stored
/// again without effect (A3). The device's clock is corrected (A2); agency and workforce of the day are frozen (P2); who is known by an address only becomes a
/// person or joins one (A4). What comes after signing is flagged, and reopens the register within 14 days (A3). What the register cannot hold is kept as a
/// stray: nothing that happened in the room is refused.
/// Refused, with nothing stored: a register that opens later; an id of another register; somebody as their own substitute.
/// </summary>
public sealed class RecordMarks(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<RecordOutcome> RunAsync(string reference, MarkBatch batch, Actor actor, CancellationToken stop = default)
    {
        var arrived = zone.Now;
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session)
        {
            return new RecordOutcome.NotFound();
        }

        var state = await RegisterState.OfAsync(db, session.Id, actor, stop);
        var access = state.Access(actor, session, zone);
        if (!RegisterRules.TakesMarks(access))
        {
            return access == RegisterAccess.TooEarly
                ? new RecordOutcome.Refused($"This register opens {RegisterRules.OpenDays} days before the session.")
                : new RecordOutcome.NotFound();
        }

        var entries = batch.Marks.DistinctBy(entry => entry.Id).ToList();
        var known = await KnownAsync(db, [.. entries.Select(entry => entry.Id)], stop);
        if (known.Values.Any(id => id != session.Id))
        {
            return new RecordOutcome.Refused("An id in this batch belongs to a mark of another register. Each mark needs an id of its own.");
        }

        var fresh = entries.Where(entry => !known.ContainsKey(entry.Id)).ToList();
        var (flagged, reopened, version) = (new List<FlaggedMark>(), false, state.Version);
        if (fresh.Count > 0)
        {
            var people = await EntryPeople.ReadAsync(db, session, fresh, zone.Now, stop);
            if (people.Find(entry => entry.HolderId == entry.SubstituteId)?.Holder is { } self)
            {
                return new RecordOutcome.Refused($"{self.Name} cannot be their own substitute.");
            }

            var late = state.SignedAt is not { } signed ? (MarkFlag?)null : RegisterRules.Reopens(signed, zone.Now) ? MarkFlag.AfterSigning : MarkFlag.LongAfterSigning;
            var register = await RegisterAtHand.ReadAsync(db, session, people, late, state.Reopenings + (late == MarkFlag.AfterSigning ? 1 : 0), arrived, zone.Now, actor.PersonId, stop);
            var judged = JudgeMarks.Of(people, batch, register);
            reopened = register.Late == MarkFlag.AfterSigning && judged.Marks.Count > 0;
            flagged = [.. judged.Flagged.Select(mark => new FlaggedMark(mark.Id, string.Join(' ', mark.Flags.Select(flag => flag.Sentence()))))];
            // The session's row is locked, so nothing else has changed the register meanwhile.
            version += judged.Marks.Count + (reopened ? 1 : 0);
            await StoreAsync(db, session.Id, judged, reopened, register.Now, actor, stop);
        }

        await db.SaveAndCommitAsync(transaction, stop);
        return new RecordOutcome.Recorded([.. entries.Select(entry => entry.Id)], flagged, version, reopened);
    }

    private static async Task StoreAsync(LearningDb db, Guid sessionId, JudgedMarks judged, bool reopens, DateTimeOffset now, Actor actor, CancellationToken stop)
    {
        await StoreMarks.RunAsync(db, judged.Marks, stop);
        db.MarkStrays.AddRange(judged.Strays);
        if (reopens)
        {
            db.RegisterEvents.Add(new RegisterEvent
            {
                SessionId = sessionId, Event = RegisterEventKind.Reopened, RecordedAt = now, RecordedBy = actor.PersonId, Reason = "Marks came after it was signed.",
            });
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = reopens ? "recorded marks, which reopened a register" : "recorded marks", SubjectKind = "session", SubjectId = sessionId,
            Details = JsonSerializer.Serialize(new { marks = judged.Marks.Count, strays = judged.Strays.Count, flagged = judged.Flagged.Count }),
        });
    }

    // Of these ids, those that are stored already, with the session that they belong to.
    private static async Task<Dictionary<Guid, Guid>> KnownAsync(LearningDb db, Guid[] ids, CancellationToken stop) =>
        await db.Marks.Where(mark => ids.Contains(mark.Id)).Select(mark => new { mark.Id, mark.SessionId })
            .Concat(db.MarkStrays.Where(stray => ids.Contains(stray.Id)).Select(stray => new { stray.Id, stray.SessionId }))
            .ToDictionaryAsync(row => row.Id, row => row.SessionId, stop);
}
