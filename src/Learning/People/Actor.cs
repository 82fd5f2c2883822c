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

    /// <summary>The business unit sees and does all but security settings (S2); so does the machine.</summary>
    public bool IsUnit => IsMachine || Roles.Contains(Role.BusinessUnit);

    /// <summary>May see aggregates, sessions and agencies (S2).</summary>
    public bool SeesFigures => IsUnit || Roles.Contains(Role.SubgroupMember) || Roles.Contains(Role.Chair);

    /// <summary>The person with the roles that are live now. An agency lead leads its departments too.</summary>
    public static async Task<Actor> ForAsync(LearningDb db, Guid personId, CancellationToken stop = default)
    {
        var held = await db.Database.SqlQuery<Held>($"""
            with recursive led as (
                select agency_id from role_grants where person_id = {personId} and revoked_at is null and role = 'agency lead'
                union select a.id from agencies a join led on a.parent_id = led.agency_id)
            select distinct role, null::uuid as agency_id from role_grants where person_id = {personId} and revoked_at is null
            union all select null, agency_id from led
            union all select 'trainer', null where exists (select from session_trainers where person_id = {personId})
            """).ToListAsync(stop);
        return new Actor(
            personId,
            held.Where(row => row.Role is not null and not "trainer").Select(row => Words.Parse<Role>(row.Role!)).ToHashSet(),
            held.Where(row => row.AgencyId is not null).Select(row => row.AgencyId!.Value).ToHashSet(),
            IsTrainer: held.Any(row => row.Role == "trainer"));
    }

    private sealed record Held([property: Column("role")] string? Role, [property: Column("agency_id")] Guid? AgencyId);
}
