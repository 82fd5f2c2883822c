using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.People;

/// <summary>An organisation of the partnership, or a department of one: agencies form a tree.</summary>
public sealed class Agency
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required string Sector { get; set; }
    public required bool StatutoryPartner { get; set; }

    /// <summary>People in scope for training, as the agency last said; null: not known.</summary>
    public int? Headcount { get; set; }

    /// <summary>The agency that this one is a department of.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Since when name, sector and parent are what they are; the least date: as far back as anybody asks. The database keeps what they were before (P2, T4).</summary>
    public DateOnly HoldsFrom { get; set; }

    /// <summary>When that was recorded: whoever changes one of the three says so.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>A domain of e-mail addresses that proposes its agency at sign-up (P4).</summary>
public sealed class AgencyDomain
{
    public required string Domain { get; init; }
    public required Guid AgencyId { get; set; }
}

/// <summary>A merger or a rename: from a day on, another agency stands for this one. What was recorded before stays (P2).</summary>
public sealed class AgencySuccession
{
    public required Guid AgencyId { get; init; }
    public required Guid SuccessorId { get; set; }
    public required DateOnly StartsOn { get; set; }

    /// <summary>The people who worked for it went along on that day.</summary>
    public bool TookPeople { get; set; }
}

internal sealed class AgencyMap : IEntityTypeConfiguration<Agency>, IEntityTypeConfiguration<AgencyDomain>, IEntityTypeConfiguration<AgencySuccession>
{
    public void Configure(EntityTypeBuilder<Agency> builder)
    {
        builder.ToTable("agencies");
        builder.HasOne<Agency>().WithMany().HasForeignKey(agency => agency.ParentId);
    }

    public void Configure(EntityTypeBuilder<AgencyDomain> builder)
    {
        builder.ToTable("agency_domains");
        builder.HasKey(domain => domain.Domain);
        builder.HasOne<Agency>().WithMany().HasForeignKey(domain => domain.AgencyId);
    }

    public void Configure(EntityTypeBuilder<AgencySuccession> builder)
    {
        builder.ToTable("agency_successions");
        builder.HasKey(succession => succession.AgencyId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(succession => succession.AgencyId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(succession => succession.SuccessorId);
    }
}
