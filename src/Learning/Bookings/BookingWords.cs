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
        BookingReason.AwaitsPlacing => "You can book as soon as it is clear which agency you belong to. My learning says what is still to do.",
        BookingReason.NotInAudience => "This course is for people who do other work than you do. If you need it all the same, ask the organiser: they can let you in.",
        BookingReason.NeedsPrerequisite => "This course builds on another, which has to be on your record and not expired. If you know the matter already, ask the organiser: they can let you in.",
        BookingReason.Overlaps => "You are booked elsewhere at the same time. Tick that you know, or choose another date",
        BookingReason.AwaitsApproval => "You have asked for a place. You hear from us when it is approved.",
        BookingReason.NeedsApprover => "Enter your manager’s work e-mail address",
        BookingReason.ApproverNoAddress => "Enter an e-mail address like name@agency.gov.uk",
        BookingReason.ApproverIsSelf => "Enter your manager’s address: this one is yours",
        BookingReason.ApproverNotWork => "Enter your manager’s work address: anybody can have one like this",
        BookingReason.NeedsTooLong => $"What you need must be {BookingRules.LongestNeeds} characters or fewer",
        BookingReason.BookingEnded => "This booking has already ended.",
        BookingReason.Changed => "This booking has changed since the page was shown.",
        BookingReason.OfferEnded => "This offer has ended. The place has gone to the next person in line.",
        BookingReason.ReasonTooLong => $"Write it in {DeskRules.LongestReason} characters or fewer",
        BookingReason.NoPlace => "Only a place that is booked can be given to somebody.",
        BookingReason.HasPlace => "They have a place on this session already, or the offer of one.",
        BookingReason.NotColleague => "A place can be given to people of the same agency.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>
    /// Why somebody cannot take a colleague's place (B11), to whoever gives it. What stands on their record is theirs: the sentence is one for all of that (S2).
    /// </summary>
    public static string WhyNotThem(BookingReason reason, string name) => reason switch
    {
        BookingReason.HasPlace => $"{name} has a place on this session already, or the offer of one",
        BookingReason.AwaitsApproval or BookingReason.AwaitsPlacing or BookingReason.NotInAudience or BookingReason.NeedsPrerequisite =>
            $"{name} cannot take this place as things stand. They can ask the organiser to let them in",
        _ => Why(reason),
    };

    /// <summary>Why somebody cannot be booked, to the lead who books for them (B10).</summary>
    public static string WhyNotOf(BookingReason reason, string name) => reason switch
    {
        BookingReason.AwaitsPlacing => $"It is not clear yet which agency {name} belongs to.",
        BookingReason.NotInAudience => $"This course is for people who do other work than {name}. The organiser can let them in.",
        BookingReason.NeedsPrerequisite => $"This course builds on another, which {name} does not hold on that day. The organiser can let them in.",
        BookingReason.Overlaps => $"{name} is booked elsewhere at the same time. Tick that you know, or leave them out",
        BookingReason.NeedsTooLong => $"What {name} needs must be {BookingRules.LongestNeeds} characters or fewer",
        BookingReason.NeedsApprover => $"{name} has to ask for a place alone, as this course needs approval by somebody else.",
        BookingReason.AwaitsApproval => $"{name} has asked for a place, and the answer is not there yet.",
        _ => Why(reason),
    };

    /// <summary>The state in a heading, to the holder.</summary>
    public static string Heading(MyBooking booking, bool over) => booking.State switch
    {
        _ when booking.Cancelled => "This session has been cancelled",
        BookingState.Confirmed => over ? "You were booked" : "You are booked",
        BookingState.Waiting => over ? "You were on the waiting list" : $"You are number {booking.Position} on the waiting list",
        BookingState.Offered => "A place is offered to you",
        BookingState.Requested => "You have asked for a place",
        BookingState.Declined => booking.NotApproved ? "Your request was not approved" : "You said no to this place",
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
        BookingState.Declined => booking.NotApproved ? "Not approved" : "Declined",
        BookingState.Lapsed => "Lapsed",
        BookingState.Cancelled => "Given up",
        BookingState.Withdrawn => "Withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(booking)),
    };

    /// <summary>A change in the history.</summary>
    public static string Became(BookingChange change, Lineage? lineage = null) => change.State switch
    {
        BookingState.Confirmed when lineage is { TookOver: true } => $"Took over the place of {Lineage.Called(lineage.From)}",
        BookingState.Cancelled when lineage is { PassedOn: true } => $"Given to {Lineage.Called(lineage.To)}",
        BookingState.Requested => "Asked for a place",
        BookingState.Declined when change.Before == BookingState.Requested => "Not approved",
        BookingState.Confirmed => "Booked",
        BookingState.Waiting when change.Before == BookingState.Waiting => "Put elsewhere in the waiting list",
        BookingState.Waiting when change.Before is BookingState.Confirmed or BookingState.Offered => "Moved to the waiting list",
        BookingState.Waiting => "Joined the waiting list",
        BookingState.Offered => "A place was offered",
        BookingState.Declined => "The offer was declined",
        BookingState.Lapsed => "Lapsed",
        BookingState.Cancelled => "Given up",
        BookingState.Withdrawn => "Withdrawn by the organiser",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
