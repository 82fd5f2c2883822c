using System.Runtime.Serialization;

using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Records;

/// <summary>That a person is a number without identity, by whom and why (rule P5). The reason names nobody.</summary>
public sealed class Erasure
{
    public required Guid PersonId { get; init; }
    public required DateTimeOffset ErasedAt { get; init; }

    /// <summary>Null: the program itself, or the owner of the machine by command line.</summary>
    public Guid? ErasedBy { get; init; }
    public required string Reason { get; init; }
}

/// <summary>What became of a wish to be erased.</summary>
public enum ErasureDecision
{
    [EnumMember(Value = "erased")]
    Erased,

    [EnumMember(Value = "declined")]
    Declined,

    /// <summary>By the person themselves.</summary>
    [EnumMember(Value = "withdrawn")]
    Withdrawn,
}

/// <summary>Somebody's wish to be erased, which waits for the business unit. One of a person is open at a time.</summary>
public sealed class ErasureRequest
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>In their own words.</summary>
    public string? Why { get; init; }
    public ErasureDecision? Decision { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>Why not, to the person.</summary>
    public string? Answer { get; private set; }

    /// <summary>It is decided; only a refusal has an answer.</summary>
    public void Decide(ErasureDecision decision, DateTimeOffset now, Guid? by, string? answer = null) => (Decision, DecidedAt, DecidedBy, Answer) = (decision, now, by, answer);
}

internal sealed class ErasureMap : IEntityTypeConfiguration<Erasure>, IEntityTypeConfiguration<ErasureRequest>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("erasures");
        builder.HasKey(erasure => erasure.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(erasure => erasure.PersonId);
    }

    public void Configure(EntityTypeBuilder<ErasureRequest> builder)
    {
        builder.ToTable("erasure_requests");
        builder.Property(request => request.Decision).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(request => request.PersonId);
    }
}
