using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>Keeps the text of a definition as a version of its report, once. For verbs that count or sign, in their transaction.</summary>
internal static class KeepDefinition
{
    /// <summary>The lock under which a report gets a version or a signature: whoever comes second sees what the first did.</summary>
    public static Task LockAsync(LearningDb db, string report, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"report: " + report.ToUpperInvariant()}, 0))", stop);

    /// <summary>Call it under the lock.</summary>
    /// <param name="by">Who wrote it on the page; null: it is a file.</param>
    public static Task RunAsync(LearningDb db, ReportDefinition definition, DateTimeOffset now, Guid? by, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into report_definitions (digest, report, version, yaml, kept_at, kept_by)
        select {definition.Digest}, {definition.Report}, coalesce(max(version), 0) + 1, {definition.Yaml}, {now}, {by} from report_definitions where report = {definition.Report}
        on conflict (digest) do nothing
        """, stop);
}
