using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>A course completed: once an attempt (rule E2), with the agency and workforce of that day (P2), never changed (T4).</summary>
public sealed class Completion
{
    public required Guid Id { get; init; }
    public long Number { get; private set; }
    public required Guid CourseId { get; init; }
    public required Guid PersonId { get; init; }
    public Guid? AgencyId { get; init; }
    public Workforce? Workforce { get; init; }

    /// <summary>Local date (T3).</summary>
    public required DateOnly CompletedOn { get; init; }

    /// <summary>Per cent.</summary>
    public decimal? Score { get; init; }
    public Guid? AttemptId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed class CompletionMap : IEntityTypeConfiguration<Completion>
{
    public void Configure(EntityTypeBuilder<Completion> builder)
    {
        builder.ToTable("completions");
        builder.Property(completion => completion.Number).ValueGeneratedOnAdd();
        builder.Property(completion => completion.Workforce).HasWords();
        builder.HasOne<Course>().WithMany().HasForeignKey(completion => completion.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(completion => completion.PersonId);
        builder.HasOne<Agency>().WithMany().HasForeignKey(completion => completion.AgencyId);
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(completion => completion.AttemptId);
    }
}
