using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Certificates;

/// <summary>What came of it when somebody said that something is missing or wrong in their record.</summary>
public enum CorrectionDecision
{
    Corrected,
    Declined,
}

/// <summary>"Something missing?": what somebody says is missing or wrong in their record, in their own words, and the business unit's answer. It goes with an erasure (P5).</summary>
public sealed class RecordCorrection
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>In their own words.</summary>
    public required string Course { get; init; }
    public DateOnly? LearntOn { get; init; }
    public required string What { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public CorrectionDecision? Decision { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>For the person.</summary>
    public string? Answer { get; private set; }

    public void Decide(CorrectionDecision decision, string answer, DateTimeOffset now, Guid? by) => (Decision, Answer, DecidedAt, DecidedBy) = (decision, answer, now, by);
}

internal sealed class RecordCorrectionMap : IEntityTypeConfiguration<RecordCorrection>
{
    public void Configure(EntityTypeBuilder<RecordCorrection> builder)
    {
        builder.ToTable("record_corrections");
        builder.Property(one => one.Decision).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.DecidedBy);
    }
}
