using Learning.Catalogue;
using Learning.Database;
using Learning.ELearning;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Evaluation;

/// <summary>When somebody is asked (M4).</summary>
public enum EvaluationStage
{
    /// <summary>As soon as the register is signed, or the course completed.</summary>
    After,

    /// <summary>Three months later: what came of it.</summary>
    Later,
}

/// <summary>Somebody was asked what a session or an e-learning course was worth. Append-only.</summary>
public sealed class EvaluationRequest
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public Guid? SessionId { get; init; }

    /// <summary>Of e-learning: which completion.</summary>
    public Guid? CompletionId { get; init; }
    public required EvaluationStage Stage { get; init; }

    /// <summary>The digest of the questions.</summary>
    public required string Form { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>What they sent; the newest of a request counts. Append-only.</summary>
public sealed class EvaluationResponse
{
    public required Guid Id { get; init; }
    public long Number { get; private set; }
    public required Guid RequestId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>The answer to one question of a response: a score, a choice or words. Append-only, but that words go (P5).</summary>
public sealed class EvaluationAnswer
{
    public required Guid ResponseId { get; init; }
    public required string Question { get; init; }

    /// <summary>What the figures make of it: rating, before, after, now; null: nothing.</summary>
    public string? Counts { get; init; }
    public int? Score { get; init; }
    public string? Choice { get; init; }
    public string? Words { get; init; }
}

/// <summary>The words of an answer were taken out. Append-only.</summary>
public sealed class EvaluationRedaction
{
    public required Guid ResponseId { get; init; }
    public required string Question { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required Guid RecordedBy { get; init; }
    public required string Reason { get; init; }
}

internal sealed class EvaluationRequestMap : IEntityTypeConfiguration<EvaluationRequest>
{
    public void Configure(EntityTypeBuilder<EvaluationRequest> builder)
    {
        builder.ToTable("evaluation_requests");
        builder.Property(request => request.Stage).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(request => request.PersonId);
        builder.HasOne<Session>().WithMany().HasForeignKey(request => request.SessionId);
        builder.HasOne<Completion>().WithMany().HasForeignKey(request => request.CompletionId);
    }
}

internal sealed class EvaluationResponseMap : IEntityTypeConfiguration<EvaluationResponse>
{
    public void Configure(EntityTypeBuilder<EvaluationResponse> builder)
    {
        builder.ToTable("evaluation_responses");
        builder.Property(response => response.Number).ValueGeneratedOnAdd();
        builder.HasOne<EvaluationRequest>().WithMany().HasForeignKey(response => response.RequestId);
    }
}

internal sealed class EvaluationAnswerMap : IEntityTypeConfiguration<EvaluationAnswer>
{
    public void Configure(EntityTypeBuilder<EvaluationAnswer> builder)
    {
        builder.ToTable("evaluation_answers").HasKey(answer => new { answer.ResponseId, answer.Question });
        builder.HasOne<EvaluationResponse>().WithMany().HasForeignKey(answer => answer.ResponseId);
    }
}

internal sealed class EvaluationRedactionMap : IEntityTypeConfiguration<EvaluationRedaction>
{
    public void Configure(EntityTypeBuilder<EvaluationRedaction> builder)
    {
        builder.ToTable("evaluation_redactions").HasKey(redaction => new { redaction.ResponseId, redaction.Question });
        builder.HasOne<EvaluationAnswer>().WithMany().HasForeignKey(redaction => new { redaction.ResponseId, redaction.Question });
        builder.HasOne<Person>().WithMany().HasForeignKey(redaction => redaction.RecordedBy);
    }
}
