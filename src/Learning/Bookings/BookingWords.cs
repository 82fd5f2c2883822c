namespace Learning.Bookings;

/// <summary>What the pages say of states and refusals.</summary>
internal static class BookingWords
{
    /// <summary>Why it cannot be done, and what can.</summary>
    public static string Why(BookingReason reason) => reason switch
    {
        BookingReason.SessionCancelled => "This session has been cancelled.",
        BookingReason.SessionStarted => "This session has begun. The trainer's register says who came.",
        BookingReason.BookingClosed => "Booking has closed for this session.",
        BookingReason.CourseNotOffered => "This course is not offered at the moment.",
        BookingReason.PartOfConference => "This is part of a conference: book the conference.",
        BookingReason.Overlaps => "You are booked elsewhere at the same time. Tick that you know, or choose another date",
        BookingReason.AwaitsApproval => "You have asked for a place. You hear from us when it is approved.",
        BookingReason.NeedsTooLong => $"Your needs must be {BookingRules.LongestNeeds} characters or fewer",
        BookingReason.BookingEnded => "This booking has already ended.",
        BookingReason.OfferEnded => "This offer has ended. The place has gone to the next person in line.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The state in a heading, to the holder.</summary>
    public static string Heading(MyBooking booking, bool over) => booking.State switch
    {
        _ when booking.Cancelled => "This session has been cancelled",
        BookingState.Confirmed => over ? "You were booked" : "You are booked",
        BookingState.Waiting => over ? "You were on the waiting list" : $"You are number {booking.Position} on the waiting list",
        BookingState.Offered => "A place is offered to you",
        BookingState.Requested => "You have asked for a place",
        BookingState.Declined => "You said no to this place",
        BookingState.Lapsed => "You did not get a place",
        BookingState.Cancelled => "You gave this booking up",
        BookingState.Withdrawn => "The organiser withdrew this booking",
        _ => throw new ArgumentOutOfRangeException(nameof(booking)),
    };

    /// <summary>The state in a list.</summary>
    public static string Short(MyBooking booking, bool over) => booking.State switch
    {
        _ when booking.Cancelled => "Session cancelled",
        BookingState.Confirmed => over ? "Booked" : "You are booked",
        BookingState.Waiting => over ? "Waited" : $"Number {booking.Position} on the list",
        BookingState.Offered => "Offered to you",
        BookingState.Requested => "Waiting for approval",
        BookingState.Declined => "Declined",
        BookingState.Lapsed => "Lapsed",
        BookingState.Cancelled => "Given up",
        BookingState.Withdrawn => "Withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(booking)),
    };

    /// <summary>A change in the history.</summary>
    public static string Became(BookingChange change) => change.State switch
    {
        BookingState.Requested => "Asked for a place",
        BookingState.Confirmed => "Booked",
        BookingState.Waiting => "Joined the waiting list",
        BookingState.Offered => "A place was offered",
        BookingState.Declined => "The offer was declined",
        BookingState.Lapsed => "Lapsed",
        BookingState.Cancelled => "Given up",
        BookingState.Withdrawn => "Withdrawn by the organiser",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
