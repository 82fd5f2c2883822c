using Microsoft.EntityFrameworkCore;

namespace Learning.Web;

/// <summary>Who a person is in a line, to themselves: "Amara Osei, Social worker, Children's Services", by the employment of today (P2).</summary>
public static class SelfWords
{
    public static async Task<string?> OfAsync(LearningDb db, Guid person, DateOnly today, CancellationToken stop = default) =>
        (await db.Database.SqlQuery<string>($"""
            select concat_ws(', ', nullif(btrim(p.given_name || ' ' || p.family_name), ''), e.job_title, a.name) as "Value"
            from persons p
            left join employments e on e.id = employment_on(p.id, {today})
            left join agencies a on a.id = e.agency_id
            where p.id = {person}
            """).ToListAsync(stop)).SingleOrDefault();
}
