using Learning.Database;

namespace Learning.Figures;

/// <summary>Makes the figure that is shown of what was counted: value, phrase (F5), rows and what a published table prints of them (F6).</summary>
internal static class FigureTable
{
    public static ComputedFigure Of(FigureDefinition figure, Tally tally)
    {
        var value = Value(figure.Measure, tally.Total);
        var shown = tally.Rows.Append(tally.Total).Where(row => HasRow(figure.Measure, row) || row == tally.Total).ToList();
        var hidden = Hidden(figure.Measure, shown);
        var rows = shown
            .Where(row => figure.By.Count > 0 && tally.Rows.Count > 0 && HasRow(figure.Measure, row))
            .OrderBy(row => row.Key[0] == Breakdowns.Total).ThenBy(row => row.Key[0], StringComparer.Ordinal)
            .ThenBy(row => row.Key[^1] == Breakdowns.Total).ThenBy(row => row.Key[^1], StringComparer.Ordinal)
            .Select(row => Row(figure, row, hidden.Contains(row)));
        return new ComputedFigure(
            figure.Id, figure.Measure.Word(), figure.Measure.Unit(), value, tally.Total.Of is null ? null : tally.Total.Value, tally.Total.Of,
            figure.Phrase.Say(value, figure.Measure.IsShare()), [.. figure.By.Select(by => by.Word())], [.. rows], $"sha256:{tally.Digest}", hidden.Contains(tally.Total));
    }

    /// <summary>The same figure with its total held back, because another figure holds that number back.</summary>
    public static ComputedFigure HoldBackTotal(ComputedFigure figure) => figure with
    {
        Suppressed = true,
        Rows = [.. figure.Rows.Select(row => row.Key.Values.All(key => key == Breakdowns.Total) ? row with { Printed = ComputedRow.Hidden } : row)],
    };

    /// <summary>How a number of a measure is printed: "1,234", "40.2", "84.6%".</summary>
    public static string Print(Measure measure, double? value) => PhraseRule.Exact.Say(value, measure.IsShare());

    /// <summary>The word after a printed number: "people", "person"; empty for a share, and where the number is not known.</summary>
    public static string Unit(Measure measure, double? value) => measure.IsShare() || value is null ? "" : OneOfIt.Word(value, measure.Unit());

    private static ComputedRow Row(FigureDefinition figure, TallyRow row, bool hidden)
    {
        var value = Value(figure.Measure, row);
        var key = figure.By.Zip(row.Key).ToDictionary(pair => pair.First.Word(), pair => pair.Second);
        return new ComputedRow(key, value, hidden ? ComputedRow.Hidden : Print(figure.Measure, value)) { Parts = row.Of is { } over ? (row.Value, over) : null };
    }

    /// F3: no denominator, no number.
    private static double? Value(Measure measure, TallyRow row) => !measure.IsRatio() ? row.Value : row.Of is > 0 ? (double)row.Value / row.Of.Value : null;

    /// A row comes only where there is a number; whom no agency is known of makes no agency.
    private static bool HasRow(Measure measure, TallyRow row) => Value(measure, row) is { } value && (value > 0 || measure != Measure.Agencies);

    private static HashSet<TallyRow> Hidden(Measure measure, IReadOnlyList<TallyRow> rows)
    {
        if (!measure.StandsForPeople())
        {
            return [];
        }

        // A ratio's rows do not add up: nothing follows from the others for the one that is hidden.
        if (measure.IsRatio())
        {
            return [.. rows.Where(row => Small(row.Persons) || Small(row.OfPersons))];
        }

        var cells = rows.ToDictionary(row => new Cell(row.Key, row.Value, Small(row.Persons)), row => row);
        return [.. Suppression.Of([.. cells.Keys], measure is Measure.People or Measure.TrainersActive).Select(cell => cells[cell])];
    }

    /// F6: 1 to 5 distinct persons; nobody at all is printed as 0.
    private static bool Small(long persons) => persons is > 0 and <= 5;
}
