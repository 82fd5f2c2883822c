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

/// <summary>A role that somebody was given, until it was taken back. A lead is lead of an agency; the others name none.</summary>
public sealed class RoleGrant
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }
    public Guid? AgencyId { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }
    public Guid? GrantedBy { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
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
