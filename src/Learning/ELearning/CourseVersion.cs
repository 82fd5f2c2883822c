using System.Text.Json;

using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>The exact texts of a course that somebody began (E1). Kept from the first learner on and never changed.</summary>
public sealed class CourseVersion
{
    public required Guid CourseId { get; init; }
    public required string Digest { get; init; }

    /// <summary>JSON: path inside the course's folder, to text.</summary>
    public required string Texts { get; init; }
    public required DateTimeOffset FirstUsedAt { get; init; }

    public CourseFiles Files => new(JsonSerializer.Deserialize<Dictionary<string, string>>(Texts)!);

    public static string Json(CourseFiles files) => JsonSerializer.Serialize(files.Texts);
}

internal sealed class CourseVersionMap : IEntityTypeConfiguration<CourseVersion>
{
    public void Configure(EntityTypeBuilder<CourseVersion> builder)
    {
        builder.ToTable("course_versions");
        builder.HasKey(version => new { version.CourseId, version.Digest });
        builder.Property(version => version.Texts).HasColumnType("jsonb");
        builder.Ignore(version => version.Files);
        builder.HasOne<Course>().WithMany().HasForeignKey(version => version.CourseId);
    }
}
