using System.Text.Json;

using Learning.Audit;
using Learning.Csv;
using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Records;

/// <summary>
/// A lead's people as CSV to take away; that somebody took them is on the audit trail (S3), though not by which words: those may be a name. What a spreadsheet would take for a formula is written as text.
/// </summary>
public sealed class ExportAgencyPeople(LearningDb db, AgencyPeople people, Zone zone)
{
    private static readonly string[] Header =
        ["id", "given_name", "family_name", "email", "department", "job_title", "workforce", "level", "has_account", "last_learning", "last_learning_on", "note"];

    /// <summary>Null for somebody who leads nothing (S2).</summary>
    public async Task<string?> RunAsync(AgencyFilter filter, Actor actor, CancellationToken stop = default)
    {
        var agencies = await people.AgenciesAsync(actor, stop);
        if (agencies.Count == 0)
        {
            return null;
        }

        var all = await people.EverybodyAsync(filter, agencies, stop);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "exported an agency's people as CSV", SubjectKind = "people",
            Details = JsonSerializer.Serialize(new { searched = filter.Words is not null, agency = filter.Agency, people = all.Count }),
        });
        await db.SaveChangesAsync(stop);

        return CsvFile.Text(all.Select(person => new[]
        {
            person.Id.ToString(), person.GivenName, person.FamilyName, person.Email ?? "", person.Department, person.JobTitle ?? "", person.Workforce.Word(), person.Level ?? "", person.HasAccount ? "yes" : "no",
            person.Last?.Title ?? "", person.Last is { } last ? $"{last.On:yyyy-MM-dd}" : "", person.Note ?? "",
        }).Prepend(Header));
    }
}
