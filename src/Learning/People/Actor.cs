using System.ComponentModel.DataAnnotations.Schema;

using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.People;

/// <summary>Who is asking: a person with the roles they hold now, nobody, or the owner of the machine. Every verb and every question about people takes one.</summary>
public sealed record Actor(Guid? PersonId, IReadOnlySet<Role> Roles, IReadOnlySet<Guid> LeadOf, bool IsTrainer = false, bool IsMachine = false)
{
    /// <summary>A visitor who has not signed in: may see what is public.</summary>
    public static readonly Actor Nobody = new(null, new HashSet<Role>(), new HashSet<Guid>());

    /// <summary>The program's own jobs, and whoever can run commands on the machine.</summary>
    public static readonly Actor Machine = new(null, new HashSet<Role>(), new HashSet<Guid>(), IsMachine: true);

    /// <summary>The roles that are theirs and are off because this session has shown no second step (see <see cref="StrongRoles"/>).</summary>
    public IReadOnlySet<Role> Withheld { get; init; } = new HashSet<Role>();

    /// <summary>Named on a course to organise its sessions (S1); whether they still work for its owner is asked where it counts.</summary>
    public bool IsOrganiser { get; init; }

    /// <summary>Whether a passkey or a second step was shown.</summary>
    public bool IsStrong { get; init; }

    /// <summary>Acts by a link of a letter that was sent to them, without having signed in. What is written down says so.</summary>
    public bool ByLink { get; init; }

    /// <summary>The business unit sees and does all but security settings (S2); so does the machine.</summary>
    public bool IsUnit => IsMachine || Roles.Contains(Role.BusinessUnit);

    /// <summary>May see aggregates, sessions and agencies (S2).</summary>
    public bool SeesFigures => IsUnit || Roles.Contains(Role.SubgroupMember) || Roles.Contains(Role.Chair);

    /// <summary>Gives and takes roles, and keeps the site secure; sees no records for it (S2).</summary>
    public bool IsAdministrator => IsMachine || Roles.Contains(Role.Administrator);

    /// <summary>The person with all roles that are live today: those that have begun, and have neither ended nor been taken back. An agency lead leads its departments too.</summary>
    public static Task<Actor> ForAsync(LearningDb db, Guid personId, DateOnly today, CancellationToken stop = default) => ForAsync(db, personId, today, strong: true, stop);

    /// <summary>The same as a session sees it: without a second step, the roles that need one are withheld.</summary>
    public static async Task<Actor> ForAsync(LearningDb db, Guid personId, DateOnly today, bool strong, CancellationToken stop = default)
    {
        var held = await db.Database.SqlQuery<Held>($"""
            with recursive held as (
                select role, agency_id, deputy from role_grants where person_id = {personId} and revoked_at is null and starts_on <= {today} and (ends_on is null or {today} < ends_on)),
            led as (
                select agency_id as root, agency_id, deputy from held where role = 'agency lead'
                union select led.root, a.id, led.deputy from agencies a join led on a.parent_id = led.agency_id),
            -- A deputy is one for as long as they work there, whoever forgets to take it back.
            leads as (
                select agency_id from led where not deputy or exists (
                    select from led part join employments e on e.agency_id = part.agency_id
                    where part.root = led.root and e.person_id = {personId} and e.starts_on <= {today} and (e.ends_on is null or {today} < e.ends_on)))
            select distinct role, null::uuid as agency_id from held where role <> 'agency lead'
            union all select 'agency lead', null where exists (select from leads)
            union all select null, agency_id from leads
            union all select 'trainer', null where exists (select from session_trainers where person_id in (select same from persons_of({personId}) same))
            union all select 'organiser', null where exists (select from course_organisers where person_id = {personId})
            union all select 'weak', null where not {strong} and not exists (select from accounts where person_id = {personId} and second_step_exempt)
                and not exists (select from installation where name = {StrongRoles.Setting} and value = 'no')
            """).ToListAsync(stop);
        var roles = held.Where(row => row.Role is not null and not ("trainer" or "organiser" or "weak")).Select(row => Words.Parse<Role>(row.Role!)).ToHashSet();
        var withheld = held.Any(row => row.Role == "weak") ? roles.Where(StrongRoles.All.Contains).ToHashSet() : [];
        return new Actor(
            personId,
            roles.Except(withheld).ToHashSet(),
            held.Where(row => row.AgencyId is not null).Select(row => row.AgencyId!.Value).ToHashSet(),
            IsTrainer: held.Any(row => row.Role == "trainer")) { Withheld = withheld, IsStrong = strong, IsOrganiser = held.Any(row => row.Role == "organiser") };
    }

    private sealed record Held([property: Column("role")] string? Role, [property: Column("agency_id")] Guid? AgencyId);
}
