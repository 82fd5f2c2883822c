using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What whoever gave a place away and whoever has it now are told (B11), read just before sending (M3): the entry leaves one calendar and enters another.</summary>
internal static class SubstituteLetters
{
    internal static readonly MessageKind[] Kinds = [new("place-given-away", GivenAwayAsync), new("place-taken-over", TakenOverAsync)];

    public static Outgoing GivenAway(Booking booking) => About("place-given-away", booking, "Their place was given to a colleague.");

    public static Outgoing TakenOver(Booking booking) => About("place-taken-over", booking, "They were given a colleague’s place.");

    private static Outgoing About(string kind, Booking booking, string why) => new() { Kind = kind, PersonId = booking.PersonId, SubjectId = booking.Id, SessionId = booking.SessionId, Why = why };

    private static async Task<Reading> GivenAwayAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var (booking, session, lineage) = await ReadAsync(db, message, stop);
        // Also where the session was cancelled meanwhile: nobody else takes the entry out.
        return session.Session.StartsAt <= zone.Now ? new Reading.Drop("the session has begun")
            : booking.IsLive ? new Reading.Drop("the place is theirs")
            : await EntryAgain.RaiseAsync(db, booking, session, new Reading.Send(new Dictionary<string, object?>(session.Values()) { ["colleague"] = Lineage.Called(lineage.To) }, session.Entry(booking.Id, cancelled: true)), stop);
    }

    private static async Task<Reading> TakenOverAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var (booking, session, lineage) = await ReadAsync(db, message, stop);
        if (!session.IsAhead(zone.Now) || booking.State != BookingState.Confirmed)
        {
            return new Reading.Drop(session.IsAhead(zone.Now) ? $"the booking is {booking.State.ToString().ToLowerInvariant()} now" : session.WhyNotAhead);
        }

        // B7: nobody asked them before.
        var overlapping = (await Elsewhere.OfAsync(db, session.Session.Ref, booking.PersonId, zone.Today, stop)).Overlapping;
        var titles = await db.Sessions.Where(other => overlapping.Contains(other.Ref)).OrderBy(other => other.StartsAt).Select(other => other.Course!.Title).ToListAsync(stop);
        return new Reading.Send(
            new Dictionary<string, object?>(session.Values())
            {
                ["booking"] = booking.Id, ["colleague"] = Lineage.Called(lineage.From), ["overlapping"] = titles.Count == 0 ? null : string.Join(" and ", titles), ["needs"] = booking.Needs is not null, ["giveUpBy"] = LateRules.Say(session.Session, booking.BookedAt, zone),
            },
            session.Entry(booking.Id));
    }

    private static async Task<(Booking Booking, SessionLetter Session, Lineage Lineage)> ReadAsync(LearningDb db, Message message, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        return (booking, await SessionLetter.ReadAsync(db, booking.SessionId, stop), await Lineage.OfAsync(db, booking.Id, stop));
    }
}
