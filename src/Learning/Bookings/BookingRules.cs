using Learning.Catalogue;

namespace Learning.Bookings;

/// <summary>May somebody book, answer or give up, and if not, why not. Pure: the same answer draws the button and guards the verb.</summary>
public static class BookingRules
{
    /// <summary>Characters of access and dietary needs.</summary>
    public const int LongestNeeds = 1000;

    /// <summary>
    /// Null when a new booking may be made, for a place or for the waiting list; else the first reason why not. Whom the course is for and what has to be held before (B8) an organiser may waive;
    /// overlapping another session needs <paramref name="overlapKnown"/> and is not forbidden (B7). Whoever has just joined books once they are placed with an agency (P4).
    /// <paramref name="today"/> is local.
    /// </summary>
    public static BookingReason? WhyNotBook(Session session, Course course, DateTimeOffset now, DateOnly today, Elsewhere person, bool overlapKnown = false) =>
        session.Status == SessionStatus.Cancelled ? BookingReason.SessionCancelled
        : session.StartsAt <= now ? BookingReason.SessionStarted
        : session.BookingClosesAt <= now ? BookingReason.BookingClosed
        : session.ParentId is not null ? BookingReason.PartOfConference
        : today < course.PublishedOn || today >= course.WithdrawnOn ? BookingReason.CourseNotOffered
        : person.AwaitsPlacing ? BookingReason.AwaitsPlacing
        : !person.InAudience && !person.Waived ? BookingReason.NotInAudience
        : person.Missing.Length > 0 && !person.Waived ? BookingReason.NeedsPrerequisite
        : person.Overlapping.Length > 0 && !overlapKnown ? BookingReason.Overlaps
        : null;

    /// <summary>Whether whoever fills in a form can mend it there.</summary>
    public static bool IsMendable(BookingReason reason) => reason is BookingReason.NeedsTooLong or BookingReason.Overlaps;

    /// <summary>
    /// A newcomer joins the waiting list when every place is held, on offer or kept for somebody else, and when anybody waits for the same places: nobody is passed (B6). Whoever finds one that is
    /// <paramref name="keptForThem"/> passes nobody: those before them could have had it, and it was offered to them first (B5).
    /// </summary>
    public static bool Waits(Session session, int waiting, bool keptForThem = false) => !keptForThem && (waiting > 0 || session.PlacesLeft == 0);

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

    /// <summary>Null when a place may be given to a colleague: it is held, and the session has not begun (B11). The close of booking does not matter: nobody new comes.</summary>
    public static BookingReason? WhyNotGive(BookingState state, bool sessionCancelled, DateTimeOffset startsAt, DateTimeOffset now) =>
        sessionCancelled ? BookingReason.SessionCancelled
        : startsAt <= now ? BookingReason.SessionStarted
        : state != BookingState.Confirmed ? BookingReason.NoPlace
        : null;

    /// <summary>
    /// Null when a colleague may take a place over (B11); <paramref name="live"/> is what they have on the session: whoever waits leaves the list. Whom the course is for and what it builds on count for
    /// them too (B8). What they are booked on at the same time they are told, as nobody asked them (B7).
    /// </summary>
    public static BookingReason? WhyNotTake(Elsewhere colleague, BookingState? live) =>
        live is BookingState.Confirmed or BookingState.Offered ? BookingReason.HasPlace
        : live is BookingState.Requested ? BookingReason.AwaitsApproval
        : colleague.AwaitsPlacing ? BookingReason.AwaitsPlacing
        : !colleague.InAudience && !colleague.Waived ? BookingReason.NotInAudience
        : colleague.Missing.Length > 0 && !colleague.Waived ? BookingReason.NeedsPrerequisite
        : null;

    /// <summary>Null when somebody may still say what they need: they may come, and it has not begun.</summary>
    public static BookingReason? WhyNotTell(BookingState state, bool sessionCancelled, DateTimeOffset startsAt, DateTimeOffset now) =>
        state is BookingState.Cancelled ? BookingReason.BookingEnded : WhyNotCancel(state, sessionCancelled, startsAt, now);

    /// <summary>Null when an offer may be accepted or declined; else why not. What was promised stands to its end, also past the close of booking.</summary>
    public static BookingReason? WhyNotAnswer(BookingState state, DateTimeOffset? offerEndsAt, Session session, DateTimeOffset now) =>
        session.Status == SessionStatus.Cancelled ? BookingReason.SessionCancelled
        : state == BookingState.Offered && now < offerEndsAt ? null
        : BookingReason.OfferEnded;
}
