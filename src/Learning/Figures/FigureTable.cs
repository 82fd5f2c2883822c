using Learning.Database;

namespace Learning.Figures;

/// <summary>Makes the figure that is shown of what was counted: value, phrase (F5), rows and what a published table prints of them (F6).</summary>
internal static class FigureTable
{
    /// <param name="hidden">The rows, its total among them, that a published table prints as X.</param>
    public static ComputedFigure Of(FigureDefinition figure, Tally tally, IReadOnlySet<TallyRow> hidden, Protection protection)
    {
        var value = Value(figure.Measure, tally.Total);
        var rounded = protection.Method == ProtectionMethod.Round && figure.Measure.StandsForPeople();
        var rows = tally.Rows.Append(tally.Total)
            .Where(row => figure.By.Count > 0 && tally.Rows.Count > 0 && HasRow(figure.Measure, row))
            .OrderBy(row => row.Key[0] == Breakdowns.Total).ThenBy(row => row.Key[0], StringComparer.Ordinal)
            .ThenBy(row => row.Key[^1] == Breakdowns.Total).ThenBy(row => row.Key[^1], StringComparer.Ordinal)
            .Select(row => Row(figure, row, hidden.Contains(row), rounded));
        return new ComputedFigure(
            figure.Id, figure.Measure.Word(), figure.Measure.Unit(), value, tally.Total.Of is null ? null : tally.Total.Value, tally.Total.Of,
            figure.Phrase.Say(rounded ? Value(figure.Measure, Rounded(figure.Measure, tally.Total)) : value, figure.Measure.IsShare()),
            [.. figure.By.Select(by => by.Word())], [.. rows], $"sha256:{tally.Digest}", hidden.Contains(tally.Total)) { Rounded = rounded };
    }

    /// <summary>How a number of a measure is printed: "1,234", "40.2", "84.6%".</summary>
    public static string Print(Measure measure, double? value) => PhraseRule.Exact.Say(value, measure.IsShare());

    /// <summary>The word after a printed number: "people", "person"; empty for a share, and where the number is not known.</summary>
    public static string Unit(Measure measure, double? value) => measure.IsShare() || value is null ? "" : OneOfIt.Word(value, measure.Unit());

    /// <summary>A row's counts of persons to the nearest 5; places and sessions are none.</summary>
    internal static TallyRow Rounded(Measure measure, TallyRow row) => measure.IsOfEvaluations() ? row : row with
    {
        Value = Protection.Rounded(row.Value), Of = row.Of is { } over && measure is (Measure.DnaRate or Measure.Compliance) ? Protection.Rounded(over) : row.Of,
    };

    /// A row comes only where there is a number; whom no agency is known of makes no agency.
    internal static bool HasRow(Measure measure, TallyRow row) => Value(measure, row) is { } value && (value > 0 || measure != Measure.Agencies);

    private static ComputedRow Row(FigureDefinition figure, TallyRow row, bool hidden, bool rounded)
    {
        var value = Value(figure.Measure, row);
        var key = figure.By.Zip(row.Key).ToDictionary(pair => pair.First.Word(), pair => pair.Second);
        var printed = hidden ? ComputedRow.Hidden : Print(figure.Measure, rounded ? Value(figure.Measure, Rounded(figure.Measure, row)) : value);
        return new ComputedRow(key, value, printed) { Parts = row.Of is { } over ? (row.Value, over) : null };
    }

    /// F3: no denominator, no number.
    private static double? Value(Measure measure, TallyRow row) => !measure.IsRatio() ? row.Value : row.Of is > 0 ? (double)row.Value / row.Of.Value : null;
}
