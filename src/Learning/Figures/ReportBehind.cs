using System.Text.Json;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures;

/// <summary>What stood behind a figure when its report was built last: what the figure's page lists.</summary>
public sealed class ReportBehind
{
    public required long BuildId { get; init; }
    public required string Figure { get; init; }

    /// <summary>The rows, as JSON.</summary>
    public required string Rows { get; init; }

    /// <summary>What a build keeps.</summary>
    public static ReportBehind Keep(long build, string figure, Behind behind) =>
        new() { BuildId = build, Figure = figure, Rows = Write(behind) };

    /// <summary>What was kept.</summary>
    public Behind Read() => Read(Rows);

    /// <summary>The rows as they are kept.</summary>
    internal static string Write(Behind behind) => JsonSerializer.Serialize(behind.Rows, JsonSerializerOptions.Web);

    internal static Behind Read(string rows) => new(JsonSerializer.Deserialize<IReadOnlyList<BehindRow>>(rows, JsonSerializerOptions.Web) ?? throw new JsonException("What is behind the figure is empty."));
}

internal sealed class ReportBehindMap : IEntityTypeConfiguration<ReportBehind>
{
    public void Configure(EntityTypeBuilder<ReportBehind> builder)
    {
        builder.ToTable("report_behind");
        builder.HasKey(behind => new { behind.BuildId, behind.Figure });
        builder.HasOne<ReportBuild>().WithMany().HasForeignKey(behind => behind.BuildId);
        builder.Property(behind => behind.Rows).HasColumnType("json");
    }
}
