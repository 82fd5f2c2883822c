using Learning.Catalogue;
using Learning.Time;

namespace Learning.Bookings;

/// <summary>What an organiser may do with a session, and if not, why not. Pure; the numbers are an installation's to change.</summary>
public static class DeskRules
{
    /// <summary>Places of one session.</summary>
    public const int MostPlaces = 5000;

    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Null while a session's places may be changed: it is planned and has not begun.</summary>
    public static string? WhyNotChange(Session session, DateTimeOffset now) =>
        session.Status == SessionStatus.Cancelled ? "This session has been cancelled"
        : session.StartsAt <= now ? "This session has begun"
        : null;

    /// <summary>Null when nothing that counts of a session has changed since somebody read it; null also where nobody asks.</summary>
    public static string? WhyStale(Session session, DateTimeOffset? seen) =>
        seen is null || seen == session.ChangedAt ? null : "Somebody changed this session meanwhile. Look at how it is now, and send the form again if it is still right";

    /// <summary>Null when a session may have so many places, apart from who would have to give way.</summary>
    public static string? WhyNotCapacity(int? capacity) =>
        capacity is null ? "Enter how many places there are"
        : capacity < 1 ? "A session has at least 1 place. To have nobody come, cancel it"
        : capacity > MostPlaces ? $"A session has at most {British.Number(MostPlaces)} places"
        : null;

    /// <summary>
    /// Whom a smaller room has no place for (B4): as many of those who hold or were offered a place have to be chosen, by name, as there are too many. Places that are kept and that nobody has yet do
    /// not count: they are released first by whoever wants that.
    /// </summary>
    public static string? WhyNotMoved(Session session, int capacity, int moved)
    {
        var tooMany = Math.Max(0, session.Taken + session.Kept - capacity);
        return tooMany == moved ? null
            : tooMany == 0 ? "Everybody keeps their place: choose nobody"
            : session.Taken < tooMany ? $"{British.Count(session.Kept, "place is", "places are")} kept for an agency or sector. Release them first"
            : $"Choose who moves to the head of the waiting list: {British.Count(tooMany, "person", "people")}, not {British.Number(moved)}";
    }

    /// <summary>Null when places may be kept until then (B5).</summary>
    public static DeskMistake? WhyNotHold(Session session, int? places, DateTimeOffset? until, DateTimeOffset now) =>
        places is null or < 1 ? new(DeskField.Places, "Enter how many places are kept, 1 or more")
        : places > session.PlacesLeft ? new(DeskField.Places, session.PlacesLeft == 0 ? "No place is free that could be kept" : $"{British.Count(session.PlacesLeft, "place is", "places are")} free. Keep that many or fewer")
        : until is null ? new(DeskField.Until, "Enter until when they are kept")
        : until <= now ? new(DeskField.Until, "Enter a day that is still to come")
        : until > session.BookingClosesAt ? new(DeskField.Until, "Enter a day before booking closes, so that somebody else can have what is left")
        : null;

    /// <summary>Null when a reason can be kept; it is on record, and those concerned read it.</summary>
    public static string? WhyNotReason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "Write why. Whoever it concerns reads it"
        : reason.Trim().Length > LongestReason ? $"Write the reason in {LongestReason} characters or fewer"
        : reason.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')) ? "The reason has a character that is none"
        : null;
}
