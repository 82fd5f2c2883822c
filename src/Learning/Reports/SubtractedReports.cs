using Learning.Figures;
using Learning.People;
using Learning.Time;

namespace Learning.Reports;

/// <summary>
/// What a reader could work out of a report's figures by subtracting them from each other, or from those of other reports that are signed (F6): whoever signs is told of each, and accepts it by name or has a
/// figure taken out.
/// </summary>
public sealed class SubtractedReports(LearningDb db, Signings signings, Zone zone)
{
    private const string Key = "subtract ";

    /// <summary>Whether something to accept is a warning of this kind.</summary>
    public static bool Told(UnfinishedItem item) => item.Key.StartsWith(Key, StringComparison.Ordinal);

    /// <summary>The warnings about a report as it was counted; they name no person and no number.</summary>
    public async Task<IReadOnlyList<UnfinishedItem>> OfAsync(ReportDefinition report, ComputedReport computed, Actor actor, CancellationToken stop)
    {
        var signed = await FiguresAsync(report.At(zone.DateOf(computed.AsAt)), computed, stop);
        var others = new List<SubtractedFigure>();
        foreach (var name in (await signings.NewestAsync(actor, stop)).Keys.Where(name => !name.Equals(report.Report, StringComparison.OrdinalIgnoreCase)))
        {
            if (await signings.FindAsync(name, null, actor, stop) is { } other)
            {
                others.AddRange(await FiguresAsync(other.Definition, other.Computed, stop));
            }
        }

        return [.. Subtractions.Of(signed, others).Select(found => new UnfinishedItem($"{Key}{found.Larger.Reference} {found.Smaller.Reference}", found.Words, null))];
    }

    private async Task<IReadOnlyList<SubtractedFigure>> FiguresAsync(ReportDefinition report, ComputedReport computed, CancellationToken stop)
    {
        IReadOnlyDictionary<string, Scope> scopes;
        try
        {
            scopes = await Scope.OfAsync(db, report, computed.AsAt, stop);
        }
        catch (DefinitionException)
        {
            // A code of an older report that is gone: there is nothing to compare it by.
            return [];
        }

        return [.. report.Figures.Where(figure => computed.Find(figure.Id) is not null)
            .Select(figure => new SubtractedFigure(FigureWords.Reference(report.Report, figure.Id), figure, scopes[figure.Id], computed.Find(figure.Id)!))];
    }
}
