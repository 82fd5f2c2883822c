using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Catalogue;

/// <summary>The five kinds of course.</summary>
public enum CourseKind
{
    [EnumMember(Value = "e-learning")]
    ELearning,
    Trained,
    Webinar,
    Conference,
    Forum,
}

/// <summary>The board that a course or session belongs to. Joint counts once in a total over both.</summary>
public enum Board
{
    Children,
    Adults,
    Joint,
}

/// <summary>Something to learn, of one of five kinds, owned by an agency.</summary>
public sealed class Course
{
    public required Guid Id { get; init; }

    /// <summary>As in its address, /courses/{code}; case matters not.</summary>
    public required string Code { get; init; }
    public required string Title { get; set; }
    public required CourseKind Kind { get; set; }
    public required Guid OwnerId { get; set; }
    public required Board Board { get; set; }
    public string? Level { get; set; }

    /// <summary>Months until a refresher is due; null: it does not expire.</summary>
    public int? ValidityMonths { get; set; }

    /// <summary>Hours of continuing professional development.</summary>
    public decimal? CpdHours { get; set; }
    public required DateOnly PublishedOn { get; set; }
    public DateOnly? WithdrawnOn { get; set; }

    /// <summary>The share of parts that makes "attended the course" (A7).</summary>
    public decimal RequiredParts { get; set; } = 1;

    /// <summary>The share of a part's minutes that makes "attended the part" (A7); the share itself counts.</summary>
    public decimal RequiredMinutes { get; set; } = 0.75m;
}

/// <summary>What is reported together: "GCP2 since 2021".</summary>
public sealed class Programme
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; set; }

    /// <summary>Null: from its first session (F1).</summary>
    public DateOnly? StartsOn { get; set; }
}

/// <summary>A course is part of a programme.</summary>
public sealed class CourseProgramme
{
    public required Guid CourseId { get; init; }
    public required Guid ProgrammeId { get; init; }
}

internal sealed class CourseMap : IEntityTypeConfiguration<Course>, IEntityTypeConfiguration<Programme>, IEntityTypeConfiguration<CourseProgramme>
{
    public void Configure(EntityTypeBuilder<Course> builder)
    {
        builder.ToTable("courses");
        builder.Property(course => course.Kind).HasWords();
        builder.Property(course => course.Board).HasWords();
        builder.HasOne<Agency>().WithMany().HasForeignKey(course => course.OwnerId);
    }

    public void Configure(EntityTypeBuilder<Programme> builder) => builder.ToTable("programmes");

    public void Configure(EntityTypeBuilder<CourseProgramme> builder)
    {
        builder.ToTable("course_programmes");
        builder.HasKey(link => new { link.CourseId, link.ProgrammeId });
        builder.HasOne<Course>().WithMany().HasForeignKey(link => link.CourseId);
        builder.HasOne<Programme>().WithMany().HasForeignKey(link => link.ProgrammeId);
    }
}
