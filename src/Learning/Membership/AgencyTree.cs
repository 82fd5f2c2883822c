using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>An agency in its tree: how deep it lies below the first, and its name with those above it, "Southend-on-Sea City Council: Housing".</summary>
public sealed record AgencyPlace(Guid Id, string Code, string Name, int Depth, string FullName);

/// <summary>Agencies with the departments below them, each after the one it belongs to, by name. One statement.</summary>
public static class AgencyTree
{
    /// <summary>These agencies and all below them. Only what stands for itself today: another stands for those that were merged or renamed (P4), unless <paramref name="past"/> ones are wanted too.</summary>
    public static async Task<IReadOnlyList<AgencyPlace>> BelowAsync(LearningDb db, IReadOnlyCollection<Guid> roots, DateOnly today, bool past = false, CancellationToken stop = default)
    {
        var wanted = roots.ToArray();
        return await db.Database.SqlQuery<AgencyPlace>($"""
            with recursive tree as (
                select id, code, name, 0 as depth, name as full_name, array[lower(name), id::text] as place from agencies
                where id = any ({wanted}) and (parent_id is null or not parent_id = any ({wanted}))
                union all
                select a.id, a.code, a.name, t.depth + 1, t.full_name || ': ' || a.name, t.place || array[lower(a.name), a.id::text] from agencies a join tree t on a.parent_id = t.id where t.depth < 10)
            select id as "Id", code as "Code", name as "Name", depth as "Depth", full_name as "FullName" from tree t
            where {past} or not exists (select from agency_successions s where s.agency_id = t.id and s.starts_on <= {today})
            order by place
            """).ToListAsync(stop);
    }

    /// <summary>Every agency, likewise.</summary>
    public static async Task<IReadOnlyList<AgencyPlace>> AllAsync(LearningDb db, DateOnly today, bool past = false, CancellationToken stop = default) =>
        await BelowAsync(db, await db.Agencies.Select(agency => agency.Id).ToListAsync(stop), today, past, stop);

    /// <summary>The whole tree that an agency belongs to: what it is a department of, however far up, and all below that.</summary>
    public static async Task<Guid[]> WholeAsync(LearningDb db, Guid agency, CancellationToken stop = default) => [.. await db.Database.SqlQuery<Guid>($"""
        with recursive up as (
            select id, parent_id, 0 as step from agencies where id = {agency}
            union all select a.id, a.parent_id, u.step + 1 from agencies a join up u on a.id = u.parent_id where u.step < 10),
        tree as (
            select id, 0 as step from (select id from up order by step desc limit 1) top
            union all select a.id, t.step + 1 from agencies a join tree t on a.parent_id = t.id where t.step < 20)
        select distinct id as "Value" from tree
        """).ToListAsync(stop)];
}
