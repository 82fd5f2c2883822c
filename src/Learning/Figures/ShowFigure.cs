using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>A figure as its page shows it (F9).</summary>
/// <param name="Computed">Null when it cannot be counted; <paramref name="Mistake"/> says why.</param>
/// <param name="Behind">For those who see figures.</param>
/// <param name="ByRevision">How each revision prints it.</param>
public sealed record ShownFigure(
    ShownReport Report, FigureDefinition Figure, ComputedFigure? Computed, Behind? Behind, DateTimeOffset AsAt, KnownNames Names, IReadOnlyList<string> Limits, string Mistake, IReadOnlyDictionary<int, string>? ByRevision);

/// <summary>
/// Finds a figure with what is behind it: of a signed report as it was signed; of a draft as its newest build has it, so that what is listed is what the report shows, or else counted now.
/// </summary>
public sealed class ShowFigure(ShowReport reports, Signings signings, NewestBuild builds, ComputeReport compute, FigureBehind sessions, LearningDb db, Zone zone)
{
    /// <summary>Null when there is no such figure for the actor's eyes.</summary>
    public async Task<ShownFigure?> FindAsync(string report, string figure, string? revision, Actor actor, CancellationToken stop)
    {
        if (await reports.FindAsync(report, revision, actor, stop) is not { } shown || shown.Definition.Find(figure) is not { } definition)
        {
            return null;
        }

        var asAt = shown.Computed?.AsAt ?? zone.Now;
        var lastDay = shown.Definition.PeriodOf(definition).Period.LastDay;
        var names = shown.Signed is { } kept ? await signings.NamesAsync(kept, lastDay, stop) : await KnownNames.ReadAsync(db, lastDay, asAt, stop);
        var found = new ShownFigure(shown, definition, null, null, asAt, names, FigureWords.Limits(shown.Definition, definition, names), "", null);
        if (shown.Signed is { } signed)
        {
            return found with
            {
                Computed = signed.Computed.Find(definition.Id),
                Behind = actor.SeesFigures ? await signings.BehindAsync(signed.Signing, definition.Id, stop) : null,
                ByRevision = await ByRevisionAsync(signed, definition, actor, stop),
            };
        }

        try
        {
            var counted = shown.Built is { OfThisDefinition: true } built ? built : null;
            return found with
            {
                Computed = counted?.Report.Find(definition.Id) ?? (await compute.RunAsync(shown.Definition with { Figures = [definition] }, asAt, actor, stop)).Figures.Single(),
                Behind = (counted is null ? null : await builds.BehindAsync(counted, definition.Id, stop)) ?? await sessions.RunAsync(shown.Definition, definition, asAt, actor, stop),
            };
        }
        catch (DefinitionException wrong)
        {
            return found with { Mistake = wrong.Mistakes[0].What };
        }
    }

    private async Task<IReadOnlyDictionary<int, string>> ByRevisionAsync(SignedReport signed, FigureDefinition figure, Actor actor, CancellationToken stop) =>
        (await signings.FiguresAsync(signed.Signing.Report, figure.Id, stop)).ToDictionary(pair => pair.Revision, pair =>
            !actor.SeesFigures && pair.Figure.Suppressed ? ComputedRow.Hidden : FigureTable.Print(Words.Parse<Measure>(pair.Figure.Measure), actor.SeesFigures ? pair.Figure.Value : PublishedCopy.Whole(pair.Figure).Value));
}
