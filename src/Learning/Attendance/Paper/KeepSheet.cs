using System.Security.Cryptography;

using Learning.Audit;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Paper;

/// <summary>
/// Keeps a photograph or a scan of the signed sheet with the register, for whoever may open that (S2), also when it is signed. It is taken for what it is, not for what it is called: JPEG, PNG or PDF of 10 MB at
/// most, without what a camera writes besides the picture. The same photograph is kept once.
/// </summary>
public sealed class KeepSheet(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <returns>The sentence of a refusal; null: it is kept, by this press or an earlier one. Where there is no such register for the actor, it is empty.</returns>
    public async Task<string?> RunAsync(string reference, byte[] content, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session
            || (await RegisterState.OfAsync(db, session.Id, actor, stop)).Access(actor, session, zone) is not RegisterAccess.Open)
        {
            return "";
        }

        var (type, kept, wrong) = SheetRules.Read(content);
        if (wrong is not null)
        {
            return wrong;
        }

        var hash = SHA256.HashData(content);
        if (await db.SignedSheets.AnyAsync(sheet => sheet.SessionId == session.Id && sheet.Sha256 == hash, stop))
        {
            return null;
        }

        if (await db.SignedSheets.CountAsync(sheet => sheet.SessionId == session.Id, stop) >= SheetRules.Most)
        {
            return $"{SheetRules.Most} sheets are kept with this register already";
        }

        var now = zone.Now;
        var id = Guid.CreateVersion7(now);
        db.SignedSheets.Add(new SignedSheet { Id = id, SessionId = session.Id, MediaType = type!, Size = kept!.Length, Sha256 = hash, SentAt = now, SentBy = actor.PersonId });
        db.SignedSheetFiles.Add(new SignedSheetFile { SheetId = id, Content = kept });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "kept a signed sheet with a register", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }

    /// <summary>Takes a sheet away that was kept by mistake, such as one of another register, before the register is signed. Nothing happens where it is signed or is not theirs to open.</summary>
    public async Task TakeAwayAsync(string reference, Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session
            || await RegisterState.OfAsync(db, session.Id, actor, stop) is not { Signed: false } state || state.Access(actor, session, zone) is not RegisterAccess.Open
            || await db.SignedSheets.SingleOrDefaultAsync(sheet => sheet.Id == id && sheet.SessionId == session.Id, stop) is not { } sheet)
        {
            return;
        }

        db.SignedSheets.Remove(sheet);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "took a sheet away from a register", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}
