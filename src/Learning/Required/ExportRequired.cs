using System.Text.Json;

using Learning.Audit;
using Learning.Csv;
using Learning.People;
using Learning.Time;

namespace Learning.Required;

/// <summary>Who is in date, due and overdue, as CSV: the filter's lines, all pages of them. That somebody took them is on the audit trail (S3), though not by which words: those may be a name.</summary>
public sealed class ExportRequired(LearningDb db, AgencyRequired required, Zone zone)
{
    private static readonly string[] Header = ["id", "name", "department", "course", "title", "state", "by", "counts_by_evidence", "nudged_on"];

    /// <summary>Null for somebody who leads nothing (S2).</summary>
    public async Task<string?> RunAsync(RequiredFilter filter, Actor actor, CancellationToken stop = default)
    {
        var agencies = await required.AgenciesAsync(actor, stop);
        if (agencies.Count == 0)
        {
            return null;
        }

        var seen = await required.FindAsync(filter, agencies, all: true, stop);
        // What was typed may be a name or an address: the trail holds codes that there are.
        var agency = agencies.FirstOrDefault(place => place.Code.Equals(filter.Agency, StringComparison.OrdinalIgnoreCase))?.Code;
        var course = seen.Courses.FirstOrDefault(one => one.Code.Equals(filter.Course, StringComparison.OrdinalIgnoreCase))?.Code;
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "exported required training as CSV", SubjectKind = "people",
            Details = JsonSerializer.Serialize(new { searched = filter.Words is not null, agency, course, lines = seen.Total }),
        });
        await db.SaveChangesAsync(stop);
        return CsvFile.Text(seen.Lines.Select(line => new[]
        {
            line.PersonId.ToString(), line.Name, line.Department, line.Code, line.Course, RequiredFilter.WordOf(line.State).Replace('-', ' '), line.By is { } by ? $"{by:yyyy-MM-dd}" : "", line.Elsewhere ? "yes" : "no",
            line.NudgedAt is { } at ? $"{zone.DateOf(at):yyyy-MM-dd}" : "",
        }).Prepend(Header));
    }
}
