using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>What a learner answered to a page's own question, the newest answer. Practice: it counts for nothing (E2).</summary>
public sealed class PageCheckAnswer
{
    public required Guid AttemptId { get; init; }
    public required string Page { get; init; }

    /// <summary>As in <see cref="GivenAnswer"/>.</summary>
    public required string[] Chosen { get; init; }

    /// <summary>What was written, where the question asks for words; empty after an erasure.</summary>
    public string? Words { get; init; }
    public required bool Correct { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }

    public GivenAnswer Given => new(Chosen, Words);
}

internal sealed class PageCheckAnswerMap : IEntityTypeConfiguration<PageCheckAnswer>
{
    public void Configure(EntityTypeBuilder<PageCheckAnswer> builder)
    {
        builder.ToTable("page_checks");
        builder.Ignore(answer => answer.Given);
        builder.HasKey(answer => new { answer.AttemptId, answer.Page });
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(answer => answer.AttemptId);
    }
}
