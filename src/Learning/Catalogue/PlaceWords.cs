using Learning.Time;

namespace Learning.Catalogue;

/// <summary>How a session stands for a reader who looks for a place.</summary>
public enum PlaceState
{
    Open,

    /// <summary>At most three places left, or at most a tenth of them.</summary>
    Few,
    Full,
    Closed,
    Cancelled,

    /// <summary>The reader has a place.</summary>
    Mine,

    /// <summary>The reader waits, or has to answer an offer.</summary>
    Waiting,
}

/// <summary>The state of a session in a word or two, the same in every list and on its own page.</summary>
public sealed record PlaceWords(PlaceState State, string Words)
{
    /// <param name="mine">The word of the reader's live booking (B1), or null.</param>
    /// <param name="closed">Whether booking has closed.</param>
    public static PlaceWords Of(int capacity, int taken, int waiting, string? mine, bool closed, bool cancelled)
    {
        var left = Math.Max(0, capacity - taken);
        return (cancelled, mine) switch
        {
            (true, _) => new(PlaceState.Cancelled, "Cancelled"),
            (_, "confirmed") => new(PlaceState.Mine, "You are booked"),
            (_, "offered") => new(PlaceState.Waiting, "A place is offered to you"),
            (_, "waiting") => new(PlaceState.Waiting, "You are waiting"),
            (_, "requested") => new(PlaceState.Waiting, "Waiting for approval"),
            _ when closed => new(PlaceState.Closed, "Booking has closed"),
            _ when left == 0 => new(PlaceState.Full, waiting == 0 ? "Full" : $"Full, {British.Number(waiting)} waiting"),
            _ => new(left <= 3 || left * 10 <= capacity ? PlaceState.Few : PlaceState.Open, British.Count(left, "place") + " left"),
        };
    }

    /// <summary>The words of a session in a list.</summary>
    public static PlaceWords Of(SessionRow row, DateTimeOffset now) =>
        Of(row.Capacity, row.Taken, row.Waiting, row.Mine, row.BookingClosesAt <= now, row.Cancelled);
}
