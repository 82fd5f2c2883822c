using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Required;

/// <summary>What a lead said of evidence.</summary>
public enum EvidenceDecision
{
    Accepted,
    Refused,
}

/// <summary>Learning done elsewhere, as the person sent it: it counts as a course from the day it was done, once their lead has accepted it. It is in no figure, and it goes with an erasure (P5).</summary>
public sealed class LearningEvidence
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>What it is to count as.</summary>
    public required Guid CourseId { get; init; }
    public required string Title { get; init; }
    public required string Provider { get; init; }
    public required DateOnly DoneOn { get; init; }

    /// <summary>Ours: what somebody's file was called is not kept.</summary>
    public required string FileName { get; init; }
    public required string MediaType { get; init; }
    public required int Size { get; init; }
    public required byte[] Sha256 { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public EvidenceDecision? Decision { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>For the person; a refusal has one.</summary>
    public string? Reason { get; private set; }

    public void Decide(EvidenceDecision decision, string? reason, DateTimeOffset now, Guid? by) => (Decision, Reason, DecidedAt, DecidedBy) = (decision, reason, now, by);
}

/// <summary>The file of an evidence.</summary>
public sealed class EvidenceFile
{
    public required Guid EvidenceId { get; init; }
    public required byte[] Content { get; init; }
}

internal sealed class LearningEvidenceMap : IEntityTypeConfiguration<LearningEvidence>, IEntityTypeConfiguration<EvidenceFile>
{
    public void Configure(EntityTypeBuilder<LearningEvidence> builder)
    {
        builder.ToTable("learning_evidence");
        builder.Property(one => one.Decision).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(one => one.DecidedBy);
        builder.HasOne<Course>().WithMany().HasForeignKey(one => one.CourseId);
    }

    public void Configure(EntityTypeBuilder<EvidenceFile> builder)
    {
        builder.ToTable("evidence_files");
        builder.HasKey(file => file.EvidenceId);
        builder.HasOne<LearningEvidence>().WithMany().HasForeignKey(file => file.EvidenceId);
    }
}
