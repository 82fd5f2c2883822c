using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Figures;

/// <summary>A report as it was signed: values, definition, as-at and digests, which never change (F7). A restatement is another revision with its reason (F8).</summary>
public sealed class ReportSigning
{
    public required Guid Id { get; init; }
    public required string Report { get; init; }
    public required int Revision { get; init; }
    public required DateOnly PeriodFrom { get; init; }
    public required DateOnly PeriodTo { get; init; }
    public required DateTimeOffset AsAt { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
    public required Guid SignedBy { get; init; }

    /// <summary>The version of the definition that was counted.</summary>
    public required string DefinitionDigest { get; init; }

    /// <summary>The computed report, as the build keeps it.</summary>
    public required string Figures { get; init; }

    /// <summary>What was unfinished and accepted by name, as JSON.</summary>
    public required string Accepted { get; init; }

    /// <summary>The figures that differ from the revision before; they are marked [r].</summary>
    public required string[] Restated { get; init; }

    /// <summary>Why it was restated; null: the first revision.</summary>
    public string? Reason { get; init; }
}

/// <summary>What stood behind a signed figure: its rows sum to it (F9).</summary>
public sealed class SignedBehind
{
    public required Guid SigningId { get; init; }
    public required string Figure { get; init; }

    /// <summary>The rows, as JSON.</summary>
    public required string Rows { get; init; }
}

/// <summary>That a signed report is for everybody to read (F7).</summary>
public sealed class ReportPublication
{
    public required Guid SigningId { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required Guid PublishedBy { get; init; }
}

/// <summary>A text of a definition that was counted, signed or written: a report has as many versions as it had texts.</summary>
public sealed class ReportVersion
{
    /// <summary>SHA-256 of the text.</summary>
    public required string Digest { get; init; }
    public required string Report { get; init; }
    public required int Version { get; init; }
    public required string Yaml { get; init; }
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>Who wrote it on the page; null: it came as a file.</summary>
    public Guid? KeptBy { get; init; }
}

internal sealed class ReportSigningMap : IEntityTypeConfiguration<ReportSigning>
{
    public void Configure(EntityTypeBuilder<ReportSigning> builder)
    {
        builder.ToTable("report_signings");
        builder.Property(signing => signing.Figures).HasColumnType("json");
        builder.Property(signing => signing.Accepted).HasColumnType("json");
        builder.HasOne<Person>().WithMany().HasForeignKey(signing => signing.SignedBy);
        builder.HasOne<ReportVersion>().WithMany().HasForeignKey(signing => signing.DefinitionDigest);
    }
}

internal sealed class SignedBehindMap : IEntityTypeConfiguration<SignedBehind>
{
    public void Configure(EntityTypeBuilder<SignedBehind> builder)
    {
        builder.ToTable("signed_behind");
        builder.HasKey(behind => new { behind.SigningId, behind.Figure });
        builder.HasOne<ReportSigning>().WithMany().HasForeignKey(behind => behind.SigningId);
        builder.Property(behind => behind.Rows).HasColumnType("json");
    }
}

internal sealed class ReportPublicationMap : IEntityTypeConfiguration<ReportPublication>
{
    public void Configure(EntityTypeBuilder<ReportPublication> builder)
    {
        builder.ToTable("report_publications");
        builder.HasKey(publication => publication.SigningId);
        builder.HasOne<ReportSigning>().WithOne().HasForeignKey<ReportPublication>(publication => publication.SigningId);
        builder.HasOne<Person>().WithMany().HasForeignKey(publication => publication.PublishedBy);
    }
}

internal sealed class ReportVersionMap : IEntityTypeConfiguration<ReportVersion>
{
    public void Configure(EntityTypeBuilder<ReportVersion> builder)
    {
        builder.ToTable("report_definitions");
        builder.HasKey(version => version.Digest);
        builder.HasOne<Person>().WithMany().HasForeignKey(version => version.KeptBy);
    }
}
