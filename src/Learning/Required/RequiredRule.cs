using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Required;

/// <summary>Who needs a course, and by when. What is null limits nothing. Never changed: it is ended, and another made.</summary>
public sealed class RequiredRule
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }

    /// <summary>People of this agency and its departments.</summary>
    public Guid? AgencyId { get; init; }
    public Workforce? Workforce { get; init; }

    /// <summary>Of the employment, such as "3".</summary>
    public string? Level { get; init; }

    /// <summary>Found in the job title, whatever its case.</summary>
    public string? JobWords { get; init; }

    /// <summary>A refresher after so many; null: as the course says.</summary>
    public int? Months { get; init; }

    /// <summary>So many days after joining, or after the rule began, whichever is later. Null: by <see cref="DueOn"/>.</summary>
    public int? DueDays { get; init; }
    public DateOnly? DueOn { get; init; }
    public required DateOnly StartsOn { get; init; }
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Why it is needed, for whoever needs it: a framework with its edition, a local agreement.</summary>
    public required string Because { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public Guid? MadeBy { get; init; }

    /// <summary>From that day on nobody needs the course by this rule.</summary>
    public void End(DateOnly today) => EndedOn = today < StartsOn ? StartsOn : today;
}

/// <summary>What else counts as a course: another one, or every course of a kind and a level ("a face-to-face level 3 counts").</summary>
public sealed class CourseEquivalence
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public Guid? OtherId { get; init; }
    public CourseKind? Kind { get; init; }
    public string? Level { get; init; }
}

internal sealed class RequiredRuleMap : IEntityTypeConfiguration<RequiredRule>, IEntityTypeConfiguration<CourseEquivalence>
{
    public void Configure(EntityTypeBuilder<RequiredRule> builder)
    {
        builder.ToTable("required_rules");
        builder.Property(rule => rule.Workforce).HasWords();
        builder.HasOne<Course>().WithMany().HasForeignKey(rule => rule.CourseId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(rule => rule.AgencyId);
        builder.HasOne<Person>().WithMany().HasForeignKey(rule => rule.MadeBy);
    }

    public void Configure(EntityTypeBuilder<CourseEquivalence> builder)
    {
        builder.ToTable("course_equivalences");
        builder.Property(one => one.Kind).HasWords();
        builder.HasOne<Course>().WithMany().HasForeignKey(one => one.CourseId);
        builder.HasOne<Course>().WithMany().HasForeignKey(one => one.OtherId);
    }
}
