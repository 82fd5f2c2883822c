using System.Globalization;
using System.Text.Json;

using Learning.Audit;
using Learning.Bookings;
using Learning.Csv;
using Learning.Membership;
using Learning.People;
using Learning.Time;

namespace Learning.Records;

/// <summary>
/// Late cancellations and no-shows as CSV to take away (B12): an agency's statement for its lead, and the charges for finance, which are what is not excused and costs something. That somebody took them is
/// on the trail (S3). What a spreadsheet would take for a formula is written as text.
/// </summary>
public sealed class ExportAbsences(LearningDb db, AgencyPeople people, Zone zone)
{
    /// <summary>Null for somebody who leads nothing (S2).</summary>
    public async Task<string?> StatementAsync(StatementPeriod period, Actor actor, CancellationToken stop = default)
    {
        var agencies = await people.AgenciesAsync(actor, stop);
        if (agencies.Count == 0)
        {
            return null;
        }

        var all = await Absences.ListAsync(db, zone, period.From, period.To, [.. agencies.Select(place => place.Id)], actor, stop);
        await NoteAsync("exported an agency's statement as CSV", period, all.Count, actor, stop);
        return CsvFile.Text(all.Select(one => new[] { $"{one.On:yyyy-MM-dd}", one.Ref, one.Title, one.AgencyCode ?? "", one.Agency ?? "", one.Called, RecordWords.Absence(one.Kind), one.Excused ? "yes" : "no" })
            .Prepend(["date", "session", "course", "agency_code", "agency", "person", "what", "excused"]));
    }

    /// <summary>Null where nothing costs anything, or for somebody who is not of the business unit.</summary>
    public async Task<string?> ChargesAsync(StatementPeriod period, Actor actor, CancellationToken stop = default)
    {
        var charges = await Charges.ReadAsync(db, stop);
        if (!actor.IsUnit || charges is { Late: null, NoShow: null })
        {
            return null;
        }

        var charged = (await Absences.ListAsync(db, zone, period.From, period.To, null, actor, stop)).Select(one => (one, Amount: charges.Of(one))).Where(row => row.Amount is not null).ToList();
        await NoteAsync("exported the charges as CSV", period, charged.Count, actor, stop);
        return CsvFile.Text(charged.Select(row => new[]
            {
                row.one.AgencyCode ?? "", row.one.Agency ?? "not known", $"{row.one.On:yyyy-MM-dd}", row.one.Ref, row.one.Title, row.one.Name ?? "", RecordWords.Absence(row.one.Kind),
                row.Amount!.Value.ToString("0.00", CultureInfo.InvariantCulture), row.one.Booking.ToString(),
            }).Prepend(["agency_code", "agency", "date", "session", "course", "person", "what", "amount_gbp", "booking"]));
    }

    private async Task NoteAsync(string verb, StatementPeriod period, int lines, Actor actor, CancellationToken stop)
    {
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "people", Details = JsonSerializer.Serialize(new { from = $"{period.From:yyyy-MM-dd}", to = $"{period.To:yyyy-MM-dd}", lines }),
        });
        await db.SaveChangesAsync(stop);
    }
}

/// <summary>What an absence costs.</summary>
public static class AbsenceCharges
{
    /// <summary>Null: nothing, because it is excused or because it is not charged here.</summary>
    public static decimal? Of(this Charges charges, Absence absence) => absence.Excused ? null : absence.Kind == AbsenceKind.Late ? charges.Late : charges.NoShow;
}
