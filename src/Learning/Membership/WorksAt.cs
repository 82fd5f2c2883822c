using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The agency of a person's employment of a day, of several the main one (P2).</summary>
public static class WorksAt
{
    /// <summary>Its name; null where they work nowhere that is known.</summary>
    public static async Task<string?> TodayAsync(LearningDb db, Guid person, DateOnly today, CancellationToken stop = default) =>
        (await db.Database.SqlQuery<string>($"""
            select a.name as "Value" from employments e join agencies a on a.id = e.agency_id where e.id = employment_on({person}, {today})
            """).ToListAsync(stop)).SingleOrDefault();
}
