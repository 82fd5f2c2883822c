using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>What a mail service reports of a letter that it had accepted.</summary>
/// <param name="Address">Whose it was.</param>
/// <param name="MessageId">The letter's own, where the service says it.</param>
/// <param name="Permanent">Whether trying again is of no use; what is not only delays.</param>
public sealed record ReportedBounce(string Address, string? MessageId, bool Permanent, string? Reason);

/// <summary>
/// Writes down what came back after all (M5): the address is marked until its owner confirms it or somebody of the business unit sends to it again, and the letter's row says so. Reported twice is once; an address that
/// nobody has is left out. Delays change nothing.
/// </summary>
public sealed class RecordBounces(LearningDb db, Zone zone)
{
    /// <summary>How many addresses were marked now.</summary>
    public async Task<int> RunAsync(IReadOnlyCollection<ReportedBounce> bounces, CancellationToken stop = default)
    {
        var (now, marked) = (zone.Now, 0);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        foreach (var bounce in bounces.Where(one => one.Permanent).DistinctBy(one => (PersonEmail.Normal(one.Address), one.MessageId)))
        {
            var (address, reason) = (PersonEmail.Normal(bounce.Address), Letter.OneLine(bounce.Reason ?? "") is { Length: > 0 } said ? said[..Math.Min(said.Length, 300)] : "no reason was given");
            marked += await db.Database.ExecuteSqlAsync($"update person_emails set bounced_at = {now}, bounce_reported = true where email = {address} and not (bounced_at is not null and bounce_reported)", stop);
            if (MessageOf(bounce.MessageId) is { } message)
            {
                await db.Database.ExecuteSqlAsync($"""
                    update messages set outcome = {"came back: " + reason} where id = {message} and state = 'sent' and lower(sent_to) = {address}
                    """, stop);
            }
        }

        await transaction.CommitAsync(stop);
        return marked;
    }

    // <32 hexadecimal digits@…>: made of the row's id (Letter.IdOf).
    private static Guid? MessageOf(string? id) => Guid.TryParseExact(id?.Trim().TrimStart('<').Split('@')[0], "N", out var message) ? message : null;
}
