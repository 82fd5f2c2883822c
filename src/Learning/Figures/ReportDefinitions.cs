using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>Who wrote the definition that a report has now, and when.</summary>
public sealed record WrittenBy(string Name, DateTimeOffset At);

/// <summary>
/// The definition that each report has now: the one that was written last on the page, or else its file under content/reports/. What was counted or signed by an earlier one keeps that (F7).
/// </summary>
public sealed class ReportDefinitions(ReportFiles files, LearningDb db)
{
    /// <summary>Every definition, the newest period first, and the mistakes of those that cannot be read.</summary>
    public async Task<(IReadOnlyList<ReportDefinition> Reports, IReadOnlyList<DefinitionMistake> Mistakes)> AllAsync(CancellationToken stop)
    {
        var (ofFiles, wrong) = await files.AllAsync(stop);
        var (reports, mistakes) = (new List<ReportDefinition>(), new List<DefinitionMistake>(wrong));
        foreach (var written in await WrittenAsync(null, stop))
        {
            try
            {
                reports.Add(Read(written));
            }
            catch (DefinitionException unreadable)
            {
                mistakes.AddRange(unreadable.Mistakes);
            }
        }

        var names = reports.Select(report => report.Report).ToHashSet(StringComparer.OrdinalIgnoreCase);
        reports.AddRange(ofFiles.Where(file => !names.Contains(file.Report)));
        return ([.. reports.OrderByDescending(report => report.Period.To).ThenBy(report => report.Report, StringComparer.Ordinal)], mistakes);
    }

    /// <summary>The definition of a report; null when there is none that can be read.</summary>
    public async Task<ReportDefinition?> FindAsync(string report, CancellationToken stop)
    {
        if ((await WrittenAsync(report, stop)).SingleOrDefault() is not { } written)
        {
            return await files.FindAsync(report, stop);
        }

        try
        {
            return Read(written);
        }
        catch (DefinitionException)
        {
            return null;
        }
    }

    /// <summary>Who wrote the definition that a report has now; null where it is a file's.</summary>
    public async Task<WrittenBy?> ByAsync(string report, CancellationToken stop) => (await WrittenAsync(report, stop)).SingleOrDefault() is { } written ? new WrittenBy(written.Name, written.At) : null;

    private static ReportDefinition Read(Written written) => ReadReport.Text($"{written.Report}.yaml", written.Yaml);

    private Task<List<Written>> WrittenAsync(string? report, CancellationToken stop) => db.Database.SqlQuery<Written>($"""
        select distinct on (upper(d.report)) d.report as "Report", v.yaml as "Yaml", d.written_at as "At", btrim(p.given_name || ' ' || p.family_name) as "Name"
        from report_drafts d join report_definitions v on v.digest = d.digest join persons p on p.id = d.written_by
        where {report}::text is null or upper(d.report) = upper({report})
        order by upper(d.report), d.id desc
        """).ToListAsync(stop);

    private sealed record Written(string Report, string Yaml, DateTimeOffset At, string Name);
}
