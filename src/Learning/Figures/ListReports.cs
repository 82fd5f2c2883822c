using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>A line of the list of reports.</summary>
/// <param name="Signed">The newest revision that the reader may see.</param>
public sealed record ListedReport(string Name, string Title, Period Period, int Figures, Signing? Signed, DateTimeOffset? CountedAt, bool ToDate);

/// <summary>The reports, and for the business unit the mistakes of definitions that cannot be read.</summary>
public sealed record ListedReports(IReadOnlyList<ListedReport> Reports, IReadOnlyList<DefinitionMistake> Mistakes);

/// <summary>The list of reports: for those who see figures (S2) drafts, too; for everybody what is published (F7).</summary>
public sealed class ListReports(ReportDefinitions files, Signings signings, NewestBuild builds, LearningDb db, Zone zone)
{
    public async Task<ListedReports> ForAsync(Actor actor, CancellationToken stop)
    {
        var signed = await signings.NewestAsync(actor, stop);
        var listed = new List<ListedReport>();
        var digests = signed.Values.Select(signing => signing.DefinitionDigest).ToList();
        var texts = await db.ReportVersions.AsNoTracking().Where(version => digests.Contains(version.Digest)).ToDictionaryAsync(version => version.Digest, version => version.Yaml, stop);
        foreach (var signing in signed.Values)
        {
            var definition = ReadReport.Text($"{signing.Report}.yaml", texts[signing.DefinitionDigest]).At(zone.DateOf(signing.AsAt));
            listed.Add(new ListedReport(signing.Report, definition.Title, definition.Period, definition.Figures.Count, signing, null, definition.ToDate));
        }

        var mistakes = (IReadOnlyList<DefinitionMistake>)[];
        if (actor.SeesFigures)
        {
            var times = await builds.TimesAsync(stop);
            var (definitions, wrong) = await files.AllAsync(stop);
            mistakes = actor.IsUnit ? wrong : [];
            listed.AddRange(definitions.Where(definition => !signed.ContainsKey(definition.Report)).Select(definition => definition.At(zone.DateOf(times.TryGetValue(definition.Report, out var at) ? at : zone.Now))).Select(definition => new ListedReport(
                definition.Report, definition.Title, definition.Period, definition.Figures.Count, null, times.TryGetValue(definition.Report, out var at) ? at : null, definition.ToDate)));
        }

        return new ListedReports([.. listed.OrderByDescending(report => report.Period.To).ThenBy(report => report.Name, StringComparer.Ordinal)], mistakes);
    }
}
