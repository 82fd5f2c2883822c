using System.Text.Json;

using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// The kinds of message about a booking. Each is read just before it is sent, so that it says what is true then, and is dropped where the booking or its
/// session has moved on (rule M3).
/// </summary>
public static class BookingLetters
{
    private delegate Reading Say(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone);

    internal static readonly MessageKind[] Kinds =
    [
        new("booking-confirmed", ConfirmedAsync), Kind("booking-waiting", (booking, _, data, values, _) => Waiting(booking, data, values)),
        TakenBack("booking-cancelled", Cancelled), Kind("place-offered", Offered), Kind("offer-lapsed", Lapsed), Kind("waiting-list-ended", Lapsed),
        Kind("moved-to-waiting", MovedToWaiting), TakenBack("booking-withdrawn", Withdrawn),
    ];

    /// <summary>
    /// A kind about a confirmed booking of a session ahead, which takes the calendar entry along; <paramref name="alsoDrop"/> may say why not to send it though
    /// the booking stands, and <paramref name="also"/> has what its template names besides.
    /// </summary>
    public static MessageKind AboutAPlaceHeld(string name, Func<Message, SessionLetter, Zone, string?> alsoDrop, Func<Message, SessionLetter, Zone, IReadOnlyDictionary<string, object?>>? also = null, bool begunToo = false, MessageChoice? choice = null) =>
        new(name, (db, message, zone, stop) => ReadAsync(
            db, message, zone,
            (booking, session, _, values, clock) => alsoDrop(message, session, clock) is { } why ? new Reading.Drop(why)
                : Confirmed(booking, session, default, With(values, also?.Invoke(message, session, clock)), clock),
            stop, begunToo), Choice: choice);

    private static MessageKind Kind(string name, Say say) => new(name, (db, message, zone, stop) => ReadAsync(db, message, zone, say, stop));

    // An entry is taken out of a calendar also where the session itself was cancelled meanwhile: nobody else does it.
    private static MessageKind TakenBack(string name, Say say) => new(name, (db, message, zone, stop) => ReadAsync(db, message, zone, say, stop, calledOffToo: true));

    // Waited for the mail server while the place had to go and came back: the newer one says it.
    private static Task<Reading> ConfirmedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop) => ReadAsync(
        db, message, zone, (booking, session, data, values, clock) => booking.State == BookingState.Confirmed && booking.StateAt > message.QueuedAt.AddSeconds(1)
            ? new Reading.Drop("it was confirmed again since") : Confirmed(booking, session, data, values, clock), stop);

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, Say say, CancellationToken stop, bool begunToo = false, bool calledOffToo = false)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(booking => booking.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        if (!session.IsAhead(zone.Now) && !(begunToo && session.Session.Status == SessionStatus.Planned) && !(calledOffToo && session.Session.StartsAt > zone.Now))
        {
            return new Reading.Drop(session.WhyNotAhead);
        }

        using var data = JsonDocument.Parse(message.Data);
        return await EntryAgain.RaiseAsync(db, booking, session, say(booking, session, data.RootElement, new(session.Values()) { ["booking"] = booking.Id }, zone), stop);
    }

    private static Reading Confirmed(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone) =>
        booking.State == BookingState.Confirmed ? new Reading.Send(new Dictionary<string, object?>(values) { ["answer"] = new Sealed(ByMail.Place, booking.Id), ["conference"] = session.Session is { ParentId: null, Course.Kind: CourseKind.Conference }, ["giveUpBy"] = LateRules.Say(session.Session, booking.BookedAt, zone) }, session.Entry(booking.Id)) : Gone(booking);

    private static Dictionary<string, object?> With(Dictionary<string, object?> values, IReadOnlyDictionary<string, object?>? also)
    {
        foreach (var (name, value) in also ?? new Dictionary<string, object?>())
        {
            values[name] = value;
        }

        return values;
    }

    private static Reading Waiting(Booking booking, JsonElement data, Dictionary<string, object?> values)
    {
        (values["position"], values["answer"]) = (data.GetProperty("position").GetInt32(), new Sealed(ByMail.Wait, booking.Id));
        return booking.State == BookingState.Waiting ? new Reading.Send(values) : Gone(booking);
    }

    private static Reading Cancelled(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone)
    {
        var held = data.GetProperty("held").GetBoolean();
        values["held"] = held;
        return booking.IsLive ? Gone(booking) : new Reading.Send(values, held ? session.Entry(booking.Id, cancelled: true) : null);
    }

    private static Reading MovedToWaiting(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone)
    {
        (values["reason"], values["answer"]) = (data.GetProperty("reason").GetString(), new Sealed(ByMail.Wait, booking.Id));
        return booking.State == BookingState.Waiting ? new Reading.Send(values, session.Entry(booking.Id, cancelled: true)) : Gone(booking);
    }

    private static Reading Withdrawn(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone)
    {
        values["reason"] = data.GetProperty("reason").GetString();
        return booking.IsLive ? Gone(booking) : new Reading.Send(values, data.GetProperty("held").GetBoolean() ? session.Entry(booking.Id, cancelled: true) : null);
    }

    private static Reading Offered(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone)
    {
        // Another offer of the same place to the same person has its own message.
        var ends = data.GetProperty("endsAt").GetDateTimeOffset();
        (values["until"], values["answer"]) = (British.Moment(zone.LocalOf(ends)), new Sealed(ByMail.Offer, booking.Id, ends));
        return booking.State != BookingState.Offered ? Gone(booking)
            : booking.OfferEndsAt != ends || ends <= zone.Now ? new Reading.Drop("the offer has ended")
            : new Reading.Send(values);
    }

    private static Reading Lapsed(Booking booking, SessionLetter session, JsonElement data, Dictionary<string, object?> values, Zone zone) =>
        booking.State == BookingState.Lapsed ? new Reading.Send(values) : Gone(booking);

    private static Reading.Drop Gone(Booking booking) => new($"the booking is {booking.State.ToString().ToLowerInvariant()} now");
}
