using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>
/// Moves a session to other times, another room or another way of coming together (B13); the workshops of a conference go along by as much. Bookings stay, and people are told with a newer calendar
/// entry; from now on they may leave without being late. An offer keeps its promise, or ends with the new start. Where booking is open again, what is free goes to who waits. Refused: a session that
/// has begun, a form that is older than somebody else's change, a workshop outside its conference, a day less where it is marked already, and every mistake of <see cref="PlanRules"/>.
/// </summary>
public sealed class MoveSession(IDbContextFactory<LearningDb> databases, Zone zone)
{
    private sealed record Told(Guid Id, Guid PersonId, Guid SessionId);

    /// <param name="seen">When what the organiser saw had last changed; null: it is not asked.</param>
    public async Task<DeskOutcome> RunAsync(string reference, TypedTimes typed, DateTimeOffset? seen, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceLock.LockAsync(db, reference, actor, zone.Today, stop) is not var (session, workshops))
        {
            return new DeskOutcome.NotFound();
        }

        var now = zone.Now;
        if ((DeskRules.WhyNotChange(session, now) ?? DeskRules.WhyStale(session, seen)) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        var ids = workshops.Select(one => one.Id).Append(session.Id).ToArray();
        var parts = (await db.SessionParts.Where(part => ids.Contains(part.SessionId)).OrderBy(part => part.Number).ToListAsync(stop)).ToLookup(part => part.SessionId);
        var mistakes = new List<DeskMistake>();
        if (await MoveRules.ReadAsync(db, session, [.. parts[session.Id]], typed, zone, mistakes, stop) is not { } times)
        {
            return new DeskOutcome.Refused(mistakes);
        }

        var shift = times.Parts[0].Starts - parts[session.Id].First().StartsLocal;
        Apply(db, session, [.. parts[session.Id]], times, now);
        foreach (var workshop in shift == TimeSpan.Zero ? [] : workshops.FindAll(one => one.Status == SessionStatus.Planned))
        {
            Apply(db, workshop, [.. parts[workshop.Id]], MoveRules.As(workshop, [.. parts[workshop.Id]], zone).Later(shift), now);
        }

        if (shift != TimeSpan.Zero)
        {
            await db.Database.ExecuteSqlAsync($"update conference_rounds set starts_local = starts_local + {shift}, ends_local = ends_local + {shift} where conference_id = {session.Id}", stop);
        }

        var moved = workshops.FindAll(one => one.MovedAt == now).Prepend(session).ToList();
        db.AuditEntries.AddRange(moved.Select(one => new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "moved a session", SubjectKind = "session", SubjectId = one.Id, Details = JsonSerializer.Serialize(new { sequence = one.Sequence }),
        }));
        await db.SaveChangesAsync(stop);
        await FollowAsync(db, [.. moved.Select(one => one.Id)], now, stop);
        await TellAsync(db, moved, now, stop);
        await OfferPlaces.RunAsync(db, moved, zone, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private void Apply(LearningDb db, Session session, List<SessionPart> before, PlannedTimes times, DateTimeOffset now)
    {
        var after = times.Rows(session.Id, zone).ToList();
        foreach (var (part, planned) in before.Zip(after))
        {
            (part.Title, part.StartsLocal, part.EndsLocal, part.StartsAt, part.EndsAt) = (planned.Title ?? part.Title, planned.StartsLocal, planned.EndsLocal, planned.StartsAt, planned.EndsAt);
        }

        db.SessionParts.RemoveRange(before.Skip(after.Count));
        db.SessionParts.AddRange(after.Skip(before.Count));
        (session.Mode, session.Venue, session.JoinLink) = (times.Mode, times.Venue, times.JoinLink);
        (session.StartsAt, session.EndsAt, session.CountedOn, session.BookingClosesAt) = (times.StartsAt(zone), times.EndsAt(zone), times.CountedOn, times.ClosesAt(zone));
        session.DecideOn = session.DecideOn > times.FirstDay ? times.FirstDay : session.DecideOn;
        (session.MovedAt, session.ChangedAt, session.Sequence) = (now, now, session.Sequence + 1);
    }

    // An offer holds no longer than to the start, and no place is kept longer than anybody can book.
    private static async Task FollowAsync(LearningDb db, Guid[] sessions, DateTimeOffset now, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"""
            update bookings b set offer_ends_at = s.starts_at from sessions s where s.id = b.session_id and s.id = any({sessions}) and b.state = 'offered' and b.offer_ends_at > s.starts_at
            """, stop);
        await db.Database.ExecuteSqlAsync($"""
            update held_places h set until = s.booking_closes_at, changed_at = {now} from sessions s
            where s.id = h.session_id and s.id = any({sessions}) and h.released_at is null and h.until > s.booking_closes_at and s.booking_closes_at > {now}
            """, stop);
    }

    private static async Task TellAsync(LearningDb db, List<Session> moved, DateTimeOffset now, CancellationToken stop)
    {
        var (ids, sequences) = (moved.ConvertAll(one => one.Id).ToArray(), moved.ToDictionary(one => one.Id, one => one.Sequence));
        var people = await db.Database.SqlQuery<Told>($"""
            select id as "Id", person_id as "PersonId", session_id as "SessionId" from bookings where session_id = any({ids}) and state in ('requested', 'confirmed', 'waiting', 'offered') order by number
            """).ToListAsync(stop);
        await Outbox.QueueAsync(db, now, people.ConvertAll(one => DeskLetters.Moved(one.Id, one.PersonId, one.SessionId, sequences[one.SessionId])), stop);
        var trainers = await db.SessionTrainers.Where(trainer => ids.Contains(trainer.SessionId)).ToListAsync(stop);
        await Outbox.QueueAsync(db, now, trainers.ConvertAll(trainer => DeskLetters.MovedToTrainer(trainer.SessionId, trainer.PersonId, sequences[trainer.SessionId])), stop);
    }
}
