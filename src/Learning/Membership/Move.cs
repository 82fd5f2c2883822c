using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Membership;

/// <summary>What became of a move.</summary>
public enum MoveState
{
    Proposed,
    Confirmed,
    Declined,

    /// <summary>By the person who proposed it.</summary>
    Withdrawn,
}

/// <summary>
/// What a person says of where they work (P1): they have moved to an agency, or work for it as well. The agency's lead, or the business unit, decides. What it says never changes: to say something
/// else, it is withdrawn and another is proposed, so that nobody confirms what they have not read.
/// </summary>
public sealed class Move
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>The new agency, which decides.</summary>
    public required Guid AgencyId { get; init; }

    /// <summary>The agency that they leave; null: they work for both.</summary>
    public Guid? LeavesId { get; init; }

    /// <summary>The first day on which they are not there any more.</summary>
    public DateOnly? LeavesOn { get; init; }
    public string? JobTitle { get; init; }
    public required Workforce Workforce { get; init; }
    public string? Level { get; init; }
    public required DateOnly StartsOn { get; init; }

    /// <summary>Of several employments the one that counts from that day on (P2).</summary>
    public required bool Main { get; init; }
    public MoveState State { get; private set; } = MoveState.Proposed;
    public required DateTimeOffset ProposedAt { get; init; }
    public required DateTimeOffset StateAt { get; set; }
    public Guid? StateBy { get; private set; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; private set; }

    /// <summary>What it became.</summary>
    public Guid? EmploymentId { get; private set; }

    public void Confirm(Employment employment, DateTimeOffset at, Guid? by) => (State, EmploymentId, StateAt, StateBy) = (MoveState.Confirmed, employment.Id, at, by);

    public void Decline(string reason, DateTimeOffset at, Guid? by) => (State, Reason, StateAt, StateBy) = (MoveState.Declined, reason, at, by);

    public void Withdraw(DateTimeOffset at, Guid? by) => (State, StateAt, StateBy) = (MoveState.Withdrawn, at, by);
}

internal sealed class MoveMap : IEntityTypeConfiguration<Move>
{
    public void Configure(EntityTypeBuilder<Move> builder)
    {
        builder.ToTable("moves");
        builder.Property(move => move.Workforce).HasWords();
        builder.Property(move => move.State).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(move => move.PersonId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(move => move.AgencyId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(move => move.LeavesId);
        builder.HasOne<Employment>().WithMany().HasForeignKey(move => move.EmploymentId);
    }
}
