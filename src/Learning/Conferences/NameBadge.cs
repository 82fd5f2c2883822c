using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Conferences;

/// <summary>
/// Says how a delegate's name is to stand on the badge, and how it is said (B14): by themselves, before the conference. Empty is as on record. Refused: names that are too long, or of letters that cannot be
/// printed; a booking that has ended.
/// </summary>
public sealed class NameBadge(LearningDb db, Zone zone)
{
    /// <summary>Characters that a badge has room for in large letters.</summary>
    public const int Longest = 60;

    /// <returns>Null when it is kept; a sentence by the field ("BadgeName", "SaidAs", "") where not.</returns>
    public async Task<(string Field, string Sentence)?> RunAsync(Guid bookingId, string? badgeName, string? saidAs, Actor actor, CancellationToken stop = default)
    {
        var booking = await db.Bookings.Include(one => one.Session).SingleOrDefaultAsync(one => one.Id == bookingId && LearningDb.CountedAs(one.PersonId) == actor.PersonId, stop);
        if (booking is not { IsLive: true } || booking.Session!.StartsAt <= zone.Now)
        {
            return ("", "There is no place for which a badge is made");
        }

        foreach (var (field, text) in new[] { ("BadgeName", badgeName), ("SaidAs", saidAs) })
        {
            if (text?.Trim().Length > Longest)
            {
                return (field, $"Write it in {Longest} characters or fewer");
            }

            if (text?.Trim().Any(char.IsControl) == true)
            {
                return (field, "It has a character that cannot be printed");
            }
        }

        (booking.BadgeName, booking.SaidAs) = (Kept(badgeName), Kept(saidAs));
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "said what stands on their badge", SubjectKind = "booking", SubjectId = bookingId });
        await db.SaveChangesAsync(stop);
        return null;
    }

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
