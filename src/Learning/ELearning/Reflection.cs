using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>
/// What a learner wrote for themselves about a page. Theirs alone: no page, export or report shows it to anybody else, whatever their role; it goes when they delete it, and with their
/// erasure (P5).
/// </summary>
public sealed class Reflection
{
    /// <summary>Letters that one has at most.</summary>
    public const int Longest = 4000;

    public required Guid Id { get; init; }
    public required Guid AttemptId { get; init; }
    public required string Page { get; init; }
    public required string PageTitle { get; init; }

    /// <summary>What the page asked.</summary>
    public required string Prompt { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset KeptAt { get; init; }
}

internal sealed class ReflectionMap : IEntityTypeConfiguration<Reflection>
{
    public void Configure(EntityTypeBuilder<Reflection> builder)
    {
        builder.ToTable("reflections");
        builder.HasOne<LearningAttempt>().WithMany().HasForeignKey(reflection => reflection.AttemptId);
    }
}
