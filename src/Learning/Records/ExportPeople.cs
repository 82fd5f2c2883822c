using System.Globalization;
using System.Text.Json;

using Learning.Audit;
using Learning.Csv;
using Learning.People;
using Learning.Time;

namespace Learning.Records;

/// <summary>
/// The people of a filter as CSV to take away, written as they come from the database. That somebody took them is on the audit trail (S3), by which filters but not by
/// which words: those may be a name. What a spreadsheet would take for a formula is written as text.
/// </summary>
public sealed class ExportPeople(LearningDb db, PeopleList people, Zone zone)
{
    private static readonly string[] Header =
        ["id", "given_name", "family_name", "email", "other_emails", "agency", "job_title", "workforce", "roles", "has_account", "last_seen"];

    /// <summary>False, and nothing written, for anybody but the business unit (S2).</summary>
    public async Task<bool> RunAsync(PeopleFilter filter, Actor actor, Func<Stream> output, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "exported people as CSV", SubjectKind = "people",
            Details = JsonSerializer.Serialize(new { searched = filter.Words is not null, agency = filter.Agency, role = filter.Role, account = filter.Account, state = filter.State?.ToString() }),
        });
        await db.SaveChangesAsync(stop);

        await using var text = new StreamWriter(output());
        await using var csv = CsvFile.To(text);
        await csv.LineAsync(Header);
        await foreach (var person in people.EverybodyAsync(filter).WithCancellation(stop))
        {
            await csv.LineAsync(
            [
                person.Id.ToString(), person.GivenName, person.FamilyName, person.Email ?? "", string.Join(';', person.OtherEmails), person.Agency ?? "", person.JobTitle ?? "",
                person.Workforce ?? "", string.Join(';', person.Roles), person.HasAccount ? "yes" : "no", person.SignedInAt is { } seen ? zone.LocalOf(seen).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "",
            ]);
        }

        return true;
    }
}
