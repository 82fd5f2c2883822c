using System.Text.Json;

using Learning.Audit;
using Learning.Figures.Publishing;
using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>A report to take away, as a published copy in one of its forms (F10): what was signed, or of a draft the newest build. That somebody took it is on the audit trail (S3), except what everybody may read.</summary>
public sealed class ExportReport(LearningDb db, ShowReport reports, ShowPublication publications, WritePublication write, Zone zone)
{
    /// <summary>The CSV of the contract, without the numbers that F6 holds back; null when there is no such report for the actor, or it has not been counted yet.</summary>
    public async Task<string?> RunAsync(string report, Actor actor, CancellationToken stop)
    {
        if (await reports.FindAsync(report, null, actor, stop) is not { Computed: { } computed } shown)
        {
            return null;
        }

        await AuditAsync("CSV", shown.Definition.Report, shown.Signed?.Signing.Revision, actor, stop);
        return ReportCsv.Write(computed, published: true);
    }

    /// <summary>The file, without the numbers that F6 holds back; null when there is no such report for the actor, or it has not been counted yet.</summary>
    /// <param name="revision">"r1"; null: the newest.</param>
    public async Task<PublicationFile?> RunAsync(string report, string? revision, PublicationForm form, Actor actor, CancellationToken stop)
    {
        if (await publications.FindAsync(report, revision, actor, stop) is not { } publication)
        {
            return null;
        }

        await AuditAsync(form.Name(), publication.Report, publication.Revision, actor, stop);
        return write.Write(publication, form);
    }

    /// <summary>A figure of it as one tidy CSV, or its chart; null when there is none for the actor.</summary>
    public async Task<string?> RunAsync(string report, string figure, string? revision, bool chart, Actor actor, CancellationToken stop)
    {
        if (await publications.FindAsync(report, revision, actor, stop) is not { } publication || publication.Figures.FirstOrDefault(one => one.Id.Equals(figure, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return null;
        }

        var text = chart ? ChartSvg.Of(found) : CsvTables.Of(found);
        if (text is not null)
        {
            await AuditAsync(chart ? "SVG" : "CSV", publication.Report, publication.Revision, actor, stop);
        }

        return text;
    }

    private async Task AuditAsync(string form, string report, int? revision, Actor actor, CancellationToken stop)
    {
        if (actor.PersonId is not null || revision is null)
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = $"exported a report as {form}", SubjectKind = "report", Details = JsonSerializer.Serialize(new { report, revision }) });
            await db.SaveChangesAsync(stop);
        }
    }
}
