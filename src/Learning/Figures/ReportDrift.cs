using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures;

/// <summary>What a signed report's own definition gave when it was counted last, and which records make the difference (F8).</summary>
public sealed class ReportDrift
{
    public required Guid SigningId { get; init; }
    public required DateTimeOffset CountedAt { get; init; }
    public required DateTimeOffset AsAt { get; init; }

    /// <summary>The report as it was computed then.</summary>
    public required string Figures { get; init; }

    /// <summary>By figure, as JSON: <see cref="FigureDrift"/>.</summary>
    public required string Differences { get; init; }
}

internal sealed class ReportDriftMap : IEntityTypeConfiguration<ReportDrift>
{
    public void Configure(EntityTypeBuilder<ReportDrift> builder)
    {
        builder.ToTable("report_drifts");
        builder.HasKey(drift => drift.SigningId);
        builder.HasOne<ReportSigning>().WithOne().HasForeignKey<ReportDrift>(drift => drift.SigningId);
        builder.Property(drift => drift.Figures).HasColumnType("json");
        builder.Property(drift => drift.Differences).HasColumnType("json");
    }
}
