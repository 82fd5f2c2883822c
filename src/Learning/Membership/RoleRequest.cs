using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>What became of a request.</summary>
public enum RoleDecision
{
    Approved,
    Refused,

    /// <summary>By whoever asked.</summary>
    Withdrawn,
}

/// <summary>Somebody asked that a person be given a role, and a second person has to approve it: neither who asked nor whom it is about. The database keeps that, too.</summary>
public sealed class RoleRequest
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }
    public Guid? AgencyId { get; init; }
    public required DateOnly StartsOn { get; init; }

    /// <summary>The first day on which it is not held any more; null: until it is taken back.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Why, for whoever decides.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required Guid AskedBy { get; init; }
    public RoleDecision? Decision { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>Decides it, for good.</summary>
    public void Decide(RoleDecision decision, DateTimeOffset at, Guid by) => (Decision, DecidedAt, DecidedBy) = (decision, at, by);
}

internal sealed class RoleRequestMap : IEntityTypeConfiguration<RoleRequest>
{
    public void Configure(EntityTypeBuilder<RoleRequest> builder)
    {
        builder.ToTable("role_requests");
        builder.Property(request => request.Role).HasWords();
        builder.Property(request => request.Decision).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(request => request.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(request => request.AskedBy);
        builder.HasOne<Agency>().WithMany().HasForeignKey(request => request.AgencyId);
    }
}
