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

    /// <summary>Whoever books names their manager, who approves (B9).</summary>
    public bool NeedsApproval { get; set; }

    /// <summary>A request holds a place while it waits for approval.</summary>
    public bool RequestHoldsPlace { get; set; }

    /// <summary>What is learnt from this day on gets a certificate (E5); null: nothing does.</summary>
    public DateOnly? CertificatesFrom { get; set; }

    /// <summary>What <see cref="Level"/> is a level of, with the edition.</summary>
    public string? LevelFramework { get; set; }

    /// <summary>The share of the learning that is together with others, from 0 to 1.</summary>
    public decimal? ParticipatoryShare { get; set; }
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

/// <summary>Somebody of the owning agency who organises the course's sessions, as the business unit does (S1).</summary>
public sealed class CourseOrganiser
{
    public required Guid CourseId { get; init; }
    public required Guid PersonId { get; init; }
}

/// <summary>A course that has to be held, and not expired, before another is booked (B8).</summary>
public sealed class CoursePrerequisite
{
    public required Guid CourseId { get; init; }
    public required Guid NeedsId { get; init; }
}

/// <summary>A workforce that a course is for; a course without any is for everybody (B8).</summary>
public sealed class CourseAudience
{
    public required Guid CourseId { get; init; }
    public required Workforce Workforce { get; init; }
}

internal sealed class CourseMap : IEntityTypeConfiguration<Course>, IEntityTypeConfiguration<Programme>, IEntityTypeConfiguration<CourseProgramme>,
    IEntityTypeConfiguration<CourseOrganiser>, IEntityTypeConfiguration<CoursePrerequisite>, IEntityTypeConfiguration<CourseAudience>
{
    public void Configure(EntityTypeBuilder<CourseOrganiser> builder)
    {
        builder.ToTable("course_organisers");
        builder.HasKey(organiser => new { organiser.CourseId, organiser.PersonId });
        builder.HasOne<Course>().WithMany().HasForeignKey(organiser => organiser.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(organiser => organiser.PersonId);
    }

    public void Configure(EntityTypeBuilder<CoursePrerequisite> builder)
    {
        builder.ToTable("course_prerequisites");
        builder.HasKey(needs => new { needs.CourseId, needs.NeedsId });
        builder.HasOne<Course>().WithMany().HasForeignKey(needs => needs.CourseId);
        builder.HasOne<Course>().WithMany().HasForeignKey(needs => needs.NeedsId);
    }

    public void Configure(EntityTypeBuilder<CourseAudience> builder)
    {
        builder.ToTable("course_audience");
        builder.HasKey(audience => new { audience.CourseId, audience.Workforce });
        builder.Property(audience => audience.Workforce).HasWords();
        builder.HasOne<Course>().WithMany().HasForeignKey(audience => audience.CourseId);
    }

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
