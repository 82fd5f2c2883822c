using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning.Writing;

/// <summary>A file of a course as somebody saved it while writing. Every save is kept; the newest of a file since the last publication is its draft.</summary>
public sealed class CourseSave
{
    public long Id { get; private set; }
    public required Guid CourseId { get; init; }

    /// <summary>Any text of the course: its head, a page, the story, the quiz, a drawing, captions, a transcript.</summary>
    public required string File { get; init; }

    /// <summary>Empty: the file is left out.</summary>
    public required string Words { get; init; }
    public required DateTimeOffset SavedAt { get; init; }
    public required Guid SavedBy { get; init; }
}

/// <summary>
/// A version that was published in the product (E1). It wins over the content folder for as long as the folder is what it was at that time (<see cref="FolderDigest"/>); a folder that has changed
/// since is newer, and wins.
/// </summary>
public sealed class CoursePublication
{
    public required Guid Id { get; init; }
    public long Number { get; private set; }
    public required Guid CourseId { get; init; }
    public required string Digest { get; init; }

    /// <summary>Empty where there was no folder.</summary>
    public required string FolderDigest { get; init; }
    public required long SavesThrough { get; init; }

    /// <summary>What changed, in words.</summary>
    public required string Note { get; init; }

    /// <summary>
    /// "This version needs everyone again", and why: where the course is required, a completion from before <see cref="PublishedAt"/> no longer meets the requirement from then on. Null, the usual
    /// case: earlier completions stay as good as they were. Nothing here changes a completion, its certificate or a figure; whoever computes what is required reads this column.
    /// </summary>
    public string? EveryoneAgainBecause { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required Guid PublishedBy { get; init; }
}

/// <summary>A version that nobody may begin or finish any more (E1). Who completed it has completed it.</summary>
public sealed class VersionWithdrawal
{
    public required Guid CourseId { get; init; }
    public required string Digest { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset WithdrawnAt { get; init; }
    public required Guid WithdrawnBy { get; init; }
}

/// <summary>A subject expert has read this very version by the check list. Until then a course that is marked illustrative says so on every page.</summary>
public sealed class CourseSignOff
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required string Digest { get; init; }

    /// <summary>Name and office, as the course then shows them.</summary>
    public required string Expert { get; init; }

    /// <summary>The points of the list as they were.</summary>
    public required string[] Checked { get; init; }
    public required DateOnly SignedOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required Guid RecordedBy { get; init; }
}

internal sealed class WritingMap : IEntityTypeConfiguration<CourseSave>, IEntityTypeConfiguration<CoursePublication>, IEntityTypeConfiguration<VersionWithdrawal>, IEntityTypeConfiguration<CourseSignOff>
{
    public void Configure(EntityTypeBuilder<CourseSave> builder)
    {
        builder.ToTable("course_saves");
        builder.Property(save => save.Id).ValueGeneratedOnAdd();
        builder.HasOne<Course>().WithMany().HasForeignKey(save => save.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(save => save.SavedBy);
    }

    public void Configure(EntityTypeBuilder<CoursePublication> builder)
    {
        builder.ToTable("course_publications");
        builder.Property(publication => publication.Number).ValueGeneratedOnAdd();
        builder.HasOne<CourseVersion>().WithMany().HasForeignKey(publication => new { publication.CourseId, publication.Digest });
        builder.HasOne<Course>().WithMany().HasForeignKey(publication => publication.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(publication => publication.PublishedBy);
    }

    public void Configure(EntityTypeBuilder<VersionWithdrawal> builder)
    {
        builder.ToTable("version_withdrawals");
        builder.HasKey(withdrawal => new { withdrawal.CourseId, withdrawal.Digest });
        builder.HasOne<CourseVersion>().WithMany().HasForeignKey(withdrawal => new { withdrawal.CourseId, withdrawal.Digest });
        builder.HasOne<Course>().WithMany().HasForeignKey(withdrawal => withdrawal.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(withdrawal => withdrawal.WithdrawnBy);
    }

    public void Configure(EntityTypeBuilder<CourseSignOff> builder)
    {
        builder.ToTable("course_sign_offs");
        builder.HasOne<CourseVersion>().WithMany().HasForeignKey(signOff => new { signOff.CourseId, signOff.Digest });
        builder.HasOne<Course>().WithMany().HasForeignKey(signOff => signOff.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(signOff => signOff.RecordedBy);
    }
}
