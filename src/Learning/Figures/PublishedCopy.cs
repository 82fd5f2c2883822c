using System.Globalization;

using Learning.Database;

namespace Learning.Figures;

/// <summary>A figure as everybody may have it: the one place in which numbers that are held back are left out, and rounded ones put in (F6). Every form of a publication is made of it.</summary>
public static class PublishedCopy
{
    /// <summary>A report without what it holds back.</summary>
    public static ComputedReport Of(ComputedReport report) => report with { Figures = [.. report.Figures.Select(Of)] };

    /// <summary>A figure without what it holds back: the value of an X is null, and the phrase is X with it.</summary>
    public static ComputedFigure Of(ComputedFigure figure)
    {
        var measure = Words.Parse<Measure>(figure.Measure);
        return Whole(figure) with
        {
            Rows = [.. figure.Rows.Select(row => row with
            {
                Value = row.Printed == ComputedRow.Hidden ? null : figure.Rounded && FigureTable.Print(measure, row.Value) != row.Printed ? Read(row.Printed) : row.Value, Parts = null,
            })],
        };
    }

    /// <summary>The figure's own numbers alone, without its rows: a table of thousands need not be copied for them.</summary>
    public static ComputedFigure Whole(ComputedFigure figure)
    {
        var measure = Words.Parse<Measure>(figure.Measure);
        var copy = figure.Rounded && !measure.IsOfEvaluations() ? Rounded(figure, measure) : figure;
        if (figure.Suppressed)
        {
            copy = copy with { Value = null, Numerator = null, Denominator = null, Responses = null, Asked = null, Phrase = ComputedRow.Hidden };
        }

        return copy with { Rows = [] };
    }

    private static ComputedFigure Rounded(ComputedFigure figure, Measure measure)
    {
        var row = FigureTable.Rounded(measure, new TallyRow([], figure.Numerator ?? (long)(figure.Value ?? 0), figure.Denominator, 0, 0));
        return figure with
        {
            Value = row.Of is null ? row.Value : row.Of > 0 ? (double)row.Value / row.Of : null, Numerator = figure.Numerator is null ? null : row.Value, Denominator = row.Of,
        };
    }

    // What is printed is all that there is of a rounded number.
    private static double? Read(string printed) => printed.EndsWith('%')
        ? double.Parse(printed[..^1], NumberStyles.Number, CultureInfo.InvariantCulture) / 100
        : double.TryParse(printed, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;
}
