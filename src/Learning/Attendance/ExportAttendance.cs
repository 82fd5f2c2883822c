using System.Globalization;

using Learning.Audit;
using Learning.Csv;
using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Attendance;

/// <summary>What stands in a session's register as CSV to take away, a line for each person, or empty seat, and part, for whoever organises it (S1). That somebody took it is on the audit trail (S3).</summary>
public sealed class ExportAttendance(LearningDb db, RegisterSheets sheets, Zone zone)
{
    private static readonly string[] Header = ["session", "part", "starts", "name", "agency", "booked", "mark", "minutes", "came_instead", "marked_at", "recorded_at", "disputed", "attended_course", "signed", "seat"];

    /// <summary>False, and nothing written, for anybody else.</summary>
    public async Task<bool> RunAsync(string reference, Actor actor, Func<string, Stream> output, CancellationToken stop = default)
    {
        if (await sheets.OfOrganisedAsync(reference, actor, stop) is not { } sheet)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "exported a register as CSV", SubjectKind = "session", SubjectId = sheet.Session.Id });
        await db.SaveChangesAsync(stop);
        await using var text = new StreamWriter(output($"attendance-{CsvFile.NamePart(sheet.Session.Ref)}.csv"));
        await using var csv = CsvFile.To(text);
        await csv.LineAsync(Header);
        foreach (var person in sheet.People)
        {
            foreach (var part in sheet.Parts)
            {
                var says = person.Marks.GetValueOrDefault(part.Id);
                await csv.LineAsync(
                [
                    sheet.Session.Ref, part.Number.ToString(CultureInfo.InvariantCulture), Local(part.StartsLocal), person.Name, person.Agency ?? "", YesNo(person.BookingId is not null), says?.Mark.Kind.Word() ?? "",
                    says?.Mark.Minutes?.ToString(CultureInfo.InvariantCulture) ?? "", says?.SubstituteName ?? "", says is null ? "" : Local(zone.LocalOf(says.Mark.MarkedAt)), says is null ? "" : Local(zone.LocalOf(says.Mark.RecordedAt)),
                    YesNo(says?.Disputed == true), YesNo(sheet.Attended(person)), YesNo(sheet.State.Signed), person.Seat ?? "",
                ]);
            }
        }

        foreach (var seat in sheet.Seats)
        {
            foreach (var part in sheet.Parts.Where(part => seat.In(part.Id) is not null))
            {
                var says = seat.Marks.GetValueOrDefault(part.Id)?.Mark;
                await csv.LineAsync(
                [
                    sheet.Session.Ref, part.Number.ToString(CultureInfo.InvariantCulture), Local(part.StartsLocal), "", seat.Agency ?? "", "no", seat.In(part.Id)!.Value.Word(), "", "",
                    says is null ? "" : Local(zone.LocalOf(says.MarkedAt)), says is null ? "" : Local(zone.LocalOf(says.RecordedAt)), "no", "no", YesNo(sheet.State.Signed), seat.Seat,
                ]);
            }
        }

        return true;
    }

    private static string Local(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string YesNo(bool so) => so ? "yes" : "no";
}
