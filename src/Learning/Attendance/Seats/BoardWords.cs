using Learning.Time;

namespace Learning.Attendance.Seats;

/// <summary>A forum's attendance as people read it.</summary>
public static class BoardWords
{
    public static string Of(SeatCame came) => came switch
    {
        SeatCame.Attended => "Attended",
        SeatCame.Part => "In part",
        SeatCame.Apologies => "Apologies",
        SeatCame.NoApology => "No apology",
        SeatCame.Vacant => "Vacant",
        SeatCame.NotAppointed => "Not appointed",
        SeatCame.NotMarked => "Not marked",
        _ => throw new ArgumentOutOfRangeException(nameof(came)),
    };

    /// <summary>"Attended by a deputy".</summary>
    public static string Of(BoardCell cell) => cell.Deputy ? "Attended by a deputy" : Of(cell.Came);

    /// <summary>"4 meetings, 29 seats: 72 attended, 24 apologies, 14 no apology, 4 vacant, 2 not appointed."</summary>
    public static string Sentence(BoardTable table) =>
        $"{British.Count(table.Meetings.Count, "meeting")}, {British.Count(table.Rows.Count, "seat")}: {string.Join(", ", table.Counted.Select(came => $"{British.Number(table.Total(came))} {(came == SeatCame.Apologies && table.Total(came) == 1 ? "apology" : Of(came).ToLowerInvariant())}"))}.";

    /// <summary>How many of the seats that somebody held were attended, with both numbers (F3); null: nothing is known yet.</summary>
    public static string? Share(BoardTable table) => table.Held == 0 ? null
        : $"Of {British.Count(table.Held, "time")} that a seat had a holder at a meeting, the holder or a deputy came {British.Number(table.Total(SeatCame.Attended))}: {(100m * table.Total(SeatCame.Attended) / table.Held).ToString("0.#", British.Culture)}%. Empty seats, and what is not marked, are in neither number.";
}
