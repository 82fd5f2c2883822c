using System.Runtime.Serialization;

using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>What a person may be besides a practitioner (rule S1). Trainers are named on their sessions.</summary>
public enum Role
{
    [EnumMember(Value = "agency lead")]
    AgencyLead,

    [EnumMember(Value = "subgroup member")]
    SubgroupMember,

    [EnumMember(Value = "chair")]
    Chair,

    [EnumMember(Value = "business unit")]
    BusinessUnit,

    [EnumMember(Value = "administrator")]
    Administrator,
}

/// <summary>A role that somebody was given: from its first day up to, not including, its last, unless it is taken back before. A lead is lead of an agency; the others name none.</summary>
public sealed class RoleGrant
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }
    public Guid? AgencyId { get; init; }

    /// <summary>Appointed by the agency's lead, and may appoint nobody.</summary>
    public bool Deputy { get; init; }
    public required DateOnly StartsOn { get; init; }

    /// <summary>The first day on which it is not held any more; null: until it is taken back.</summary>
    public DateOnly? EndsOn { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>Null: at the command line.</summary>
    public Guid? GrantedBy { get; init; }

    /// <summary>What a second person approved, where it takes one.</summary>
    public Guid? RequestId { get; init; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedBy { get; private set; }
    public string? RevokedReason { get; private set; }

    /// <summary>Takes it back, at once.</summary>
    public void Revoke(DateTimeOffset at, Guid? by, string reason) => (RevokedAt, RevokedBy, RevokedReason) = (at, by, reason);
}

/// <summary>Which roles are held.</summary>
public static class HeldRoles
{
    /// <summary>Those that are held on a day, which is today.</summary>
    public static IQueryable<RoleGrant> HeldOn(this IQueryable<RoleGrant> grants, DateOnly today) =>
        grants.Where(grant => grant.RevokedAt == null && grant.StartsOn <= today && (grant.EndsOn == null || today < grant.EndsOn));
}

internal sealed class RoleGrantMap : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("role_grants");
        builder.Property(grant => grant.Role).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(grant => grant.PersonId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(grant => grant.AgencyId);
    }
}
