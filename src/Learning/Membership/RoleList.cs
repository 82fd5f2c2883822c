using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What somebody looks for among the roles; null: any. What is no role is no filter.</summary>
/// <param name="Past">Those that were taken back or have ended, instead of those that are held or will be.</param>
public sealed record RoleFilter(string? Words, Role? Role, bool Past, int Page)
{
    /// <summary>Reads what an address asks for.</summary>
    public static RoleFilter Of(string? words, string? role, string? past, string? page) => new(
        words?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } said ? said : null, Learning.Database.Words.TryParse<Role>(role, out var one) ? one : null,
        past == "yes", int.TryParse(page, out var number) && number is > 0 and < 100_000 ? number : 1);

    /// <summary>The address of the list with this filter.</summary>
    public string Address
    {
        get
        {
            var asked = new (string Name, string? Value)[] { ("q", Words), ("role", Role?.Word()), ("past", Past ? "yes" : null), ("page", Page > 1 ? Page.ToString(British.Culture) : null) }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "/manage/roles" : $"/manage/roles?{string.Join('&', asked)}";
        }
    }
}

/// <summary>A role that somebody holds, will hold or held.</summary>
/// <param name="WorksFor">The agency of today, so that two of one name are told apart.</param>
/// <param name="ApprovedBy">The second person, where it took one.</param>
public sealed record RoleHeld(
    Guid Id, string Name, string? WorksFor, string RoleWord, Guid? AgencyId, string? Agency, bool Deputy, DateOnly StartsOn, DateOnly? EndsOn, string? GivenBy, string? ApprovedBy,
    DateTimeOffset? RevokedAt, string? RevokedBy, string? RevokedReason)
{
    /// <summary>"Agency lead of Essex Police".</summary>
    public string Role => RoleWords.Of(Words.Parse<Role>(RoleWord), Agency, Deputy);

    /// <summary>The last day on which it is held.</summary>
    public DateOnly? LastDay => EndsOn?.AddDays(-1);
}

/// <summary>Who holds which role since when, given by whom, until when: one statement. For administrators; of leads and deputies alone also for the business unit, and for leads of their own agencies.</summary>
public sealed class RoleList(LearningDb db, Zone zone)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    /// <summary>The roles of a filter, by name, and whether there are more; nothing for anybody but an administrator.</summary>
    public async Task<(IReadOnlyList<RoleHeld> Lines, bool More)> FindAsync(RoleFilter filter, Actor actor, CancellationToken stop = default)
    {
        var rows = actor.IsAdministrator ? await ReadAsync(filter, null, null, Size + 1, stop) : [];
        return ([.. rows.Take(Size)], rows.Count > Size);
    }

    /// <summary>A role that is held, or will be, and that the actor may take back; else null.</summary>
    public async Task<RoleHeld?> OneAsync(Guid id, Actor actor, CancellationToken stop = default) => await TakeRole.FindAsync(db, id, actor, zone.Today, stop) is null
        ? null : (await ReadAsync(Held, id, null, 1, stop)).SingleOrDefault();

    /// <summary>The deputies of the agencies that the actor leads, as lead or as deputy.</summary>
    public async Task<IReadOnlyList<RoleHeld>> DeputiesAsync(Actor actor, CancellationToken stop = default) =>
        [.. (await ReadAsync(Held with { Role = People.Role.AgencyLead }, null, [.. actor.LeadOf], Everything, stop)).Where(lead => lead.Deputy)];

    /// <summary>The leads and deputies of all agencies. The caller has decided that the reader may know.</summary>
    internal Task<List<RoleHeld>> LeadsAsync(CancellationToken stop) => ReadAsync(Held with { Role = People.Role.AgencyLead }, null, null, Everything, stop);

    private const int Everything = 10_000;

    private static readonly RoleFilter Held = new(null, null, Past: false, 1);

    private Task<List<RoleHeld>> ReadAsync(RoleFilter filter, Guid? one, Guid[]? agencies, int most, CancellationToken stop)
    {
        var (role, like, of) = (filter.Role?.Word(), filter.Words is null ? null : $"%{filter.Words.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%", agencies ?? []);
        return db.Database.SqlQuery<RoleHeld>($"""
            select g.id as "Id", case when p.erased_at is null then btrim(p.given_name || ' ' || p.family_name) else 'A person who was erased' end as "Name",
                (select a.name from employments e join agencies a on a.id = e.agency_id where e.id = employment_on(p.id, {zone.Today})) as "WorksFor",
                g.role as "RoleWord", g.agency_id as "AgencyId", l.name as "Agency", g.deputy as "Deputy", g.starts_on as "StartsOn", g.ends_on as "EndsOn",
                btrim(b.given_name || ' ' || b.family_name) as "GivenBy", btrim(s.given_name || ' ' || s.family_name) as "ApprovedBy",
                g.revoked_at as "RevokedAt", btrim(t.given_name || ' ' || t.family_name) as "RevokedBy", g.revoked_reason as "RevokedReason"
            from role_grants g join persons p on p.id = g.person_id
            left join agencies l on l.id = g.agency_id left join persons b on b.id = g.granted_by left join persons t on t.id = g.revoked_by
            left join role_requests r on r.id = g.request_id left join persons s on s.id = r.decided_by
            where (g.revoked_at is not null or (g.ends_on is not null and g.ends_on <= {zone.Today})) = {filter.Past}
                and ({one}::uuid is null or g.id = {one}) and ({role}::text is null or g.role = {role})
                and ({agencies is null} or g.agency_id = any ({of}))
                and ({like}::text is null or p.given_name || ' ' || p.family_name ilike {like} or l.name ilike {like} or exists (select from person_emails m where m.person_id = p.id and m.email ilike {like}))
            order by case when {filter.Past} then coalesce(g.revoked_at, g.ends_on::timestamptz) end desc, l.name nulls first, p.family_name, p.given_name, g.role, g.starts_on, g.id
            limit {most} offset {(filter.Page - 1) * Size}
            """).ToListAsync(stop);
    }
}
