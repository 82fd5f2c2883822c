using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Bookings.Workshops;

/// <summary>An allocation of a conference's workshops (B14): made, looked at, and then told once; or another was made before it was told. One at a time is open; the database sees to it.</summary>
public sealed class AllocationRun
{
    public required Guid Id { get; init; }
    public required Guid ConferenceId { get; init; }

    /// <summary>From 1, in the order in which they were made.</summary>
    public required int Number { get; init; }

    /// <summary>Of what it was made of: the same input has the same result.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public Guid? MadeBy { get; init; }
    public DateTimeOffset? ToldAt { get; set; }
    public Guid? ToldBy { get; set; }
    public DateTimeOffset? DroppedAt { get; set; }
}

/// <summary>What a run gives a delegate in a round, and why, in words for them. Never changed (T4).</summary>
public sealed class AllocationResult
{
    public required Guid RunId { get; init; }

    /// <summary>The booking of the conference.</summary>
    public required Guid BookingId { get; init; }
    public required Guid RoundId { get; init; }

    /// <summary>Null: every room of the round was full.</summary>
    public Guid? WorkshopId { get; init; }

    /// <summary>Of the wish that it meets; null: it is what was left.</summary>
    public int? Rank { get; init; }
    public required string Because { get; init; }
}

internal sealed class AllocationMap : IEntityTypeConfiguration<AllocationRun>, IEntityTypeConfiguration<AllocationResult>
{
    public void Configure(EntityTypeBuilder<AllocationRun> builder)
    {
        builder.ToTable("allocation_runs");
        builder.HasOne<Session>().WithMany().HasForeignKey(run => run.ConferenceId);
    }

    public void Configure(EntityTypeBuilder<AllocationResult> builder)
    {
        builder.ToTable("allocation_results");
        builder.HasKey(result => new { result.RunId, result.BookingId, result.RoundId });
        builder.HasOne<AllocationRun>().WithMany().HasForeignKey(result => result.RunId);
    }
}
