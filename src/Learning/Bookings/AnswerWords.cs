using Learning.Time;

namespace Learning.Bookings;

/// <summary>What the page says that a letter's link leads to: what can be done, or what has become of the booking since, and where to go on.</summary>
internal static class AnswerWords
{
    /// <summary>A heading; and, where what the letter offers cannot be done (any more), a sentence and a way on.</summary>
    public static (string Heading, string Note, (string Name, string Address)? Way) Of(MailedBooking seen, Zone zone)
    {
        var (booking, now) = (seen.Booking, zone.Now);
        var (mine, session) = (("Sign in and see your booking", $"/my/bookings/{booking.Id}"), $"/sessions/{booking.Ref}");
        var again = ("See the session", session);
        if (booking.Cancelled)
        {
            return ("This session has been cancelled", "There is nothing left to answer.", ("See other dates", session));
        }

        if (booking.StartsAt <= now)
        {
            return (booking.EndsAt <= now ? "This session is over" : "This session has begun", "This link was good until it began.", mine);
        }

        if (seen is { Link: ByMail.Offer, OfferEnd: { } end } && (booking.State == BookingState.Lapsed || (booking.State == BookingState.Offered && seen.Stands && end <= now)))
        {
            return ("The offer has ended", $"The offer ended at {Moment(end, zone)}; {(seen.PlacesLeft > 0 ? "but places are free now." : "the place went to the next person.")}",
                (seen.PlacesLeft > 0 ? "Book a place" : "Join the waiting list again, or see other dates", session));
        }

        if (seen.Stands)
        {
            return (seen.Link switch { ByMail.Offer => "A place is offered to you", ByMail.Place => "Give up your place?", _ => "Leave the waiting list?" }, "", null);
        }

        return booking.State switch
        {
            BookingState.Confirmed => ("You are booked", "A confirmation is on its way to your e-mail. It has a link in case you cannot come.", mine),
            BookingState.Offered => ("A place is offered to you", "Our newest mail has the links to take it or to let it go. You can also sign in and answer there.", mine),
            BookingState.Declined => ("You said no to this place", "Thank you for saying so: it went to the next person.", again),
            BookingState.Cancelled => ("You gave this booking up", "Thank you for saying so.", again),
            _ => (BookingWords.Heading(booking, over: false), "This letter’s link cannot change that. Sign in to see how it stands.", mine),
        };
    }

    // "9:01am" of today, "9:01am on Thursday 16 May 2024" of another day.
    private static string Moment(DateTimeOffset at, Zone zone)
    {
        var local = zone.LocalOf(at);
        var (date, time) = (DateOnly.FromDateTime(local), British.Time(TimeOnly.FromDateTime(local)));
        return date == zone.Today ? time : $"{time} on {British.Date(date)}";
    }
}
