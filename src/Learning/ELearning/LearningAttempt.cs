using System.Runtime.Serialization;

using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>A person's way through an e-learning course, in the version that they began (rules E1, E2). One is open at a time.</summary>
public sealed class LearningAttempt
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required Guid PersonId { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required string LastPage { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>When it ended without a completion, and why.</summary>
    public DateTimeOffset? EndedAt { get; set; }
    public AttemptEnd? EndedBecause { get; set; }
}

/// <summary>Why an attempt can no longer be completed.</summary>
public enum AttemptEnd
{
    /// <summary>Its version must not be finished any more (E1).</summary>
    Withdrawn,

    /// <summary>No try at the quiz is left (E3).</summary>
    [EnumMember(Value = "tries used")]
    TriesUsed,
}

/// <summary>A page that was seen in an attempt.</summary>
public sealed class PageVisit
{
    public required Guid AttemptId { get; init; }
    public required string Page { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
}

/// <summary>An answer of a try at the quiz, judged on the server (E3).</summary>
public sealed class QuizAnswer
{
    public long Id { get; private set; }
    public required Guid AttemptId { get; init; }
    public required int Try { get; init; }
    public required string Question { get; init; }

    /// <summary>As in <see cref="GivenAnswer"/>.</summary>
    public required string[] Chosen { get; init; }

    /// <summary>What was written, where the question asks for words; empty after an erasure.</summary>
    public string? Words { get; init; }
    public required bool Correct { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }

    public GivenAnswer Given => new(Chosen, Words);
}

internal sealed class LearningAttemptMap : IEntityTypeConfiguration<LearningAttempt>, IEntityTypeConfiguration<PageVisit>, IEntityTypeConfiguration<QuizAnswer>
{
    public void Configure(EntityTypeBuilder<LearningAttempt> builder)
    {
        builder.ToTable("learning_attempts");
        builder.Property(attempt => attempt.EndedBecause).HasWords();
        builder.HasOne<CourseVersion>().WithMany().HasForeignKey(attempt => new { attempt.CourseId, attempt.Version });
        builder.HasOne<Course>().WithMany().HasForeignKey(attempt => attempt.CourseId);
        builder.HasOne<Person>().WithMany().HasForeignKey(attempt => attempt.PersonId);
    }

    public void Configure(EntityTypeBuilder<PageVisit> builder)
    {
        builder.ToTable("page_visits");
        builder.HasKey(visit => new { visit.AttemptId, visit.Page });
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(visit => visit.AttemptId);
    }

    public void Configure(EntityTypeBuilder<QuizAnswer> builder)
    {
        builder.ToTable("quiz_answers");
        builder.Ignore(answer => answer.Given);
        builder.Property(answer => answer.Id).ValueGeneratedOnAdd();
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(answer => answer.AttemptId);
    }
}
