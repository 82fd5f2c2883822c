using Learning.Figures;

namespace Learning.Tests.Figures;

/// <summary>
/// A table as it is printed, to somebody who means to find out what is behind an X: every row and column adds up, every X is at least 1, and what else they know. Solved by linear programming over all rows and
/// columns at once; since such tables are networks, the bounds are numbers that the X can really be.
/// </summary>
internal sealed class PrintedTable
{
    private readonly List<Cell> unknown;
    private readonly List<(double[] Row, double Sum)> sums = [];
    private readonly Func<Cell, (double Low, double High)> known;

    /// <param name="known">Between what and what each X is known to be.</param>
    /// <param name="excess">By how much the inner cells of a line are known to be more than its total.</param>
    public PrintedTable(IReadOnlyList<Cell> cells, IReadOnlySet<Cell> hidden, Func<Cell, (double Low, double High)> known)
    {
        (unknown, this.known) = ([.. cells.Where(hidden.Contains)], known);
        var all = cells.ToDictionary(cell => string.Join('\n', cell.Key));
        for (var summed = 0; summed < cells[0].Key.Count; summed++)
        {
            foreach (var line in cells.Where(cell => cell.Key[summed] != "*").GroupBy(cell => string.Join('\n', cell.Key.Select((key, i) => i == summed ? "*" : key))))
            {
                var row = new double[unknown.Count];
                double sum = 0;
                foreach (var (cell, sign) in line.Select(cell => (cell, 1)).Append((all[line.Key], -1)))
                {
                    if (hidden.Contains(cell))
                    {
                        row[unknown.IndexOf(cell)] += sign;
                    }
                    else
                    {
                        sum -= sign * cell.Value;
                    }
                }

                sums.Add((row, sum));
            }
        }
    }

    /// <summary>How many numbers each X can be; 0 where nothing fits what is printed.</summary>
    public IEnumerable<double> Possible() => unknown.Select((_, number) => (Bound(number, -1), Bound(number, 1)) is ({ } low, { } high) ? Math.Floor(high + 1e-6) - Math.Ceiling(low - 1e-6) + 1 : 0);

    /// <summary>Whether every X can be at least three.</summary>
    public bool IsSafe => Possible().All(possible => possible >= 3);

    // The least or the most that an X can be: variables are shifted to begin at 0, and what has a highest has a row for it.
    private double? Bound(int number, int direction)
    {
        var lows = unknown.ConvertAll(cell => known(cell).Low);
        var rows = sums.ConvertAll(sum => (sum.Row, Sum: sum.Sum - sum.Row.Zip(lows, (factor, low) => factor * low).Sum()));
        var limits = unknown.Select((cell, i) => (i, known(cell).High - lows[i])).Where(limit => double.IsFinite(limit.Item2)).ToList();
        var most = Simplex.Most(unknown.Count, rows, limits, [.. unknown.Select((_, i) => i == number ? (double)direction : 0)]);
        return most is { } found ? (direction * found) + lows[number] : null;
    }
}
