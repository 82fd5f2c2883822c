using Learning.Catalogue;

namespace Learning.Bookings.Desk;

/// <summary>How far a session is, to whoever organises it.</summary>
public enum DeskState
{
    /// <summary>Somebody can book it.</summary>
    Open,

    /// <summary>Booking has closed, and it has not begun.</summary>
    Closed,

    /// <summary>It is taking place.</summary>
    UnderWay,

    /// <summary>It has ended, and its register is not signed (A6).</summary>
    ToSign,
    Held,
    Cancelled,
}

/// <summary>The state of a session as the desk says it.</summary>
public static class DeskStates
{
    public static DeskState Of(bool cancelled, DateTimeOffset closesAt, DateTimeOffset startsAt, DateTimeOffset endsAt, bool signed, DateTimeOffset now) =>
        cancelled ? DeskState.Cancelled
        : signed ? DeskState.Held
        : endsAt <= now ? DeskState.ToSign
        : startsAt <= now ? DeskState.UnderWay
        : closesAt <= now ? DeskState.Closed
        : DeskState.Open;

    public static DeskState Of(Session session, bool signed, DateTimeOffset now) =>
        Of(session.Status == SessionStatus.Cancelled, session.BookingClosesAt, session.StartsAt, session.EndsAt, signed, now);

    public static string Words(DeskState state) => state switch
    {
        DeskState.Open => "Booking open",
        DeskState.Closed => "Booking closed",
        DeskState.UnderWay => "Under way",
        DeskState.ToSign => "Register to sign",
        DeskState.Held => "Held, register signed",
        DeskState.Cancelled => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
