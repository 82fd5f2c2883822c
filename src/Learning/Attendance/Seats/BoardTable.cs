namespace Learning.Attendance.Seats;

/// <summary>What a seat's attendance at a meeting came to.</summary>
public enum SeatCame
{
    /// <summary>Its holder, or a deputy in their place.</summary>
    Attended,

    /// <summary>Too little of it to count as attended (A7).</summary>
    Part,
    Apologies,

    /// <summary>Neither came nor sent word.</summary>
    NoApology,
    Vacant,
    NotAppointed,

    /// <summary>The register does not say: unknown, never "did not attend" (C2).</summary>
    NotMarked,
}

/// <summary>A seat at a meeting.</summary>
/// <param name="Deputy">It was attended, by a deputy.</param>
public sealed record BoardCell(SeatCame Came, bool Deputy = false);

/// <summary>A meeting of the forum.</summary>
/// <param name="Signed">Its register is signed.</param>
public sealed record BoardMeeting(string Ref, DateOnly On, bool Signed);

/// <summary>A seat over the period: a cell for each meeting, null where the seat was not there.</summary>
public sealed record BoardRow(string Seat, string? Agency, IReadOnlyList<BoardCell?> Cells)
{
    public int Count(SeatCame came) => Cells.Count(cell => cell?.Came == came);
}

/// <summary>A forum's attendance by seat and meeting over a period (A1). It counts seats: somebody who sits on two is there twice, and a seat that nobody holds is nobody in any figure (F2).</summary>
public sealed record BoardTable(string Code, string Title, IReadOnlyList<BoardMeeting> Meetings, IReadOnlyList<BoardRow> Rows)
{
    /// <summary>What was counted, the rare ones only where there are any.</summary>
    public IReadOnlyList<SeatCame> Counted => [.. Enum.GetValues<SeatCame>().Where(came => came is not (SeatCame.Part or SeatCame.NotMarked) || Total(came) > 0)];

    public int Total(SeatCame came) => Rows.Sum(row => row.Count(came));

    /// <summary>Of one meeting, by its place in the list.</summary>
    public int Total(SeatCame came, int meeting) => Rows.Count(row => row.Cells[meeting]?.Came == came);

    /// <summary>Seats at meetings that somebody held and the register says something of: what the share of those attended is taken of (F3).</summary>
    public int Held => Total(SeatCame.Attended) + Total(SeatCame.Part) + Total(SeatCame.Apologies) + Total(SeatCame.NoApology);
}
