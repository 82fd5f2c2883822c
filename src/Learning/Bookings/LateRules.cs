using Learning.Catalogue;
using Learning.Time;

namespace Learning.Bookings;

/// <summary>Until when a place may be given up without it counting as late (B12). Pure.</summary>
public static class LateRules
{
    /// <summary>Working days before the day on which a session starts.</summary>
    public const int Days = 5;

    /// <summary>The last day, whole: bank holidays of England are no working days.</summary>
    public static DateOnly LastDay(DateOnly starts) => WorkingDays.Before(starts, Days);

    /// <summary>Whether a place given up now is late. Whoever booked before the session was moved may leave (B13).</summary>
    public static bool IsLate(Session session, DateTimeOffset bookedAt, DateTimeOffset now, Zone zone) =>
        !MayLeave(session, bookedAt) && zone.DateOf(now) > LastDay(zone.DateOf(session.StartsAt));

    /// <summary>Whether the session was moved since the booking was made.</summary>
    public static bool MayLeave(Session session, DateTimeOffset bookedAt) => session.MovedAt > bookedAt;

    /// <summary>A sentence of a letter or page to somebody who holds a place; null where there is nothing to say.</summary>
    public static string? Say(Session session, DateTimeOffset bookedAt, Zone zone) =>
        MayLeave(session, bookedAt) ? "The session was moved after you booked, so giving up is never late."
        : IsLate(session, bookedAt, zone.Now, zone) ? $"Giving up counts as late now: the last day was {British.Date(LastDay(zone.DateOf(session.StartsAt)))}. A colleague can still have the place."
        : $"Until {British.Date(LastDay(zone.DateOf(session.StartsAt)))} giving up does not count as late.";
}
