using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>A report's newest build as CSV to take away, as a published copy; that somebody took it is on the audit trail (S3).</summary>
public sealed class ExportReport(LearningDb db, NewestBuild builds, Zone zone)
{
    /// <summary>The CSV, without the numbers that F6 holds back; null when the report has not been counted yet.</summary>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<string?> RunAsync(ReportDefinition report, Actor actor, CancellationToken stop)
    {
        if (await builds.OfAsync(report, actor, stop) is not { } built)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "exported a report as CSV", SubjectKind = "report", Details = JsonSerializer.Serialize(new { report = report.Report }) });
        await db.SaveChangesAsync(stop);
        return ReportCsv.Write(built.Report, published: true);
    }
}
