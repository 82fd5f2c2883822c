using System.Runtime.CompilerServices;

using Learning.Database;

namespace Learning.Figures;

/// <summary>A line of a figure's table as it is shown: what it is of, and its numbers from left to right, X where F6 hides one, empty where there is none.</summary>
/// <param name="Values">The numbers themselves, beside <paramref name="Cells"/>; null where one is held back or there is none.</param>
public sealed record ShownLine(string Name, IReadOnlyList<string> Cells, double Length, string Printed, IReadOnlyList<double?> Values);

/// <summary>A figure's table for a page: largest first, or in order of time; what is hidden stands last, so that its place gives nothing away.</summary>
public sealed record ShownTable(string Head, IReadOnlyList<string> Columns, IReadOnlyList<ShownLine> Lines, ShownLine? Total, bool HasHidden)
{
    // What was computed never changes, and what was signed is read once a process: nor is its table made anew for every reader, for as long as the names are the same.
    private static readonly ConditionalWeakTable<ComputedFigure, Kept> made = [];

    private sealed record Kept(KnownNames Names, bool Exact, ShownTable? Table);

    /// <summary>The table; null for a figure without breakdowns or without rows.</summary>
    /// <param name="exact">Shows the numbers that a published table hides, for a page that says so.</param>
    public static ShownTable? Of(ComputedFigure figure, KnownNames names, bool exact)
    {
        if (!made.TryGetValue(figure, out var kept) || kept.Names != names || kept.Exact != exact)
        {
            kept = new Kept(names, exact, Make(figure, names, exact));
            made.AddOrUpdate(figure, kept);
        }

        return kept.Table;
    }

    private static ShownTable? Make(ComputedFigure figure, KnownNames names, bool exact)
    {
        if (figure.By.Count == 0 || figure.Rows.Count == 0)
        {
            return null;
        }

        var by = figure.By.Select(Words.Parse<Breakdown>).ToList();
        var cells = figure.Rows.ToDictionary(row => (row.Key[figure.By[0]], row.Key[figure.By[^1]]));
        var columns = by.Count == 1 ? [] : Ordered(figure.Rows.Select(row => row.Key[figure.By[1]]), key => cells.GetValueOrDefault((Breakdowns.Total, key)), by[1]);
        var lines = Ordered(figure.Rows.Select(row => row.Key[figure.By[0]]), key => cells.GetValueOrDefault((key, by.Count == 1 ? key : Breakdowns.Total)), by[0])
            .Select(key => Line(key)).ToList();
        var total = cells.ContainsKey((Breakdowns.Total, Breakdowns.Total)) ? Line(Breakdowns.Total) : null;
        return new ShownTable(
            Capital(figure.By[0]), by.Count == 1 ? [Capital(figure.Unit == "ratio" ? "rate" : figure.Unit)] : [.. columns.Select(key => FigureWords.Row(by[1], key, names)), "All"],
            lines, total, figure.Rows.Any(row => row.Printed == ComputedRow.Hidden));

        ShownLine Line(string key)
        {
            var all = cells.GetValueOrDefault((key, by.Count == 1 ? key : Breakdowns.Total));
            ComputedRow?[] row = by.Count == 1 ? [all] : [.. columns.Append(Breakdowns.Total).Select(column => cells.GetValueOrDefault((key, column)))];
            return new ShownLine(
                FigureWords.Row(by[0], key, names), [.. row.Select(Number)], all is null || Hidden(all) ? 0 : all.Value ?? 0, Number(all), [.. row.Select(cell => cell is null || Hidden(cell) ? null : cell.Value)]);
        }

        string Number(ComputedRow? row) => row is null ? "" : exact ? FigureTable.Print(Words.Parse<Measure>(figure.Measure), row.Value) : row.Printed;

        bool Hidden(ComputedRow row) => !exact && row.Printed == ComputedRow.Hidden;

        List<string> Ordered(IEnumerable<string> keys, Func<string, ComputedRow?> whole, Breakdown breakdown)
        {
            var known = keys.Where(key => key != Breakdowns.Total).Distinct();
            return breakdown.InOrderOfTime()
                ? [.. known.Order(StringComparer.Ordinal)]
                : [.. known.OrderByDescending(key => whole(key) is { } row && !Hidden(row) ? row.Value : 0).ThenBy(key => FigureWords.Row(breakdown, key, names), StringComparer.OrdinalIgnoreCase)];
        }
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
