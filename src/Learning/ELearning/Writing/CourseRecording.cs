using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning.Writing;

/// <summary>A recording that was sent in the product. It is no part of a version: a new one has a new name, so that whoever began an old version sees the old one (E1).</summary>
public sealed class CourseRecording
{
    public required Guid CourseId { get; init; }

    /// <summary><c>videos/name.mp4</c>.</summary>
    public required string File { get; init; }
    public required byte[] Sha256 { get; init; }
    public required byte[] Content { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
    public required Guid SavedBy { get; init; }
}

internal sealed class CourseRecordingMap : IEntityTypeConfiguration<CourseRecording>
{
    public void Configure(EntityTypeBuilder<CourseRecording> builder)
    {
        builder.ToTable("course_recordings");
        builder.HasKey(recording => new { recording.CourseId, recording.File });
        builder.HasOne<Course>().WithMany().HasForeignKey(recording => recording.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(recording => recording.SavedBy);
    }
}
