using System.Text.Json;

using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What is written to whoever approves a request and to whoever asked (B9), read just before sending (M3).</summary>
public static class ApprovalLetters
{
    internal static readonly MessageKind[] Kinds =
    [
        Kind("place-requested", BookingState.Requested, toApprover: false), Kind("approval-asked", BookingState.Requested, toApprover: true), Kind("approval-reminder", BookingState.Requested, toApprover: true),
        Kind("not-approved", BookingState.Declined, toApprover: false), Kind("request-lapsed", BookingState.Lapsed, toApprover: false), Kind("request-lapsed-approver", BookingState.Lapsed, toApprover: true),
    ];

    internal static Outgoing Requested(Booking booking) => ToHolder("place-requested", booking.Id, booking.PersonId, booking.SessionId, "They asked for a place that needs approval.");

    internal static Outgoing Asked(Booking booking, string approver) => ToApprover("approval-asked", booking.Id, booking.SessionId, approver, "Somebody asked for a place and named them as who approves.");

    /// <summary>The reminder of a request that nobody has answered, due at 9am of the working day that <paramref name="at"/> says.</summary>
    public static Outgoing Reminder(Guid booking, Guid session, string approver, int days, DateTimeOffset at) =>
        ToApprover("approval-reminder", booking, session, approver, $"They were asked to approve a request {British.Count(days, "working day")} ago.") with { Occurrence = $"{days} working days", DueAt = at };

    internal static Outgoing NotApproved(Booking booking) =>
        ToHolder("not-approved", booking.Id, booking.PersonId, booking.SessionId, "Their request for a place was not approved.") with { Data = new { reason = booking.StateReason } };

    internal static Outgoing Lapsed(Guid booking, Guid person, Guid session) => ToHolder("request-lapsed", booking, person, session, "Booking closed before their request was answered.");

    internal static Outgoing LapsedFor(Guid booking, Guid session, string approver) => ToApprover("request-lapsed-approver", booking, session, approver, "Booking closed before they answered a request.");

    private static Outgoing ToHolder(string kind, Guid booking, Guid person, Guid session, string why) => new() { Kind = kind, PersonId = person, SubjectId = booking, SessionId = session, Why = why };

    private static Outgoing ToApprover(string kind, Guid booking, Guid session, string approver, string why) => new() { Kind = kind, Address = approver, SubjectId = booking, SessionId = session, Why = why };

    private static MessageKind Kind(string name, BookingState state, bool toApprover) => new(name, async (db, message, zone, stop) =>
    {
        var booking = await db.Bookings.AsNoTracking().Include(one => one.Person).SingleAsync(one => one.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        var approver = await db.BookingApprovals.Where(one => one.BookingId == booking.Id).Select(one => one.ApproverEmail).SingleOrDefaultAsync(stop);
        if (booking.State != state || !session.IsAhead(zone.Now))
        {
            return new Reading.Drop(session.IsAhead(zone.Now) ? $"the booking is {booking.State.ToString().ToLowerInvariant()} now" : session.WhyNotAhead);
        }

        if (toApprover && (booking.Person!.ErasedAt is not null || approver is null))
        {
            return new Reading.Drop("the person has been erased");
        }

        using var data = JsonDocument.Parse(message.Data);
        return new Reading.Send(new Dictionary<string, object?>(session.Values())
        {
            ["booking"] = booking.Id, ["who"] = booking.Person!.Name, ["approver"] = approver ?? "your manager", ["closes"] = British.Moment(zone.LocalOf(session.Session.BookingClosesAt)), ["held"] = booking.HoldsPlace,
            ["reason"] = data.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
            // Nobody but the approver is let near it.
            ["answer"] = toApprover ? new Sealed(ByMail.Approval, booking.Id) : null,
        });
    });
}
