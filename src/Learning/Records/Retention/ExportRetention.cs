using System.Globalization;
using System.Text.Json;

using Learning.Audit;
using Learning.Csv;
using Learning.People;
using Learning.Time;

namespace Learning.Records.Retention;

/// <summary>
/// Who is going to be erased, as CSV to take away. That somebody took it is on the audit trail (S3), though not by which words: those may be a name. What a spreadsheet would take for a formula is
/// written as text.
/// </summary>
public sealed class ExportRetention(LearningDb db, RetentionList list, Zone zone)
{
    private static readonly string[] Header = ["id", "given_name", "family_name", "email", "agency", "last_active_on", "last_activity", "erased_on", "notice_sent_on", "notice", "kept_since", "kept_for", "stays_because"];

    /// <summary>False, and nothing written, for anybody but the business unit (S2).</summary>
    public async Task<bool> RunAsync(RetentionFilter filter, Actor actor, Func<Stream> output, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "exported who is going to be erased as CSV", SubjectKind = "people",
            Details = JsonSerializer.Serialize(new { searched = filter.Words is not null, state = filter.State?.ToString() }),
        });
        await db.SaveChangesAsync(stop);

        await using var text = new StreamWriter(output());
        await using var csv = CsvFile.To(text);
        await csv.LineAsync(Header);
        await foreach (var one in list.EverybodyAsync(filter).WithCancellation(stop))
        {
            await csv.LineAsync(
            [
                one.Id.ToString(), one.GivenName, one.FamilyName, one.Email ?? "", one.Agency ?? "", Day(one.LastActiveOn), RetentionWords.Activity(one.What),
                one.HeldSince is null && one.Since is null ? Day(one.EraseOn) : "", one.SentAt is { } sent ? Day(zone.DateOf(sent)) : "", one.Notice ?? "none",
                one.HeldSince is { } held ? Day(zone.DateOf(held)) : "", one.HeldFor ?? "", one.Refused ?? (one.Since is { } since ? $"Active again on {Day(since)}" : ""),
            ]);
        }

        return true;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
