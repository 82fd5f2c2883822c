using Learning.Time;

namespace Learning.Bookings;

/// <summary>Until when an offered place is held (rule B6).</summary>
public static class OfferEnd
{
    /// <summary>Within this of the start, an offer is short.</summary>
    public static readonly TimeSpan Near = TimeSpan.FromHours(48);

    /// <summary>How long a short offer holds.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromHours(4);

    /// <summary>From here to <see cref="QuietTo"/>, local time, no offer ends: at its end the next person is written to.</summary>
    public static readonly TimeOnly QuietFrom = new(21, 0);

    /// <summary>An end that falls in the quiet hours moves to here.</summary>
    public static readonly TimeOnly QuietTo = new(8, 0);

    /// <summary>
    /// One working day after it is made, or four hours when the session starts in less than 48; moved out of the quiet hours to the next 8am; at the
    /// latest the start of the session. It may be later than the close of booking: what somebody was promised stands.
    /// </summary>
    public static DateTimeOffset Of(DateTimeOffset made, DateTimeOffset startsAt, Zone zone)
    {
        var local = startsAt - made < Near ? zone.LocalOf(made + Short) : WorkingDays.OneLater(zone.LocalOf(made));
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (time >= QuietFrom)
        {
            local = date.AddDays(1).ToDateTime(QuietTo);
        }
        else if (time < QuietTo)
        {
            local = date.ToDateTime(QuietTo);
        }

        var ends = zone.InstantOf(local);
        return ends < startsAt ? ends : startsAt;
    }
}
