using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>A report as CSV to take away, as a published copy: what was signed, or of a draft the newest build. That somebody took it is on the audit trail (S3), except what everybody may read.</summary>
public sealed class ExportReport(LearningDb db, ShowReport reports, Zone zone)
{
    /// <summary>The CSV, without the numbers that F6 holds back; null when there is no such report for the actor, or it has not been counted yet.</summary>
    public async Task<string?> RunAsync(string report, Actor actor, CancellationToken stop)
    {
        if (await reports.FindAsync(report, null, actor, stop) is not { Computed: { } computed } shown)
        {
            return null;
        }

        if (actor.PersonId is not null || shown.Signed is null)
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "exported a report as CSV", SubjectKind = "report", Details = JsonSerializer.Serialize(new { report = shown.Definition.Report }) });
            await db.SaveChangesAsync(stop);
        }

        return ReportCsv.Write(computed, published: true);
    }
}
