using System.Globalization;
using System.Text.Json;

using Learning.Audit;
using Learning.Csv;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// The lines of the audit trail that were asked for, as CSV, written as they come from the database. That somebody took them is on the trail first (S3). What a spreadsheet would take for
/// a formula is written as text.
/// </summary>
public sealed class ExportTrail(LearningDb db, TrailSearch trail, Zone zone)
{
    private static readonly string[] Header = ["number", "at", "actor", "actor_name", "did", "subject_kind", "subject", "details"];

    /// <summary>False, and nothing written, for anybody but an administrator (S2).</summary>
    public async Task<bool> RunAsync(TrailFilter filter, Actor actor, Func<Stream> output, CancellationToken stop = default)
    {
        if (!actor.IsAdministrator)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "exported the audit trail as CSV", SubjectKind = "trail", SubjectId = filter.Subject,
            Details = JsonSerializer.Serialize(new { person = filter.Who is not null, verb = filter.Verb, kind = filter.Kind, from = filter.From, until = filter.Until }),
        });
        await db.SaveChangesAsync(stop);

        await using var text = new StreamWriter(output());
        await using var csv = CsvFile.To(text);
        await csv.LineAsync(Header);
        await foreach (var line in (await trail.AllAsync(filter, stop)).WithCancellation(stop))
        {
            await csv.LineAsync(
            [
                line.Id.ToString(CultureInfo.InvariantCulture), line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), line.ActorId?.ToString() ?? "",
                line.Actor ?? "", line.Verb, line.SubjectKind, line.SubjectId?.ToString() ?? "", line.Details ?? "",
            ]);
        }

        return true;
    }
}
