using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
    public static async Task<Actor> ForAsync(LearningDb db, Guid personId, DateOnly today, bool strong, CancellationToken stop = default) =>
        Of(personId, strong, await db.RolesOf(personId, today, strong).ToListAsync(stop));

    /// <summary>The person with what <see cref="LearningDb.RolesOf"/> says.</summary>
    internal static Actor Of(Guid personId, bool strong, IReadOnlyCollection<HeldRole> held)
    {
        var roles = held.Where(row => row.Role is not null and not ("trainer" or "organiser" or "weak")).Select(row => Words.Parse<Role>(row.Role!)).ToHashSet();
        var withheld = held.Any(row => row.Role == "weak") ? roles.Where(StrongRoles.All.Contains).ToHashSet() : [];
        return new Actor(
            personId,
            roles.Except(withheld).ToHashSet(),
            held.Where(row => row.AgencyId is not null).Select(row => row.AgencyId!.Value).ToHashSet(),
            IsTrainer: held.Any(row => row.Role == "trainer")) { Withheld = withheld, IsStrong = strong, IsOrganiser = held.Any(row => row.Role == "organiser") };
    }
}

/// <summary>A role that somebody holds today, or an agency that they lead.</summary>
internal sealed record HeldRole(string? Role, Guid? AgencyId);

internal sealed class HeldRoleMap : IEntityTypeConfiguration<HeldRole>
{
    public void Configure(EntityTypeBuilder<HeldRole> builder) => builder.HasNoKey().ToTable((string?)null);
}
