namespace Learning.Figures;

/// <summary>A cell of a table that is to be published: its keys, its number, and whether that stands for 1 to 5 persons.</summary>
internal sealed record Cell(IReadOnlyList<string> Key, long Value, bool Small)
{
    public bool IsGrandTotal => Key.All(key => key == Breakdowns.Total);
}

/// <summary>
/// Which cells a published table prints as X (rule F6): every one that stands for 1 to 5 persons, and as many more as it takes that none of them can be bounded to
/// fewer than three possible values. The reader is taken to know which X is small, that rows add up, and every number that is printed.
/// </summary>
/// <remarks>
/// In a table of one breakdown the bounds are exact. In a table of two, every row and every column is safe, alone and passed on from line to line; a reader who solves all
/// lines at once by linear programming may still narrow some X further.
/// </remarks>
internal sealed class Suppression
{
    private const int Fewest = 3;
    private readonly List<Line> lines = [];
    private readonly HashSet<Cell> hidden = [];
    private readonly double largestSmall;

    private sealed record Line(Cell Total, List<Cell> Inner);

    private Suppression(IReadOnlyList<Cell> cells, double largestSmall)
    {
        this.largestSmall = largestSmall;
        hidden.UnionWith(cells.Where(cell => cell.Small));
        var dimensions = cells.Count == 0 ? 0 : cells[0].Key.Count;
        var totals = cells.ToDictionary(cell => string.Join('\n', cell.Key));
        for (var summed = 0; summed < dimensions; summed++)
        {
            foreach (var line in cells.Where(cell => cell.Key[summed] != Breakdowns.Total).GroupBy(cell => string.Join('\n', cell.Key.Select((key, i) => i == summed ? Breakdowns.Total : key))))
            {
                lines.Add(new Line(totals[line.Key], [.. line]));
            }
        }
    }

    /// <summary>The cells to print as X.</summary>
    /// <param name="cells">The inner cells and every total of one or two breakdowns; or the one number of a figure without a table.</param>
    /// <param name="countsPersons">The numbers are persons, so that a small one is at most 5.</param>
    public static IReadOnlySet<Cell> Of(IReadOnlyList<Cell> cells, bool countsPersons)
    {
        var table = new Suppression(cells, countsPersons ? 5 : double.PositiveInfinity);
        while (table.hidden.Count > 0 && table.HideMore())
        {
        }

        return table.hidden;
    }

    /// Hides another cell for each line in which an X can be bounded too closely; false when there is nothing left to hide or to protect.
    private bool HideMore()
    {
        var exposed = Exposed(asPrinted: true);
        exposed.UnionWith(Exposed(asPrinted: false));
        var more = exposed.Select(Companion).OfType<Cell>().ToList();
        hidden.UnionWith(more);
        return more.Count > 0;
    }

    /// The smallest number that is printed beside it, the totals last; zero hides nothing.
    private Cell? Companion(Cell cell) => lines
        .Where(line => line.Total == cell || line.Inner.Contains(cell))
        .SelectMany(line => line.Inner.Append(line.Total))
        .Where(other => other.Value > 0 && !hidden.Contains(other))
        .OrderBy(other => other.Key.Count(key => key == Breakdowns.Total)).ThenBy(other => other.Value).ThenBy(other => string.Join('\n', other.Key), StringComparer.Ordinal)
        .FirstOrDefault();

    /// Bounds of every X from all lines, passed on until they narrow no further. People under two agencies make the rows add up to more than the total: a reader may
    /// take the printed total for the sum, or know the true sum; neither must help.
    private HashSet<Cell> Exposed(bool asPrinted)
    {
        var low = new Dictionary<Cell, double>();
        var high = new Dictionary<Cell, double>();
        foreach (var cell in hidden)
        {
            (low[cell], high[cell]) = cell.Small ? (1, largestSmall) : (6, double.PositiveInfinity);
        }

        var narrowed = true;
        for (var round = 0; narrowed && round < 100; round++)
        {
            narrowed = false;
            foreach (var line in lines)
            {
                double excess = asPrinted ? 0 : line.Inner.Sum(cell => cell.Value) - line.Total.Value;
                var lows = line.Inner.Sum(Low);
                var highs = line.Inner.Where(cell => double.IsFinite(High(cell))).Sum(High);
                var unbounded = line.Inner.Count(cell => !double.IsFinite(High(cell)));
                var (totalLow, totalHigh) = (Low(line.Total) + excess, High(line.Total) + excess);
                narrowed |= Narrow(line.Total, lows - excess, (unbounded > 0 ? double.PositiveInfinity : highs) - excess);
                foreach (var cell in line.Inner.Where(hidden.Contains).Select(cell => (Cell: cell, Low: Low(cell), High: High(cell))).ToList())
                {
                    var othersHigh = unbounded - (double.IsFinite(cell.High) ? 0 : 1) > 0 ? double.PositiveInfinity : highs - (double.IsFinite(cell.High) ? cell.High : 0);
                    narrowed |= Narrow(cell.Cell, totalLow - othersHigh, totalHigh - (lows - cell.Low));
                }
            }
        }

        return [.. hidden.Where(cell => high[cell] - low[cell] + 1 < Fewest)];

        double Low(Cell cell) => low.TryGetValue(cell, out var bound) ? bound : cell.Value;
        double High(Cell cell) => high.TryGetValue(cell, out var bound) ? bound : cell.Value;

        bool Narrow(Cell cell, double from, double to)
        {
            if (!hidden.Contains(cell) || (from <= low[cell] && to >= high[cell]))
            {
                return false;
            }

            (low[cell], high[cell]) = (Math.Max(low[cell], from), Math.Min(high[cell], to));
            return high[cell] - low[cell] + 1 >= 0;
        }
    }
}
