using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The question for an agency as the rules of moving know it: with its successor of that day, where it has one.</summary>
internal static class MoveAgencies
{
    public static async Task<MoveAgency?> FindAsync(LearningDb db, Guid id, DateOnly day, CancellationToken stop) =>
        (await db.Database.SqlQuery<MoveAgency>($"""
            select a.id as "Id", a.name as "Name", s.name as "Successor" from agencies a left join agencies s on s.id = agency_on(a.id, {day}) and s.id <> a.id where a.id = {id}
            """).ToListAsync(stop)).SingleOrDefault();
}
