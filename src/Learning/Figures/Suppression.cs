namespace Learning.Figures;

/// <summary>A cell of a table that is to be published: its keys, its number, and whether that stands for 1 to 5 persons.</summary>
internal sealed record Cell(IReadOnlyList<string> Key, long Value, bool Small)
{
    public bool IsGrandTotal => Key.All(key => key == Breakdowns.Total);

    /// <summary>Over how many breakdowns it sums.</summary>
    public int Stars => Key.Count(key => key == Breakdowns.Total);
}

/// <summary>What a table's numbers are, and so what its reader knows of an X in it.</summary>
/// <param name="LargestSmall">What a small number is at most: 5 where the numbers are persons.</param>
/// <param name="TakenToAddUp">A reader takes the printed total for the sum of the rows, also where it is not (people under two agencies, F4).</param>
internal sealed record Numbers(long LargestSmall, bool TakenToAddUp)
{
    public const long NoLimit = long.MaxValue / 4;

    public static readonly Numbers Persons = new(5, true);
    public static readonly Numbers Counts = new(NoLimit, true);

    /// <summary>Numerators, whose denominators may be printed elsewhere.</summary>
    public static readonly Numbers Parts = new(NoLimit, false);
}

/// <summary>
/// Which cells a published table prints as X (rule F6): every one that stands for 1 to 5 persons, and as many more as it takes that no X, small or not, can be bounded to fewer than three possible
/// values by whoever solves all rows and columns at once.
/// </summary>
/// <remarks>
/// A table of one or two breakdowns is a network: rows and columns are its nodes and cells its edges, so that what an X can be is how far its edge can move around a cycle of other X, and the fewest
/// cells that set it free are the shortest such cycle. Bounds are exact; what is hidden is near the fewest, not proven the fewest, which no method finds in reasonable time.
/// </remarks>
internal static class Suppression
{
    // Beyond so many X, one by one is not looked at again: the search is quick and the saving small.
    private const int MostLookedAtAgain = 40;

    /// <summary>The cells to print as X.</summary>
    /// <param name="cells">The inner cells and every total of one or two breakdowns; or the one number of a figure without a table.</param>
    /// <param name="besides">Cells that another table of the report holds back.</param>
    public static IReadOnlySet<Cell> Of(IReadOnlyList<Cell> cells, Numbers numbers, IEnumerable<Cell>? besides = null)
    {
        HashSet<Cell> asked = [.. (besides ?? []).Where(cell => cell.Value > 0), .. cells.Where(cell => cell.Small)];
        if (asked.Count == 0)
        {
            return asked;
        }

        var readers = new List<TableReader> { TableReader.AsKnown(cells, numbers) };
        if (numbers.TakenToAddUp && readers[0].Uneven)
        {
            readers.Add(TableReader.AsPrinted(cells));
        }

        foreach (var cell in asked)
        {
            readers.ForEach(reader => reader.Hide(cell));
        }

        while (readers.Exists(reader => Settle(reader, readers)))
        {
        }

        return Fewer(cells, asked, readers);
    }

    // Hides more for each X that is too close; true while something was.
    private static bool Settle(TableReader reader, List<TableReader> readers)
    {
        var before = readers[0].Hidden.Count;
        foreach (var more in reader.ToAddUp())
        {
            readers.ForEach(one => one.Hide(more));
        }

        foreach (var cell in reader.Hidden.OrderBy(cell => cell.Value).ThenBy(cell => string.Join('\n', cell.Key), StringComparer.Ordinal).ToList())
        {
            foreach (var more in reader.ToFree(cell))
            {
                readers.ForEach(one => one.Hide(more));
            }
        }

        return readers[0].Hidden.Count > before;
    }

    // What was hidden for one X may not be needed any more since more was hidden for another.
    private static HashSet<Cell> Fewer(IReadOnlyList<Cell> cells, HashSet<Cell> asked, List<TableReader> readers)
    {
        HashSet<Cell> hidden = [.. readers[0].Hidden];
        if (hidden.Count > MostLookedAtAgain)
        {
            return hidden;
        }

        foreach (var cell in cells.Where(cell => hidden.Contains(cell) && !asked.Contains(cell)).OrderByDescending(cell => cell.Stars).ThenByDescending(cell => cell.Value).ToList())
        {
            if (readers.TrueForAll(reader => reader.IsSafe(hidden.Where(other => other != cell))))
            {
                hidden.Remove(cell);
            }
        }

        return hidden;
    }
}
