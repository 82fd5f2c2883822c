namespace Learning.Figures;

/// <summary>The definitions under content/reports/: read anew each time, so that a corrected file counts at once.</summary>
public sealed class ReportFiles(string folder)
{
    /// <summary>Every definition, the newest period first, and the mistakes of those that cannot be read.</summary>
    public async Task<(IReadOnlyList<ReportDefinition> Reports, IReadOnlyList<DefinitionMistake> Mistakes)> AllAsync(CancellationToken stop)
    {
        var reports = new List<ReportDefinition>();
        var mistakes = new List<DefinitionMistake>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToArray() : [])
        {
            try
            {
                var report = await ReadReport.FileAsync(file, stop);
                if (reports.Exists(other => other.Report.Equals(report.Report, StringComparison.OrdinalIgnoreCase)))
                {
                    mistakes.Add(new DefinitionMistake(file, 1, 1, $"another file defines the report '{report.Report}' already"));
                    continue;
                }

                reports.Add(report);
            }
            catch (DefinitionException wrong)
            {
                mistakes.AddRange(wrong.Mistakes);
            }
        }

        return ([.. reports.OrderByDescending(report => report.Period.To).ThenBy(report => report.Report, StringComparer.Ordinal)], mistakes);
    }

    /// <summary>The definition of a report; null when there is none that can be read.</summary>
    public async Task<ReportDefinition?> FindAsync(string report, CancellationToken stop) =>
        (await AllAsync(stop)).Reports.FirstOrDefault(definition => definition.Report.Equals(report, StringComparison.OrdinalIgnoreCase));
}
