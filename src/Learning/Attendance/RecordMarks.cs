using System.Text.Json;

using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

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
    public Task<RecordOutcome> RunAsync(string reference, MarkBatch batch, Actor actor, CancellationToken stop = default) => RunAsync(reference, batch, actor, null, stop);

    /// <summary>The same, with more in the same transaction.</summary>
    /// <param name="alongside">What is kept in the same transaction, once the marks are sure to be taken and before they are stored, such as the evidence that they come from; a sentence from it is a refusal, and nothing is stored.</param>
    public async Task<RecordOutcome> RunAsync(string reference, MarkBatch batch, Actor actor, Func<LearningDb, Task<string?>>? alongside, CancellationToken stop = default)
    {
        var arrived = zone.Now;
        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session)
        {
            return new RecordOutcome.NotFound();
        }

        var entries = batch.Marks.DistinctBy(entry => entry.Id).ToList();
        await using var first = new OneTrip(db);
        var (asked, stored) = (RegisterState.Ask(first, session.Id, actor), AskKnown(first, [.. entries.Select(entry => entry.Id)]));
        await first.MakeAsync(stop);
        var state = asked.Single();
        var access = state.Access(actor, session, zone);
        if (!RegisterRules.TakesMarks(access))
        {
            return access == RegisterAccess.TooEarly
                ? new RecordOutcome.Refused($"This register opens {RegisterRules.OpenDays} days before the session.")
                : new RecordOutcome.NotFound();
        }

        var known = stored.ToDictionary();
        if (known.Values.Any(id => id != session.Id))
        {
            return new RecordOutcome.Refused("An id in this batch belongs to a mark of another register. Each mark needs an id of its own.");
        }

        var fresh = entries.Where(entry => !known.ContainsKey(entry.Id)).ToList();
        if (fresh.Count == 0)
        {
            if (alongside is not null)
            {
                if (await alongside(db) is { } none)
                {
                    return new RecordOutcome.Refused(none);
                }

                await db.SaveChangesAsync(stop);
                await transaction.CommitAsync(stop);
            }

            return new RecordOutcome.Recorded([.. entries.Select(entry => entry.Id)], [], state.Version, Reopened: false);
        }

        var (register, people) = await ReadAsync(db, session, state, fresh, arrived, actor, stop);
        if (people.Find(entry => entry.HolderId == entry.SubstituteId)?.Holder is { } self)
        {
            return new RecordOutcome.Refused($"{self.Name} cannot be their own substitute.");
        }

        if (alongside is not null && await alongside(db) is { } sentence)
        {
            return new RecordOutcome.Refused(sentence);
        }

        var judged = JudgeMarks.Of(people, batch, register);
        var reopens = register.Late == MarkFlag.AfterSigning && judged.Marks.Count > 0;
        await StoreAsync(db, session.Id, judged, reopens, register.Now, actor, transaction, stop);
        // The session's row is locked, so nothing else has changed the register meanwhile.
        return new RecordOutcome.Recorded(
            [.. entries.Select(entry => entry.Id)], [.. judged.Flagged.Select(mark => new FlaggedMark(mark.Id, string.Join(' ', mark.Flags.Select(flag => flag.Sentence()))))],
            state.Version + judged.Marks.Count + (reopens ? 1 : 0), reopens);
    }

    // What the batch is judged by: mostly one trip, since most name booked people by their ids, of a register that has no marks yet.
    private async Task<(RegisterAtHand Register, List<ReadEntry> People)> ReadAsync(
        LearningDb db, Session session, RegisterState state, List<MarkEntry> fresh, DateTimeOffset arrived, Actor actor, CancellationToken stop)
    {
        var late = state.SignedAt is not { } signed ? (MarkFlag?)null : RegisterRules.Reopens(signed, zone.Now) ? MarkFlag.AfterSigning : MarkFlag.LongAfterSigning;
        await using var trip = new OneTrip(db);
        var parts = trip.Ask($"select id, minutes from session_parts where session_id = {session.Id}", row => (row.GetGuid(0), row.GetInt32(1)));
        var marked = trip.Ask($"select exists (select from marks where session_id = {session.Id})", row => row.GetBoolean(0));
        var named = Attendee.Ask(trip, session.Id, session.CountedOn, [.. fresh.Select(entry => entry.Who.Id).OfType<Guid>().Distinct()]);
        await trip.MakeAsync(stop);

        var people = await EntryPeople.ReadAsync(db, session, fresh, zone.Now, stop, named.ToDictionary(one => one.Id));
        var standing = marked.Single() ? await RegisterAtHand.StandingAsync(db, session.Id, people, stop) : [];
        return (new RegisterAtHand(session, parts.ToDictionary(), standing, late, state.Reopenings + (late == MarkFlag.AfterSigning ? 1 : 0), arrived, zone.Now, actor.PersonId), people);
    }

    private static async Task StoreAsync(LearningDb db, Guid sessionId, JudgedMarks judged, bool reopens, DateTimeOffset now, Actor actor, IDbContextTransaction transaction, CancellationToken stop)
    {
        db.MarkStrays.AddRange(judged.Strays);
        if (reopens)
        {
            db.RegisterEvents.Add(new RegisterEvent
            {
                SessionId = sessionId, Event = RegisterEventKind.Reopened, RecordedAt = now, RecordedBy = actor.PersonId, Reason = "Marks came after it was signed.",
            });
        }

        await db.SaveChangesAsync(stop);
        await using var last = new OneTrip(db);
        StoreMarks.In(last, judged.Marks);
        new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = reopens ? "recorded marks, which reopened a register" : "recorded marks", SubjectKind = "session", SubjectId = sessionId,
            Details = JsonSerializer.Serialize(new { marks = judged.Marks.Count, strays = judged.Strays.Count, flagged = judged.Flagged.Count }),
        }.Write(last);
        await last.CommitAsync(transaction, stop);
    }

    // Of these ids, those that are stored already, with the session that they belong to.
    private static List<(Guid Id, Guid Session)> AskKnown(OneTrip trip, Guid[] ids) => trip.Ask(
        $"select id, session_id from marks where id = any({ids}) union all select id, session_id from mark_strays where id = any({ids})", row => (row.GetGuid(0), row.GetGuid(1)));
}
