using System.Text.Json;

using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>What people are told of what an organiser does with a session, read just before sending (M3).</summary>
internal static class DeskLetters
{
    internal static readonly MessageKind[] Kinds =
    [
        new("session-planned", PlannedAsync), new("session-cancelled", CancelledAsync), new("session-moved", MovedAsync), new("session-cancelled-trainer", CancelledToTrainerAsync),
        new("session-moved-trainer", MovedToTrainerAsync), new("group-message", GroupAsync),
    ];

    /// <summary>To somebody who wanted to hear when there is a date.</summary>
    /// <param name="count">How many dates were planned at once.</param>
    public static Outgoing Planned(Guid session, Guid person, int count) =>
        About("session-planned", session, person, session, "They wanted to hear when there is a date.") with { Data = new { count } };

    /// <summary>To somebody who was booked, waited, or had been offered a place (B13).</summary>
    /// <param name="held">Whether they had a place: then an entry in a calendar is taken back.</param>
    public static Outgoing Cancelled(Guid booking, Guid person, Guid session, bool held) =>
        About("session-cancelled", booking, person, session, "The session was cancelled.") with { Data = new { held } };

    public static Outgoing CancelledToTrainer(Guid session, Guid trainer) => About("session-cancelled-trainer", session, trainer, session, "They were to give a session that was cancelled.");

    /// <summary>Once for each time that it moves (B13).</summary>
    public static Outgoing Moved(Guid booking, Guid person, Guid session, int sequence) =>
        About("session-moved", booking, person, session, "The session was moved.") with { Occurrence = $"{sequence}", Data = new { sequence } };

    public static Outgoing MovedToTrainer(Guid session, Guid trainer, int sequence) =>
        About("session-moved-trainer", session, trainer, session, "They give a session that was moved.") with { Occurrence = $"{sequence}", Data = new { sequence } };

    /// <summary>What an organiser writes to everybody booked, or to everybody who waits.</summary>
    /// <param name="form">The form that it was written in: sent twice, it goes once (M2).</param>
    public static Outgoing ToGroup(Guid booking, Guid person, Guid session, Guid form, string subject, string text, bool waiting) =>
        About("group-message", booking, person, session, "The organiser wrote to the group.") with { Occurrence = $"{form}", Data = new { subject, text, waiting } };

    private static Outgoing About(string kind, Guid subject, Guid person, Guid session, string why) => new() { Kind = kind, PersonId = person, SubjectId = subject, SessionId = session, Why = why };

    private static async Task<Reading> PlannedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var session = await SessionLetter.ReadAsync(db, message.SubjectId, stop);
        var wishes = await db.Database.SqlQuery<bool>($"""
            select exists (select from course_interests where course_id = {session.Session.CourseId} and ended_at is null and counted_as(person_id) = counted_as({message.PersonId!.Value})) as "Value"
            """).SingleAsync(stop);
        using var data = JsonDocument.Parse(message.Data);
        var count = data.RootElement.GetProperty("count").GetInt32();
        return !session.IsAhead(zone.Now) ? new Reading.Drop(session.WhyNotAhead)
            : !wishes ? new Reading.Drop("they do not wait for a date any more")
            : new Reading.Send(new Dictionary<string, object?>(session.Values()) { ["code"] = session.Session.Course!.Code, ["others"] = count > 1 ? British.Count(count - 1, "more date") : null });
    }

    private static async Task<Reading> CancelledAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        if (WhyNotCancelled(session, zone) is { } why)
        {
            return why;
        }

        using var data = JsonDocument.Parse(message.Data);
        var (held, next) = (data.RootElement.GetProperty("held").GetBoolean(), await NextSession.OfAsync(db, session.Session, zone.Now, stop));
        return await EntryAgain.RaiseAsync(db, booking, session, new Reading.Send(
            new Dictionary<string, object?>(session.Values())
            {
                ["reason"] = session.Session.CancelledBecause, ["held"] = held, ["code"] = session.Session.Course!.Code,
                ["next"] = next is null ? null : British.Moment(zone.LocalOf(next.StartsAt)), ["nextRef"] = next?.Ref,
            },
            held ? session.Entry(booking.Id, cancelled: true) : null), stop);
    }

    private static async Task<Reading> CancelledToTrainerAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var session = await SessionLetter.ReadAsync(db, message.SubjectId, stop);
        return (Reading?)WhyNotCancelled(session, zone) ?? new Reading.Send(new Dictionary<string, object?>(session.Values()) { ["reason"] = session.Session.CancelledBecause });
    }

    private static Reading.Drop? WhyNotCancelled(SessionLetter session, Zone zone) =>
        session.Session.Status != SessionStatus.Cancelled ? new("the session takes place")
        : session.Session.StartsAt <= zone.Now ? new("the session would have begun")
        : null;

    private static async Task<Reading> MovedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        if (WhyNotMoved(session, message, zone) is { } why)
        {
            return why;
        }

        var held = booking.State == BookingState.Confirmed;
        return !booking.IsLive ? new Reading.Drop($"the booking is {booking.State.ToString().ToLowerInvariant()} now")
            : await EntryAgain.RaiseAsync(db, booking, session, new Reading.Send(
                new Dictionary<string, object?>(session.Values())
                {
                    ["booking"] = booking.Id, ["held"] = held, ["until"] = booking.OfferEndsAt is { } until ? British.Moment(zone.LocalOf(until)) : null,
                    ["answer"] = held ? new Sealed(ByMail.Place, booking.Id) : booking.State switch
                    {
                        BookingState.Offered => new Sealed(ByMail.Offer, booking.Id, booking.OfferEndsAt), BookingState.Waiting => new Sealed(ByMail.Wait, booking.Id), _ => null,
                    },
                    // Whom it is not said to has no place yet.
                    ["joinLink"] = held ? session.Values()["joinLink"] : null,
                },
                held ? session.Entry(booking.Id) : null), stop);
    }

    private static async Task<Reading> MovedToTrainerAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var session = await SessionLetter.ReadAsync(db, message.SubjectId, stop);
        return WhyNotMoved(session, message, zone) is { } why ? why
            : await db.SessionTrainers.AnyAsync(trainer => trainer.SessionId == session.Session.Id && trainer.PersonId == message.PersonId, stop) ? new Reading.Send(session.Values())
            : new Reading.Drop("the person does not give the session any more");
    }

    private static Reading.Drop? WhyNotMoved(SessionLetter session, Message message, Zone zone)
    {
        using var data = JsonDocument.Parse(message.Data);
        return !session.IsAhead(zone.Now) ? new(session.WhyNotAhead)
            : session.Session.Sequence != data.RootElement.GetProperty("sequence").GetInt32() ? new("the session has moved again")
            : null;
    }

    private static async Task<Reading> GroupAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        using var data = JsonDocument.Parse(message.Data);
        var group = data.RootElement.GetProperty("waiting").GetBoolean() ? BookingState.Waiting : BookingState.Confirmed;
        return booking.State != group ? new Reading.Drop($"the booking is {booking.State.ToString().ToLowerInvariant()} now")
            : session.Session.Status == SessionStatus.Cancelled ? new Reading.Drop("the session is cancelled")
            : new Reading.Send(new Dictionary<string, object?>(session.Values())
            {
                ["subject"] = data.RootElement.GetProperty("subject").GetString(), ["waiting"] = group == BookingState.Waiting,
                ["lines"] = (data.RootElement.GetProperty("text").GetString() ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList(),
            });
    }
}
