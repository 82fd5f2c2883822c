using Learning.Messages;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Publishing;

/// <summary>
/// Finds a report as a publication: what was signed, or for those who see figures a draft as it was counted last. Without what F6 holds back, whoever asks. Earlier and later values beside a figure are those of
/// reports that everybody can read (F10).
/// </summary>
public sealed class ShowPublication(ShowReport reports, Signings signings, MakePublished make, Letterhead letterhead, LearningDb db)
{
    /// <summary>Null when there is no such report for the actor, or it has not been counted yet.</summary>
    public async Task<PublishedReport?> FindAsync(string report, string? revision, Actor actor, CancellationToken stop)
    {
        if (await reports.FindAsync(report, revision, actor, stop) is not { Computed: { } computed } shown)
        {
            return null;
        }

        var names = new Dictionary<DateOnly, KnownNames>();
        foreach (var day in shown.Definition.LastDays)
        {
            names[day] = shown.Signed is { } signed ? await signings.NamesAsync(signed, day, stop) : await KnownNames.ReadAsync(db, day, computed.AsAt, stop);
        }

        return make.Of(new ToPublish(shown.Definition, computed, names, shown.Signed?.Signing, await TrendsAsync(shown, stop)), letterhead.From.Name);
    }

    /// <summary>A figure as each report that everybody can read signed it, the one that is shown among them; one alone is no trend.</summary>
    public async Task<IReadOnlyList<PublishedPoint>> TrendAsync(ShownReport shown, string figure, CancellationToken stop) => (await TrendsAsync(shown, stop)).GetValueOrDefault(figure) ?? [];

    // Drafts are compared with nothing: what they say can still change.
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<PublishedPoint>>> TrendsAsync(ShownReport shown, CancellationToken stop)
    {
        if (shown.Signed is not { } own)
        {
            return new Dictionary<string, IReadOnlyList<PublishedPoint>>();
        }

        var all = new List<SignedReport> { own };
        foreach (var name in (await signings.NewestAsync(Actor.Nobody, stop)).Keys.Where(name => !name.Equals(own.Signing.Report, StringComparison.OrdinalIgnoreCase)))
        {
            if (await signings.FindAsync(name, null, Actor.Nobody, stop) is { } other)
            {
                all.Add(other);
            }
        }

        return shown.Definition.Figures.ToDictionary(figure => figure.Id, figure => (IReadOnlyList<PublishedPoint>)[.. all.OrderBy(report => report.Definition.Period.To)
            .Select(report => (report, Same: report.Definition.Find(figure.Id), Computed: report.Computed.Find(figure.Id)))
            .Where(point => point.Same?.Measure == figure.Measure && point.Computed is not null)
            .Select(point => new PublishedPoint(
                point.report.Definition.Title, FigureWords.Reference(point.report.Signing.Report, figure.Id, point.report.Signing.Revision), make.Cell(figure.Measure, PublishedCopy.Whole(point.Computed!))))]);
    }
}
