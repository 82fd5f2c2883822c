using Learning.People;

namespace Learning.Figures.Drafts;

/// <summary>What a figure of a draft gives now.</summary>
/// <param name="Sentence">As it would be quoted.</param>
/// <param name="Own">Its period, where that is not the report's.</param>
public sealed record PreviewedFigure(string Id, string Title, string Sentence, ComputedFigure Computed, Measure Measure, Period? Own);

/// <summary>A draft counted now, before anything of it is kept.</summary>
/// <param name="Empty">Nothing at all is on record for it.</param>
public sealed record Preview(Period Period, IReadOnlyList<PreviewedFigure> Figures, bool Empty);

/// <summary>Counts a draft as at now, by the one way in which figures are made, and keeps nothing of it. For those who may write it.</summary>
public sealed class PreviewDraft(ComputeReport compute)
{
    /// <exception cref="UnauthorizedAccessException">The actor is not of the business unit.</exception>
    public async Task<Preview> RunAsync(ReportDefinition definition, Actor actor, CancellationToken stop)
    {
        if (!WriteDefinition.May(actor))
        {
            throw new UnauthorizedAccessException("The business unit drafts reports (rule F7).");
        }

        var computed = await compute.RunAsync(definition, null, actor, stop);
        var figures = definition.Figures.Select(figure => (Figure: figure, Computed: computed.Find(figure.Id)!)).ToList();
        return new Preview(
            new Period(computed.From, computed.To),
            [.. figures.Select(one => new PreviewedFigure(one.Figure.Id, one.Figure.Title, FigureWords.Sentence(one.Figure, one.Computed.Phrase), one.Computed, one.Figure.Measure, one.Computed is { From: { } from, To: { } to } ? new Period(from, to) : null))],
            figures.TrueForAll(one => one.Computed.Value is null or 0));
    }
}
