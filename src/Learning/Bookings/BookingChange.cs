using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A change of a booking as its history page shows it (B1): what it became, when, by whom and why.</summary>
public sealed class BookingChange
{
    public string StateWord { get; init; } = "";
    public string? BeforeWord { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Who did it; null is the program itself, or somebody who is no longer named.</summary>
    public string? By { get; init; }
    public bool ByHolder { get; init; }
    public string? Reason { get; init; }

    public BookingState State => Words.Parse<BookingState>(StateWord);

    /// <summary>What it was before; null at first.</summary>
    public BookingState? Before => BeforeWord is null ? null : Words.Parse<BookingState>(BeforeWord);

    /// <summary>The changes of a booking, the first one first. One statement.</summary>
    public static Task<List<BookingChange>> ListAsync(LearningDb db, Guid booking, CancellationToken stop = default) =>
        db.Database.SqlQuery<BookingChange>($"""
            select c.state as "StateWord", lag(c.state) over (order by c.id) as "BeforeWord", c.recorded_at as "At", c.reason as "Reason", coalesce(c.recorded_by = b.person_id, false) as "ByHolder",
                   case when p.erased_at is null then nullif(btrim(p.given_name || ' ' || p.family_name), '') end as "By"
            from booking_changes c
            join bookings b on b.id = c.booking_id
            left join persons p on p.id = c.recorded_by
            where c.booking_id = {booking}
            order by c.id
            """).ToListAsync(stop);
}
