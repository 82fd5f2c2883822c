using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>An agency in the business unit's list.</summary>
/// <param name="Depth">How deep it lies below the first of its tree.</param>
/// <param name="Under">The agency that it is a department of.</param>
/// <param name="People">Who works for it today, its departments' people not included.</param>
/// <param name="Successor">Who stands for it, now or from a day to come.</param>
public sealed record AgencyLine(
    Guid Id, string Code, string Name, string Sector, int Depth, string? Under, int People, int Domains, string? Successor, DateOnly? SuccessorFrom);

/// <summary>Everything about an agency for the business unit.</summary>
/// <param name="Before">What it was called, and where it belonged, before; the newest first.</param>
/// <param name="Predecessors">Whom it stands for.</param>
public sealed record AgencySeen(
    Agency Agency, Agency? Parent, IReadOnlyList<string> Domains, int People, IReadOnlyList<AgencyLine> Departments, AgencySuccession? Succession, Agency? Successor,
    IReadOnlyList<(string Name, DateOnly From)> Predecessors, IReadOnlyList<AgencyBefore> Before);

/// <summary>What held of an agency, up to a day.</summary>
public sealed record AgencyBefore(string Name, string Sector, string? Parent, DateOnly From, DateOnly Until);

/// <summary>The business unit's questions about agencies. Nothing for anybody else (S2).</summary>
public sealed class AgencyList(LearningDb db, Zone zone)
{
    private sealed record History(long Id, string Name, string Sector, string? Parent, DateOnly From);

    /// <summary>The tree, each agency after the one it is part of, by name; or, of those whose name, code or domain holds what was asked for, all. One statement.</summary>
    public async Task<IReadOnlyList<AgencyLine>> AskAsync(string? words, Actor actor, CancellationToken stop = default) => !actor.IsUnit ? [] : await LinesAsync(words, null, stop);

    /// <summary>One; null where there is none.</summary>
    public async Task<AgencySeen?> FindAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await db.Agencies.AsNoTracking().SingleOrDefaultAsync(agency => agency.Id == id, stop) is not { } agency)
        {
            return null;
        }

        var lines = await LinesAsync(null, id, stop);
        var succession = await db.AgencySuccessions.AsNoTracking().SingleOrDefaultAsync(row => row.AgencyId == id, stop);
        var predecessors = await db.AgencySuccessions.Where(row => row.SuccessorId == id).Join(db.Agencies, row => row.AgencyId, other => other.Id, (row, other) => new { other.Name, row.StartsOn })
            .OrderBy(row => row.StartsOn).ToListAsync(stop);
        return new AgencySeen(
            agency, await db.Agencies.AsNoTracking().SingleOrDefaultAsync(other => other.Id == agency.ParentId, stop),
            await db.AgencyDomains.Where(domain => domain.AgencyId == id).Select(domain => domain.Domain).Order().ToListAsync(stop), lines.Single(line => line.Id == id).People,
            [.. lines.Where(line => line.Id != id)], succession, succession is null ? null : await db.Agencies.AsNoTracking().SingleAsync(other => other.Id == succession.SuccessorId, stop),
            predecessors.ConvertAll(row => (row.Name, row.StartsOn)), await BeforeAsync(id, stop));
    }

    private Task<List<AgencyLine>> LinesAsync(string? words, Guid? only, CancellationToken stop)
    {
        var like = JoiningRules.Said(words) is { } said ? Like.Holding(said) : null;
        return db.Database.SqlQuery<AgencyLine>($"""
            with recursive tree as (
                select id, parent_id, 0 as depth, array[lower(name), id::text] as place from agencies where case when {only}::uuid is null then parent_id is null else id = {only} end
                union all
                select a.id, a.parent_id, t.depth + 1, t.place || array[lower(a.name), a.id::text] from agencies a join tree t on a.parent_id = t.id where t.depth < 10)
            select a.id as "Id", a.code as "Code", a.name as "Name", a.sector as "Sector", t.depth as "Depth", up.name as "Under",
                (select count(distinct e.person_id) from employments e where e.agency_id = a.id and e.starts_on <= {zone.Today} and (e.ends_on is null or {zone.Today} < e.ends_on))::int as "People",
                (select count(*) from agency_domains d where d.agency_id = a.id)::int as "Domains", s.name as "Successor", n.starts_on as "SuccessorFrom"
            from tree t join agencies a on a.id = t.id
            left join agencies up on up.id = a.parent_id left join agency_successions n on n.agency_id = a.id left join agencies s on s.id = n.successor_id
            where {like}::text is null or a.name ilike {like} or a.code ilike {like} or exists (select from agency_domains d where d.agency_id = a.id and d.domain ilike {like})
            order by t.place
            """).ToListAsync(stop);
    }

    // Each line of the history holds from its day until that of the next that holds later; one that was corrected never held.
    private async Task<IReadOnlyList<AgencyBefore>> BeforeAsync(Guid id, CancellationToken stop)
    {
        var lines = await db.Database.SqlQuery<History>($"""
            select h.id as "Id", h.name as "Name", h.sector as "Sector", p.name as "Parent", h.starts_on as "From"
            from agency_history h left join agencies p on p.id = h.parent_id where h.agency_id = {id} order by h.id desc
            """).ToListAsync(stop);
        var before = new List<AgencyBefore>();
        var until = lines[0].From;
        foreach (var line in lines.Skip(1).Where(line => line.From < until))
        {
            before.Add(new AgencyBefore(line.Name, line.Sector, line.Parent, line.From, until));
            until = line.From;
        }

        return before;
    }
}
