using Learning.Catalogue;
using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance;

/// <summary>
/// A mark that the register does not hold, because its person or part is not known, the session is cancelled, or it came long after the signature. Kept as it came, since nothing that
/// happened in the room is refused (rule A3); counted nowhere. Append-only.
/// </summary>
public sealed class MarkStray
{
    /// <summary>Made on the device, as a mark's (A2).</summary>
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }

    /// <summary>As it came: there may be no such part, or not in this session.</summary>
    public required Guid PartId { get; init; }

    /// <summary>As it came: there may be no such person. Null: of an empty seat.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>As it came: the forum may have no such seat.</summary>
    public Guid? SeatId { get; init; }
    public required MarkKind Kind { get; init; }
    public int? Minutes { get; init; }
    public Guid? SubstituteId { get; init; }
    public string? Device { get; init; }
    public required DateTimeOffset MarkedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
    public Guid? Seen { get; init; }

    /// <summary>The word of the <see cref="MarkFlag"/> that says why it is here.</summary>
    public required MarkFlag Why { get; init; }
}

/// <summary>What the business unit decided about a stray (A3). Append-only.</summary>
public sealed class MarkStrayDecision
{
    public required Guid StrayId { get; init; }

    /// <summary>A correction holds it now; else it was set aside.</summary>
    public required bool TakenIn { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public required Guid DecidedBy { get; init; }

    /// <summary>Why it was left out, where somebody wrote it.</summary>
    public string? Reason { get; init; }
}

internal sealed class MarkStrayMap : IEntityTypeConfiguration<MarkStray>, IEntityTypeConfiguration<MarkStrayDecision>
{
    public void Configure(EntityTypeBuilder<MarkStrayDecision> builder)
    {
        builder.ToTable("mark_stray_decisions");
        builder.HasKey(decision => decision.StrayId);
        builder.HasOne<MarkStray>().WithMany().HasForeignKey(decision => decision.StrayId);
    }

    public void Configure(EntityTypeBuilder<MarkStray> builder)
    {
        builder.ToTable("mark_strays");
        builder.Property(stray => stray.Kind).HasWords().HasColumnName("mark");
        builder.Property(stray => stray.Why).HasWords();
        builder.HasOne<Session>().WithMany().HasForeignKey(stray => stray.SessionId);
    }
}
