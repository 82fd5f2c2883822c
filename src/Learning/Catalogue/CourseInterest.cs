using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Catalogue;

/// <summary>Somebody wants to be told when there is a date of a course. One live wish of a person for a course; a booking ends it, by the database.</summary>
public sealed class CourseInterest
{
    public const string TakenBack = "taken back";

    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>"booked" or "taken back".</summary>
    public string? EndedBecause { get; private set; }

    public void TakeBack(DateTimeOffset now) => (EndedAt, EndedBecause) = (now, TakenBack);
}

internal sealed class CourseInterestMap : IEntityTypeConfiguration<CourseInterest>
{
    public void Configure(EntityTypeBuilder<CourseInterest> builder)
    {
        builder.ToTable("course_interests");
        builder.HasOne<Course>().WithMany().HasForeignKey(interest => interest.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(interest => interest.PersonId);
    }
}
