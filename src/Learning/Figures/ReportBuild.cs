using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures;

/// <summary>A report as it was computed by the nightly build: what the report page shows.</summary>
public sealed class ReportBuild
{
    public long Id { get; private set; }
    public required string Report { get; init; }

    /// <summary>SHA-256 of the definition that was computed.</summary>
    public required string DefinitionDigest { get; init; }
    public required DateTimeOffset AsAt { get; init; }
    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>The computed report, as JSON.</summary>
    public required string Figures { get; init; }
}

internal sealed class ReportBuildMap : IEntityTypeConfiguration<ReportBuild>
{
    public void Configure(EntityTypeBuilder<ReportBuild> builder)
    {
        builder.ToTable("report_builds");
        builder.Property(build => build.Id).ValueGeneratedOnAdd();
        builder.Property(build => build.Figures).HasColumnType("jsonb");
    }
}
