using Learning.Figures;
using Learning.People;

namespace Learning.Reports;

/// <summary>A figure that several signed reports have: what each signed, oldest period first (F10: comparisons use signed values).</summary>
public sealed record SignedTrend(string Figure, string Title, IReadOnlyList<SignedPoint> Points);

/// <summary>What one report signed: its newest revision.</summary>
public sealed record SignedPoint(string Report, string Title, int Revision, string Printed, double? Value, bool Restated);

/// <summary>Figures of the same name and measure over the signed reports: a trend never mixes what is signed with what is not.</summary>
public sealed class SignedTrends(Signings signings)
{
    /// <summary>Only figures that at least two signed reports have.</summary>
    public async Task<IReadOnlyList<SignedTrend>> OfAsync(Actor actor, CancellationToken stop)
    {
        var points = new List<(SignedReport Report, FigureDefinition Definition, ComputedFigure Computed)>();
        foreach (var name in (await signings.NewestAsync(actor, stop)).Keys)
        {
            if (await signings.FindAsync(name, null, actor, stop) is { } signed)
            {
                points.AddRange(signed.Definition.Figures.Select(figure => (signed, figure, signed.Computed.Find(figure.Id)!)));
            }
        }

        return [.. points.GroupBy(point => (Id: point.Definition.Id.ToUpperInvariant(), point.Definition.Measure)).Where(same => same.Count() > 1).OrderBy(same => same.Key.Id, StringComparer.Ordinal)
            .Select(same => new SignedTrend(same.First().Definition.Id, same.First().Definition.Title, [.. same.OrderBy(point => point.Report.Definition.Period.To).Select(point => new SignedPoint(
                point.Report.Signing.Report, point.Report.Definition.Title, point.Report.Signing.Revision,
                FigureTable.Print(point.Definition.Measure, point.Computed.Value), point.Computed.Value, point.Report.Signing.Restates(point.Definition.Id)))]))];
    }
}
