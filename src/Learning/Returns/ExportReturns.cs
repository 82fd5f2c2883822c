using System.Text.Json;

using Learning.Audit;
using Learning.Csv;
using Learning.People;
using Learning.Time;

namespace Learning.Returns;

/// <summary>The matrix of a year as CSV: a line for each agency, level and quarter, "not known" where nothing was returned, "not yet" while the quarter runs. That somebody took it is on the audit trail (S3).</summary>
public sealed class ExportReturns(LearningDb db, ReturnsMatrix matrix, Zone zone)
{
    private static readonly string[] Header = ["agency", "agency_name", "level", "quarter", "in_scope", "valid", "compliance"];

    /// <param name="published">As a published table prints it: X for what stands for 1 to 5 people (F6), and no numbers of people.</param>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<(string Name, string Csv)> RunAsync(string? year, bool published, Actor actor, CancellationToken stop = default)
    {
        var seen = await matrix.OfAsync(year, null, null, actor, stop);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "exported training returns as CSV", SubjectKind = "figures", Details = JsonSerializer.Serialize(new { year = seen.Year.Key, published }),
        });
        await db.SaveChangesAsync(stop);
        return ($"training-returns-{seen.Year.Key}{(published ? "-published" : "")}.csv", CsvFile.Text(seen.Rows.SelectMany(row => row.Quarters.Select((cell, i) => Line(row, seen.Year, i + 1, cell, published))).Prepend(Header)));
    }

    private string[] Line(MatrixRow row, ReturnsYear year, int quarter, MatrixCell? cell, bool published) =>
    [
        row.Code, row.Agency, row.Level, year.QuarterKey(quarter), cell is null || published ? "" : $"{cell.InScope}", cell is null || published ? "" : $"{cell.Valid}",
        cell is null ? year.Nothing(quarter, zone.Today) : published ? cell.Printed : cell.Share,
    ];
}
