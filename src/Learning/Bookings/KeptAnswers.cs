using Learning.Database;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>The answers to programs that ask with a key (<see cref="AskedOnce"/>), kept in the transaction of what they asked for, so that both are there or neither.</summary>
internal static class KeptAnswers
{
    private sealed record Row(byte[] AskedHash, string? Outcome, Guid? BookingId, int? Position, string? Reason);

    /// <summary>
    /// Null where the key is new, or older than a day: it is the caller's transaction's now, and whoever asks with the same one waits for its end. Else what was answered; where something else had been
    /// asked, <see cref="BookingOutcome.OtherwiseAsked"/>. To be called before the session is locked: nobody who holds a session waits for a key.
    /// </summary>
    public static async Task<BookingOutcome?> FindAsync(LearningDb db, AskedOnce once, DateTimeOffset now, CancellationToken stop)
    {
        var taken = await db.Database.SqlQuery<bool>($"""
            insert into kept_answers as a (key_hash, asked_hash, asked_at) values ({once.Key}, {once.Asked}, {now})
            on conflict (key_hash) do update set asked_hash = excluded.asked_hash, asked_at = excluded.asked_at, outcome = null, booking_id = null, position = null, reason = null
            where a.asked_at <= {now - AskedOnce.Kept}
            returning true as "Value"
            """).ToListAsync(stop);
        if (taken.Count == 1)
        {
            return null;
        }

        var row = (await db.Database.SqlQuery<Row>($"""
            select asked_hash as "AskedHash", outcome as "Outcome", booking_id as "BookingId", position as "Position", reason as "Reason" from kept_answers where key_hash = {once.Key}
            """).ToListAsync(stop)).Single();
        return !row.AskedHash.AsSpan().SequenceEqual(once.Asked) ? new BookingOutcome.OtherwiseAsked() : row.Outcome switch
        {
            "confirmed" => new BookingOutcome.Confirmed(row.BookingId!.Value),
            "waiting" => new BookingOutcome.Waiting(row.BookingId!.Value, row.Position!.Value),
            "requested" => new BookingOutcome.Requested(row.BookingId!.Value),
            _ => new BookingOutcome.Refused(Words.Parse<BookingReason>(row.Reason!)),
        };
    }

    /// <summary>Keeps what is answered; the caller commits.</summary>
    public static async Task KeepAsync(LearningDb db, AskedOnce once, BookingOutcome outcome, CancellationToken stop)
    {
        var (word, booking, position, reason) = outcome switch
        {
            BookingOutcome.Confirmed one => ("confirmed", one.Id, (int?)null, null),
            BookingOutcome.Waiting one => ("waiting", one.Id, one.Position, null),
            BookingOutcome.Requested one => ("requested", one.Id, null, null),
            BookingOutcome.Refused one => ("refused", (Guid?)null, (int?)null, one.Reason.Word()),
            _ => throw new InvalidOperationException("Only what a booking came to is kept."),
        };
        await db.Database.ExecuteSqlAsync($"update kept_answers set outcome = {word}, booking_id = {booking}, position = {position}, reason = {reason} where key_hash = {once.Key}", stop);
    }
}

/// <summary>Forgets the answers to programs that are kept no longer. A second run finds nothing.</summary>
public sealed class ForgetAnswers(LearningDb db, Zone zone)
{
    /// <summary>How many were forgotten.</summary>
    public Task<int> RunAsync(CancellationToken stop = default)
    {
        var before = zone.Now - AskedOnce.Kept;
        return db.Database.ExecuteSqlAsync($"delete from kept_answers where asked_at <= {before}", stop);
    }
}
