using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>Somebody in the list of people.</summary>
/// <param name="Agency">Where they work today; null: nowhere that is known.</param>
/// <param name="Roles">The roles they hold, in words; "trainer" among them.</param>
/// <param name="SignedInAt">When they last asked for something; null: they never signed in.</param>
/// <param name="Merged">They are counted as somebody else (P3).</param>
public sealed record PersonLine(
    Guid Id, string GivenName, string FamilyName, string? Email, string[] OtherEmails, string? Agency, string? JobTitle, string? Workforce, string[] Roles, bool HasAccount,
    DateTimeOffset? SignedInAt, bool Erased, bool Merged, long Total)
{
    /// <summary>"Amara Osei"; of somebody who was erased (P5), the number that stays.</summary>
    public string Name => PersonName.Of(GivenName, FamilyName, Id);
}

/// <summary>What a person without a name is called: "Name removed 4f2a" (P5).</summary>
public static class PersonName
{
    public static string Of(string given, string family, Guid id) => $"{given} {family}".Trim() is { Length: > 0 } name ? name : $"Name removed {id.ToString()[^4..]}";
}

/// <summary>Everybody, by family name, a page at a time: one statement, however many there are. Only for the business unit (S2); whoever was erased or merged only when asked for.</summary>
public sealed class PeopleList(LearningDb db, Zone zone)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    /// <summary>The lines of the filter's page; each says how many there are in all.</summary>
    public async Task<IReadOnlyList<PersonLine>> FindAsync(PeopleFilter filter, Actor actor, CancellationToken stop = default) =>
        actor.IsUnit ? await Ask(filter, Size, (filter.Page - 1) * Size).ToListAsync(stop) : [];

    /// <summary>All of them, as they come from the database.</summary>
    internal IAsyncEnumerable<PersonLine> EverybodyAsync(PeopleFilter filter) => Ask(filter, null, 0).AsAsyncEnumerable();

    private IQueryable<PersonLine> Ask(PeopleFilter filter, int? limit, int offset)
    {
        // Every word is a part of the name or of an address.
        string[] parts = [.. (filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Like.Holding)];
        var today = zone.Today;
        var state = filter.State?.Word();
        return db.Database.SqlQuery<PersonLine>($"""
            with recursive wanted as (
                select id from agencies where upper(code) = upper({filter.Agency}) union select a.id from agencies a join wanted w on a.parent_id = w.id),
            merged as (
                select person_id from (select distinct on (person_id) person_id, into_id from person_merges order by person_id, recorded_at desc, id desc) newest where into_id is not null),
            found as (
                select p.*, exists (select from merged m where m.person_id = p.id) as merged, count(*) over () as total
                from persons p
                where not exists (
                        select from unnest({parts}) part where p.given_name || ' ' || p.family_name not ilike part
                            and not exists (select from person_emails e where e.person_id = p.id and e.email ilike part))
                    and ({filter.Agency}::text is null or exists (
                        select from employments j join wanted w on w.id = j.agency_id where j.person_id = p.id and j.starts_on <= {today} and (j.ends_on is null or {today} < j.ends_on)))
                    and case {filter.Role} when {PeopleFilter.Trainer} then exists (select from session_trainers t where t.person_id = p.id)
                        else {filter.Role}::text is null or exists (select from role_grants g where g.person_id = p.id and g.role = {filter.Role} and g.revoked_at is null and g.starts_on <= {today} and (g.ends_on is null or {today} < g.ends_on)) end
                    and ({filter.Account}::boolean is null or {filter.Account} = exists (select from accounts a where a.person_id = p.id))
                    and case {state} when 'erased' then p.erased_at is not null
                        when 'merged' then exists (select from merged m where m.person_id = p.id)
                        else p.erased_at is null and not exists (select from merged m where m.person_id = p.id) end
                    and case {state} when 'waiting' then not exists (select from employments j where j.person_id = p.id and (j.ends_on is null or {today} < j.ends_on))
                        else true end
                order by lower(p.family_name), lower(p.given_name), p.id
                limit {limit} offset {offset})
            select p.id as "Id", p.given_name as "GivenName", p.family_name as "FamilyName", e.main as "Email", e.others as "OtherEmails", a.name as "Agency",
                j.job_title as "JobTitle", j.workforce as "Workforce", r.roles as "Roles", c.id is not null as "HasAccount",
                (select max(seen_at) from account_sessions s where s.account_id = c.id) as "SignedInAt", p.erased_at is not null as "Erased", p.merged as "Merged", p.total as "Total"
            from found p
            left join employments j on j.id = employment_on(p.id, {today})
            left join agencies a on a.id = j.agency_id
            left join accounts c on c.person_id = p.id
            cross join lateral (
                select min(email) filter (where main) as main, coalesce(array_agg(email order by email) filter (where not main), array[]::text[]) as others
                from person_emails where person_id = p.id) e
            cross join lateral (
                select array(select distinct g.role from role_grants g where g.person_id = p.id and g.revoked_at is null and g.starts_on <= {today} and (g.ends_on is null or {today} < g.ends_on)
                             union all select {PeopleFilter.Trainer} where exists (select from session_trainers t where t.person_id = p.id)) as roles) r
            order by lower(p.family_name), lower(p.given_name), p.id
            """);
    }
}
