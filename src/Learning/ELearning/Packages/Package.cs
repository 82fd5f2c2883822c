using System.Text.Json;

using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning.Packages;

/// <summary>A SCORM package as it was imported (E4): a version of its course that never changes (E1). The newest is what a learner begins.</summary>
public sealed class Package
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }

    /// <summary>1 for the first of its course, and so on.</summary>
    public required int Number { get; init; }

    /// <summary>SHA-256 of the zip file, in hexadecimal: the version's digest.</summary>
    public required string Digest { get; init; }
    public required string Title { get; init; }
    public required PackageEdition Edition { get; init; }

    /// <summary>JSON of a <see cref="PackageManifest"/>.</summary>
    public required string Manifest { get; init; }

    /// <summary>Bytes, unpacked.</summary>
    public required long Size { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>Null: by the command.</summary>
    public Guid? ImportedBy { get; init; }

    public PackageManifest Read() => JsonSerializer.Deserialize<PackageManifest>(Manifest, JsonSerializerOptions.Web)!;

    public static string Json(PackageManifest manifest) => JsonSerializer.Serialize(manifest, JsonSerializerOptions.Web);
}

/// <summary>A file of a package. Its content lies in pieces of <see cref="PieceLength"/> bytes in the table package_pieces.</summary>
public sealed class PackageFile
{
    public const int PieceLength = 1_048_576;

    public required Guid PackageId { get; init; }
    public required int Number { get; init; }

    /// <summary>From the package's top, with slashes, as the zip spells it.</summary>
    public required string Path { get; init; }
    public required string MediaType { get; init; }
    public required long Size { get; init; }
}

internal sealed class PackageMap : IEntityTypeConfiguration<Package>, IEntityTypeConfiguration<PackageFile>
{
    public void Configure(EntityTypeBuilder<Package> builder)
    {
        builder.ToTable("packages");
        builder.Property(package => package.Edition).HasWords();
        builder.Property(package => package.Manifest).HasColumnType("jsonb");
        builder.HasOne<Course>().WithMany().HasForeignKey(package => package.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(package => package.ImportedBy);
        builder.HasOne<CourseVersion>().WithMany().HasForeignKey(package => new { package.CourseId, package.Digest });
    }

    public void Configure(EntityTypeBuilder<PackageFile> builder)
    {
        builder.ToTable("package_files");
        builder.HasKey(file => new { file.PackageId, file.Number });
        builder.HasOne<Package>().WithMany().HasForeignKey(file => file.PackageId);
    }
}
