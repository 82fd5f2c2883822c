using Microsoft.EntityFrameworkCore;

namespace Learning.People;

/// <summary>Who has an address (P6), or, where that person was merged into another, who they are now (P3).</summary>
public static class AddressHolder
{
    /// <summary>The person's id; null where nobody has the address.</summary>
    public static async Task<Guid?> OfAsync(LearningDb db, string email, CancellationToken stop = default) =>
        (await db.Database.SqlQuery<Guid?>($"""select counted_as(person_id) as "Value" from person_emails where email = {PersonEmail.Normal(email)}""").ToListAsync(stop)).SingleOrDefault();
}
