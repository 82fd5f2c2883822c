using Learning.Audit;
using Learning.Attendance;
using Learning.Catalogue;
using Learning.Figures.Publishing;
using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Certificates;

/// <summary>One's own record as a tagged PDF, for a new employer: what was attended and completed with the agency of the day, certificates with their numbers, learning elsewhere. That it was taken is on the audit trail (S3).</summary>
public sealed class RecordPaper(LearningDb db, WholeRecord record, PaperPictures pictures, Letterhead head, Zone zone)
{
    /// <summary>The asker's own, as it is today.</summary>
    public async Task<byte[]> RunAsync(Actor actor, CancellationToken stop = default)
    {
        var seen = await record.OfAsync(actor, stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "took their learning record away", SubjectKind = "person", SubjectId = actor.PersonId });
        await db.SaveChangesAsync(stop);
        return PdfFile.Write(Of(seen), pictures);
    }

    private Paper Of(RecordSeen seen)
    {
        List<PaperPart> parts =
        [
            new PaperPart.Heading(1, "Learning record"),
            new PaperPart.Prose(seen.Name, PaperTone.Lead),
            new PaperPart.Prose($"As {head.From.Name} had it on {British.Date(zone.Today)}: {British.Count(seen.Lines.Count, "entry", "entries")}, {seen.Hours.ToString("0.##", British.Culture)} CPD hours. It says what was recorded, and not how anybody practises."),
        ];
        Add(parts, "Attended and completed", "Course", ["Date", "How", "Agency then", "CPD hours"], seen.Lines, line =>
            (line.Entry.Title, [British.DateWithoutDay(line.Entry.On), line.Entry.Completion ? "Completed" : "Attended", line.Agency ?? "Not known", line.Entry.CpdHours?.ToString("0.##", British.Culture) ?? ""]));
        Add(parts, "Certificates", "Course", ["Number", "Learnt on", "Counts until", "State"], [.. seen.Certificates.Where(one => one.ReplacedById is null)], one =>
            (one.CourseTitle, [one.Spelt.Replace('-', ' '), British.DateWithoutDay(one.HeldOn), one.LastDay is { } last ? British.DateWithoutDay(last) : "For good", CertificateWords.Of(one.On(zone.Today))]));
        Add(parts, "Learnt elsewhere, accepted by the agency", "Training", ["Date", "Given by", "Counts as"], seen.Elsewhere, one => (one.Title, [British.DateWithoutDay(one.On), one.Provider, one.CountsAs]));
        parts.Add(new PaperPart.Prose($"Each certificate can be checked by its number at {head.Site.ToString().TrimEnd('/')}/verify", PaperTone.Quiet));
        return new Paper($"Learning record: {seen.Name}", $"Learning record of {seen.Name}, {British.DateWithoutDay(zone.Today)}", false, parts);
    }

    private static void Add<T>(List<PaperPart> parts, string title, string first, string[] columns, IReadOnlyList<T> rows, Func<T, (string Name, string[] Cells)> read)
    {
        parts.Add(new PaperPart.Heading(2, title));
        if (rows.Count == 0)
        {
            parts.Add(new PaperPart.Prose("Nothing is recorded."));
            return;
        }

        parts.Add(new PaperPart.Grid(title, new PublishedTable("", first, columns, [.. rows.Select(read).Select(row => new PublishedRow(row.Name, [.. row.Cells.Select(cell => new PublishedCell(cell, null))]))], null, [])));
    }
}
