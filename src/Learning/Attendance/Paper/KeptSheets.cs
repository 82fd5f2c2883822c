using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Paper;

/// <summary>A sheet in the list of a register's.</summary>
/// <param name="Kept">Its bytes are there still (P5).</param>
public sealed record KeptSheet(Guid Id, string MediaType, int Size, string Sha256, DateTimeOffset SentAt, string? By, bool Kept)
{
    /// <summary>The ending of its name.</summary>
    public string Extension => MediaType switch { "application/pdf" => "pdf", "image/png" => "png", _ => "jpg" };
}

/// <summary>The question for the signed sheets of a register, for who may open it (S2). That somebody looked at one is on the audit trail (S3).</summary>
public sealed class KeptSheets(LearningDb db, RegisterSheets sheets, Zone zone)
{
    private sealed record Row(Guid Id, string MediaType, int Size, byte[] Sha256, DateTimeOffset SentAt, string? By, bool Kept);

    /// <summary>The register and its sheets, the newest last; null where it is not theirs to open.</summary>
    public async Task<(RegisterSheet Register, IReadOnlyList<KeptSheet> Sheets)?> OfAsync(string reference, Actor actor, CancellationToken stop = default) =>
        (await sheets.AskAsync(reference, actor, stop)).Sheet is not { } register ? null : (register, await OfSessionAsync(register.Session.Id, stop));

    /// <summary>The bytes of one, with what they are; null where there are none for the actor.</summary>
    public async Task<(KeptSheet Sheet, byte[] Content)?> ContentAsync(string reference, Guid id, Actor actor, CancellationToken stop = default)
    {
        if (await OfAsync(reference, actor, stop) is not var (register, all) || all.FirstOrDefault(one => one.Id == id) is not { Kept: true } sheet)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at a signed sheet", SubjectKind = "session", SubjectId = register.Session.Id });
        await db.SaveChangesAsync(stop);
        return (sheet, await db.SignedSheetFiles.Where(file => file.SheetId == id).Select(file => file.Content).SingleAsync(stop));
    }

    private async Task<IReadOnlyList<KeptSheet>> OfSessionAsync(Guid session, CancellationToken stop) =>
        [.. (await db.Database.SqlQuery<Row>($"""
            select s.id as "Id", s.media_type as "MediaType", s.size as "Size", s.sha256 as "Sha256", s.sent_at as "SentAt", btrim(p.given_name || ' ' || p.family_name) as "By",
                exists (select from signed_sheet_files f where f.sheet_id = s.id) as "Kept"
            from signed_sheets s left join persons p on p.id = s.sent_by where s.session_id = {session} order by s.sent_at, s.id
            """).ToListAsync(stop)).Select(row => new KeptSheet(row.Id, row.MediaType, row.Size, Convert.ToHexStringLower(row.Sha256), row.SentAt, row.By, row.Kept))];
}
