using Learning.Catalogue;

namespace Learning.Bookings;

/// <summary>May somebody book, answer or give up, and if not, why not. Pure: the same answer draws the button and guards the verb.</summary>
public static class BookingRules
{
    /// <summary>Characters of access and dietary needs.</summary>
    public const int LongestNeeds = 1000;

    /// <summary>
    /// Null when a new booking may be made, for a place or for the waiting list; else the first reason why not. Overlapping another session needs
    /// <paramref name="overlapKnown"/> and is not forbidden (B7). <paramref name="today"/> is local.
    /// </summary>
    public static BookingReason? WhyNotBook(
        Session session, Course course, DateTimeOffset now, DateOnly today, bool overlaps = false, bool overlapKnown = false) =>
        session.Status == SessionStatus.Cancelled ? BookingReason.SessionCancelled
        : session.StartsAt <= now ? BookingReason.SessionStarted
        : session.BookingClosesAt <= now ? BookingReason.BookingClosed
        : session.ParentId is not null ? BookingReason.PartOfConference
        : today < course.PublishedOn || today >= course.WithdrawnOn ? BookingReason.CourseNotOffered
        : overlaps && !overlapKnown ? BookingReason.Overlaps
        : null;

    /// <summary>A newcomer joins the waiting list when every place is held or on offer, and when anybody waits: nobody is passed (B6).</summary>
    public static bool Waits(Session session, int waiting) => waiting > 0 || session.Taken >= session.Capacity;

    /// <summary>Whether the waiting list is served: at the close of booking it ends (B6).</summary>
    public static bool ListIsOpen(Session session, DateTimeOffset now) =>
        session.Status == SessionStatus.Planned && now < session.BookingClosesAt && now < session.StartsAt;

    /// <summary>Null when a booking in this state may be given up, or was; else why not. From the start on, the register says who came.</summary>
    public static BookingReason? WhyNotCancel(BookingState state, bool sessionCancelled, DateTimeOffset startsAt, DateTimeOffset now) =>
        state is BookingState.Cancelled ? null
        : state is BookingState.Declined or BookingState.Lapsed or BookingState.Withdrawn ? BookingReason.BookingEnded
        : sessionCancelled ? BookingReason.SessionCancelled
        : startsAt <= now ? BookingReason.SessionStarted
        : null;

    /// <summary>Null when an offer may be accepted or declined; else why not. What was promised stands to its end, also past the close of booking.</summary>
    public static BookingReason? WhyNotAnswer(BookingState state, DateTimeOffset? offerEndsAt, Session session, DateTimeOffset now) =>
        session.Status == SessionStatus.Cancelled ? BookingReason.SessionCancelled
        : state == BookingState.Offered && now < offerEndsAt ? null
        : BookingReason.OfferEnded;
}
