using Microsoft.EntityFrameworkCore;

namespace Learning.People;

/// <summary>Who is asking: a person with the roles they hold now, nobody, or the owner of the machine. Every verb and every question about people takes one.</summary>
public sealed record Actor(Guid? PersonId, IReadOnlySet<Role> Roles, IReadOnlySet<Guid> LeadOf, bool IsMachine = false)
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
        var grants = await db.RoleGrants.AsNoTracking().Where(grant => grant.PersonId == personId && grant.RevokedAt == null).ToListAsync(stop);
        var led = grants.Where(grant => grant.AgencyId is not null).Select(grant => grant.AgencyId!.Value).ToArray();
        if (led.Length > 0)
        {
            led = await db.Database.SqlQuery<Guid>($"""
                with recursive tree as (
                    select id from agencies where id = any({led})
                    union select a.id from agencies a join tree on a.parent_id = tree.id)
                select id as "Value" from tree
                """).ToArrayAsync(stop);
        }

        return new Actor(personId, grants.Select(grant => grant.Role).ToHashSet(), led.ToHashSet());
    }
}
