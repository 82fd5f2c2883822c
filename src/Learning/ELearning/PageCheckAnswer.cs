using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>What a learner answered to a page's own question, the newest answer. Practice: it counts for nothing (E2).</summary>
public sealed class PageCheckAnswer
{
    public required Guid AttemptId { get; init; }
    public required string Page { get; init; }

    /// <summary>The options' places in the text, from 0.</summary>
    public required string[] Chosen { get; init; }
    public required bool Correct { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }
}

internal sealed class PageCheckAnswerMap : IEntityTypeConfiguration<PageCheckAnswer>
{
    public void Configure(EntityTypeBuilder<PageCheckAnswer> builder)
    {
        builder.ToTable("page_checks");
        builder.HasKey(answer => new { answer.AttemptId, answer.Page });
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(answer => answer.AttemptId);
    }
}
