using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Forgets addresses that somebody said were theirs and never confirmed, a day after their code ran out, and changes of a main address 30 days after they ended (P5).</summary>
public sealed class ForgetAddressClaims(LearningDb db, Zone zone)
{
    /// <summary>How many were forgotten.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var (day, month) = (zone.Now.AddDays(-1), zone.Now.AddDays(-30));
        return await db.AddressClaims.Where(claim => claim.EndsAt < day).ExecuteDeleteAsync(stop)
            + await db.MainAddressChanges.Where(change => change.EndsAt < month || change.EndedAt < month).ExecuteDeleteAsync(stop);
    }
}
