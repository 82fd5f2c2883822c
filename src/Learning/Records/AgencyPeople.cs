using Learning.Attendance;
using Learning.Database;
using Learning.Membership;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>Somebody who works for a lead's agency today.</summary>
/// <param name="Department">The agency, or the part of it.</param>
/// <param name="Invited">Has an invitation that is still good.</param>
/// <param name="Note">What tells them from others of the same name.</param>
/// <param name="Last">What they attended or completed last; null: nothing yet.</param>
public sealed record AgencyPerson(
    Guid Id, string GivenName, string FamilyName, string? Email, string Department, string? JobTitle, Workforce Workforce, string? Level, bool HasAccount, bool Invited, string? Note, long Total, RecordEntry? Last)
{
    public string Name => PersonName.Of(GivenName, FamilyName, Id);
}

/// <summary>The agency in numbers, today.</summary>
/// <param name="NoAccount">Of the people, those who have never signed in.</param>
/// <param name="NoAddress">Of those, the ones without an address.</param>
/// <param name="Invited">Invitations that nobody has taken up and that are still good.</param>
public sealed record AgencyNumbers(int People, int NoAccount, int NoAddress, int Invited);

/// <summary>
/// The people of somebody's agencies and their departments, today: for their leads, and all of them for the business unit (S2). Who was merged (P3) is the one they are counted as. As many statements for a page
/// of fifty as for one.
/// </summary>
public sealed class AgencyPeople(LearningDb db, Zone zone)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    /// <summary>The agencies to choose among, in the order of their tree; those that have ended too, for as long as people are with them.</summary>
    public async Task<IReadOnlyList<AgencyPlace>> AgenciesAsync(Actor actor, CancellationToken stop = default) =>
        actor.IsUnit ? await AgencyTree.AllAsync(db, zone.Today, past: true, stop) : await AgencyTree.BelowAsync(db, [.. actor.LeadOf], zone.Today, past: true, stop);

    /// <summary>The filter's page.</summary>
    public async Task<IReadOnlyList<AgencyPerson>> FindAsync(AgencyFilter filter, IReadOnlyList<AgencyPlace> agencies, CancellationToken stop = default)
    {
        if (filter.Sort == AgencySort.Learning)
        {
            return [.. (await EverybodyAsync(filter, agencies, stop)).Skip((filter.Page - 1) * Size).Take(Size)];
        }

        return await WithLastAsync(await Ask(filter, agencies, Size, (filter.Page - 1) * Size).ToListAsync(stop), stop);
    }

    /// <summary>All of them.</summary>
    internal async Task<IReadOnlyList<AgencyPerson>> EverybodyAsync(AgencyFilter filter, IReadOnlyList<AgencyPlace> agencies, CancellationToken stop)
    {
        var all = await WithLastAsync(await Ask(filter, agencies, null, 0).ToListAsync(stop), stop);
        return filter.Sort == AgencySort.Learning ? [.. all.OrderBy(person => person.Last?.On ?? DateOnly.MinValue)] : all;
    }

    /// <summary>How they stand, whatever else the filter says.</summary>
    public async Task<AgencyNumbers> NumbersAsync(AgencyFilter filter, IReadOnlyList<AgencyPlace> agencies, CancellationToken stop = default)
    {
        var (wanted, today) = (Wanted(filter, agencies), zone.Today);
        return await db.Database.SqlQuery<AgencyNumbers>($"""
            with here as (
                select distinct p.id as person_id
                from employments e left join counted_now c on c.person_id = e.person_id join persons p on p.id = coalesce(c.counted_id, e.person_id) and p.erased_at is null
                where e.agency_id = any ({wanted}) and e.starts_on <= {today} and (e.ends_on is null or {today} < e.ends_on))
            select count(*)::int as "People", (count(*) filter (where a.id is null))::int as "NoAccount",
                (count(*) filter (where a.id is null and not exists (select from person_emails m where m.person_id = here.person_id)))::int as "NoAddress",
                (select count(*) from invitations i where i.agency_id = any ({wanted}) and i.accepted_at is null and i.withdrawn_at is null and i.ends_at > {zone.Now})::int as "Invited"
            from here left join accounts a on a.person_id = here.person_id
            """).SingleAsync(stop);
    }

    private static Guid[] Wanted(AgencyFilter filter, IReadOnlyList<AgencyPlace> agencies)
    {
        if (filter.Agency is null)
        {
            return [.. agencies.Select(place => place.Id)];
        }

        // The chosen one, and what follows it deeper in the tree.
        var at = agencies.Index().FirstOrDefault(place => place.Item.Code.Equals(filter.Agency, StringComparison.OrdinalIgnoreCase), (Index: -1, Item: null!));
        return at.Index < 0 ? [] : [at.Item.Id, .. agencies.Skip(at.Index + 1).TakeWhile(place => place.Depth > at.Item.Depth).Select(place => place.Id)];
    }

    private sealed record Row(
        Guid Id, string GivenName, string FamilyName, string? Email, string Department, string? JobTitle, string Workforce, string? Level, bool HasAccount, bool Invited, string? Note, long Total);

    private IQueryable<Row> Ask(AgencyFilter filter, IReadOnlyList<AgencyPlace> agencies, int? limit, int offset)
    {
        var (wanted, today, byDepartment) = (Wanted(filter, agencies), zone.Today, filter.Sort == AgencySort.Department);
        string[] parts = [.. (filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Like.Holding)];
        return db.Database.SqlQuery<Row>($"""
            with here as (
                select distinct on (coalesce(c.counted_id, e.person_id)) coalesce(c.counted_id, e.person_id) as counted_id, e.agency_id, e.job_title, e.workforce, e.level
                from employments e left join counted_now c on c.person_id = e.person_id
                where e.agency_id = any ({wanted}) and e.starts_on <= {today} and (e.ends_on is null or {today} < e.ends_on)
                order by coalesce(c.counted_id, e.person_id), e.main desc, e.starts_on desc, e.number desc)
            select p.id as "Id", p.given_name as "GivenName", p.family_name as "FamilyName", m.email as "Email", a.name as "Department", h.job_title as "JobTitle", h.workforce as "Workforce", h.level as "Level",
                c.id is not null as "HasAccount", n.note as "Note", count(*) over () as "Total",
                exists (select from invitations i where (i.email = m.email or i.person_id = p.id) and i.agency_id = any ({wanted}) and i.accepted_at is null and i.withdrawn_at is null and i.ends_at > {zone.Now}) as "Invited"
            from here h
            join persons p on p.id = h.counted_id and p.erased_at is null
            join agencies a on a.id = h.agency_id
            left join person_emails m on m.person_id = p.id and m.main
            left join accounts c on c.person_id = p.id
            left join people_by_name n on n.person_id = p.id
            where not exists (select from unnest({parts}) part where concat_ws(' ', p.given_name, p.family_name, m.email, n.note) not ilike part)
            order by case when {byDepartment} then lower(a.name) end, lower(p.family_name), lower(p.given_name), p.id
            limit {limit} offset {offset}
            """);
    }

    private async Task<IReadOnlyList<AgencyPerson>> WithLastAsync(List<Row> people, CancellationToken stop)
    {
        var record = await MyRecord.OfAsync(db, [.. people.Select(person => person.Id)], stop);
        return people.ConvertAll(row => new AgencyPerson(
            row.Id, row.GivenName, row.FamilyName, row.Email, row.Department, row.JobTitle, Words.Parse<Workforce>(row.Workforce), row.Level, row.HasAccount, row.Invited, row.Note, row.Total, record[row.Id].FirstOrDefault()));
    }
}
