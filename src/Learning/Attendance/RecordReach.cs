using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

using Learning.Audit;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>
/// Writes down how many came to a session who gave no account (C3): reach, never trained, and nobody by name. By whoever may take the register. A batch that is sent twice counts once. Refused for no
/// one or more than <see cref="Most"/>, for an agency that is not known, before the session, and on a cancelled one.
/// </summary>
public sealed class RecordReach(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>Written down at once.</summary>
    public const int Most = 2000;

    /// <param name="batch">Of the form: the same number again changes nothing.</param>
    /// <param name="agency">Its code; null: not known.</param>
    /// <returns>The field and the sentence of a refusal; null: it is recorded. Where there is no such register for the actor, the field is empty.</returns>
    public async Task<(string Field, string Sentence)?> RunAsync(string reference, Guid batch, int people, string? agency, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!RegisterSheets.IsReference(reference) || await db.LockSessionAsync(reference, stop) is not { } session
            || (await RegisterState.OfAsync(db, session.Id, actor, stop)).Access(actor, session, zone) is not RegisterAccess.Open)
        {
            return ("", "There is no such register, or it is not open.");
        }

        if (people is < 1 or > Most)
        {
            return ("Input.People", $"Write how many came, from 1 to {Most}");
        }

        if (session.Status == SessionStatus.Cancelled || session.StartsAt > zone.Now)
        {
            return ("Input.People", session.Status == SessionStatus.Cancelled ? "This session is cancelled" : "This session has not begun");
        }

        Guid? from = null;
        if (!string.IsNullOrWhiteSpace(agency))
        {
            from = await db.Agencies.Where(known => known.Code == agency).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(stop);
            if (from is null)
            {
                return ("Input.Agency", "Choose an agency of the list, or none");
            }
        }

        var now = zone.Now;
        var ids = Enumerable.Range(0, people).Select(number => IdOf(batch, number)).ToList();
        if (!await db.CheckIns.AnyAsync(known => ids.Contains(known.Id), stop))
        {
            db.CheckIns.AddRange(ids.Select(id => new CheckIn { Id = id, SessionId = session.Id, AgencyId = from, CheckedInAt = now, RecordedAt = now, RecordedBy = actor.PersonId }));
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "recorded reach", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { people }) });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return null;
    }

    // The same batch gives the same ids.
    private static Guid IdOf(Guid batch, int number)
    {
        Span<byte> bytes = stackalloc byte[20];
        batch.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], number);
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }
}
