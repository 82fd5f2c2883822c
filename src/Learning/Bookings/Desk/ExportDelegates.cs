using System.Globalization;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Csv;
using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>The list of a session's people as CSV to take away, for whoever organises it (S1). That somebody took it is on the audit trail (S3). What a spreadsheet would take for a formula is written as text.</summary>
public sealed class ExportDelegates(LearningDb db, Zone zone)
{
    private static readonly string[] Header = ["session", "name", "email", "agency", "state", "number_in_line", "has_needs", "kept_place", "booked_at"];

    /// <summary>False, and nothing written, for anybody else.</summary>
    public async Task<bool> RunAsync(string reference, DelegateFilter filter, Actor actor, Func<string, Stream> output, CancellationToken stop = default)
    {
        if (await OrganisedSession.FindAsync(db, reference, actor, zone.Today, stop) is not { } session)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "exported a delegate list as CSV", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        var lines = await Delegates.OfAsync(db, session, filter, stop);
        await using var text = new StreamWriter(output($"delegates-{CsvFile.NamePart(session.Ref)}.csv"));
        await using var csv = CsvFile.To(text);
        await csv.LineAsync(Header);
        foreach (var line in lines)
        {
            await csv.LineAsync(
            [
                session.Ref, line.Name, line.Email ?? "", line.Agency ?? "", line.State.Word(), line.Position?.ToString(CultureInfo.InvariantCulture) ?? "", line.HasNeeds ? "yes" : "no",
                line.HasKept ? "yes" : "no", zone.LocalOf(line.BookedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            ]);
        }

        return true;
    }
}
