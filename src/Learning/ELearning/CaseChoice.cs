using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>What a learner would do at a decision of a story, the newest choice of it. Practice: it counts for nothing (E2).</summary>
public sealed class CaseChoice
{
    public required Guid AttemptId { get; init; }
    public required string Decision { get; init; }

    /// <summary>The option's place in the text, from 0.</summary>
    public required int Choice { get; init; }
    public required DateTimeOffset ChosenAt { get; init; }
}

internal sealed class CaseChoiceMap : IEntityTypeConfiguration<CaseChoice>
{
    public void Configure(EntityTypeBuilder<CaseChoice> builder)
    {
        builder.ToTable("case_choices");
        builder.HasKey(choice => new { choice.AttemptId, choice.Decision });
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(choice => choice.AttemptId);
    }
}
