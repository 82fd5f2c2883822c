using System.Text.Json;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.ELearning;

/// <summary>What the database says of a course and of an attempt at it, in one answer.</summary>
/// <param name="Digest">The version that was published last in the product and is not withdrawn; null: none was.</param>
/// <param name="FolderDigest">What the content folder had when that was published; empty: nothing.</param>
/// <param name="Withdrawn">The versions, by digest, that were withdrawn in the product.</param>
/// <param name="Done">What was done in the attempt, as JSON; null where none was asked for.</param>
/// <param name="OfferedPackage">The newest package of the course that is not withdrawn (E4); null: there is none.</param>
/// <param name="AttemptPackage">The package that the attempt began; null: it began texts.</param>
internal sealed record StandingIn(string? Digest, string? FolderDigest, string[] Withdrawn, string? Done, Guid? OfferedPackage, Guid? AttemptPackage)
{
    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The same, read.</summary>
    public DoneInAttempt ReadDone() => JsonSerializer.Deserialize<DoneInAttempt>(Done!, Columns)!;
}

/// <summary>All that was done in an attempt.</summary>
/// <param name="Choices">By the decision's name, the option's place.</param>
/// <param name="SignOff">That a subject expert signed off the attempt's version, or null.</param>
internal sealed record DoneInAttempt(
    IReadOnlyList<string> Seen, IReadOnlyDictionary<string, int> Choices, IReadOnlyList<QuizAnswer> Answers, IReadOnlyList<PageCheckAnswer> Checks, IReadOnlyList<Reflection> Reflections, Writing.CourseSignOff? SignOff);

internal sealed class StandingInMap : IEntityTypeConfiguration<StandingIn>
{
    public void Configure(EntityTypeBuilder<StandingIn> builder) => builder.HasNoKey().ToTable((string?)null);
}
