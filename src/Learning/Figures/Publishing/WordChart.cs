using System.Globalization;

using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace Learning.Figures.Publishing;

/// <summary>A bar chart of a Word document: Word's own, of the publication's numbers, each written at its bar. What is held back has a name and no bar, and no number lies behind it.</summary>
internal static class WordChart
{
    private const long Width = 6_000_000, RowHeight = 290_000, Around = 420_000;
    private const int LongestName = 42;

    public static Drawing Of(MainDocumentPart main, PaperPart.Bars bars, uint id)
    {
        var part = main.AddNewPart<ChartPart>();
        part.ChartSpace = new C.ChartSpace(new C.EditingLanguage { Val = "en-GB" }, new C.RoundedCorners { Val = false }, Chart(bars));
        return WordPicture.Inline($"{bars.Caption}. {bars.Says}", id, Width, Around + (RowHeight * bars.Rows.Count), new A.GraphicData(new C.ChartReference { Id = main.GetIdOfPart(part) })
        {
            Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart",
        });
    }

    private static C.Chart Chart(PaperPart.Bars bars)
    {
        var count = new C.PointCount { Val = (uint)bars.Rows.Count };
        var names = new C.StringLiteral([count, .. Points(bars, bar => bar.Length is null ? $"{Short(bar.Name)} ({bar.Printed})" : Short(bar.Name))]);
        var numbers = new C.NumberLiteral(new C.FormatCode("General"), (C.PointCount)count.CloneNode(true));
        foreach (var (bar, number) in bars.Rows.Select((bar, number) => (bar, number)).Where(pair => pair.bar.Length is not null))
        {
            numbers.Append(new C.NumericPoint(new C.NumericValue(bar.Length!.Value.ToString("R", CultureInfo.InvariantCulture))) { Index = (uint)number });
        }

        var series = new C.BarChartSeries(
            new C.Index { Val = 0 }, new C.Order { Val = 0 }, new C.SeriesText(new C.NumericValue("Number")), new C.ChartShapeProperties(new A.SolidFill(new A.RgbColorModelHex { Val = "0B5351" })), new C.InvertIfNegative { Val = false },
            Labels(bars), new C.CategoryAxisData(names), new C.Values(numbers));
        return new C.Chart(
            new C.AutoTitleDeleted { Val = true },
            new C.PlotArea(
                new C.Layout(),
                new C.BarChart(new C.BarDirection { Val = C.BarDirectionValues.Bar }, new C.BarGrouping { Val = C.BarGroupingValues.Clustered }, new C.VaryColors { Val = false }, series,
                    new C.GapWidth { Val = 45 }, new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 }),
                new C.CategoryAxis(
                    new C.AxisId { Val = 1 }, new C.Scaling(new C.Orientation { Val = C.OrientationValues.MaxMin }), new C.Delete { Val = false }, new C.AxisPosition { Val = C.AxisPositionValues.Left },
                    new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None }, new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low }, Letters(), new C.CrossingAxis { Val = 2 },
                    new C.Crosses { Val = C.CrossesValues.AutoZero }),
                new C.ValueAxis(
                    new C.AxisId { Val = 2 }, new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }, new C.MinAxisValue { Val = 0 }), new C.Delete { Val = true }, new C.AxisPosition { Val = C.AxisPositionValues.Bottom },
                    new C.MajorTickMark { Val = C.TickMarkValues.None }, new C.MinorTickMark { Val = C.TickMarkValues.None }, new C.TickLabelPosition { Val = C.TickLabelPositionValues.NextTo }, new C.CrossingAxis { Val = 1 },
                    new C.Crosses { Val = C.CrossesValues.AutoZero })),
            new C.PlotVisibleOnly { Val = true }, new C.DisplayBlanksAs { Val = C.DisplayBlanksAsValues.Gap });
    }

    // Each label is what the table prints, not what Word would make of the number.
    private static C.DataLabels Labels(PaperPart.Bars bars)
    {
        var labels = new C.DataLabels();
        foreach (var (bar, number) in bars.Rows.Select((bar, number) => (bar, number)).Where(pair => pair.bar.Length is not null))
        {
            labels.Append(new C.DataLabel(
                new C.Index { Val = (uint)number },
                new C.ChartText(new C.RichText(new A.BodyProperties(), new A.ListStyle(), new A.Paragraph(new A.Run(new A.RunProperties { Language = "en-GB", FontSize = 1000 }, new A.Text(PlainText.Of(bar.Printed)))))),
                new C.DataLabelPosition { Val = C.DataLabelPositionValues.OutsideEnd }, new C.ShowLegendKey { Val = false }, new C.ShowValue { Val = true }, new C.ShowCategoryName { Val = false }, new C.ShowSeriesName { Val = false },
                new C.ShowPercent { Val = false }, new C.ShowBubbleSize { Val = false }));
        }

        labels.Append(new C.ShowLegendKey { Val = false }, new C.ShowValue { Val = true }, new C.ShowCategoryName { Val = false }, new C.ShowSeriesName { Val = false }, new C.ShowPercent { Val = false }, new C.ShowBubbleSize { Val = false });
        return labels;
    }

    // Word gives a long name all the room and the bars none; the table beside has it whole.
    private static string Short(string name) => name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 2]) ? LongestName - 2 : LongestName - 1)] + "…";

    private static C.TextProperties Letters() => new(new A.BodyProperties(), new A.ListStyle(), new A.Paragraph(new A.ParagraphProperties(new A.DefaultRunProperties { FontSize = 1000 }), new A.EndParagraphRunProperties { Language = "en-GB" }));

    private static IEnumerable<C.StringPoint> Points(PaperPart.Bars bars, Func<PaperBar, string> name) =>
        bars.Rows.Select((bar, number) => new C.StringPoint(new C.NumericValue(PlainText.Of(name(bar)))) { Index = (uint)number });
}
