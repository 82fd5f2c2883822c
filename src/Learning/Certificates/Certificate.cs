using Learning.Catalogue;
using Learning.Database;
using Learning.ELearning;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Certificates;

/// <summary>
/// A certificate as the facts that were true when it was issued (rule E5). Never changed: a reissue is another one that points to it, a revocation a row beside it; only an erasure empties the holder's
/// name (P5). The database makes its number.
/// </summary>
public sealed class Certificate
{
    public required Guid Id { get; init; }

    /// <summary>The order of issuing.</summary>
    public long Serial { get; private set; }

    /// <summary>Twenty letters that nobody can guess, as they are kept: see <see cref="CertificateNumber"/>.</summary>
    public string Number { get; private set; } = null!;
    public required Guid PersonId { get; init; }

    /// <summary>What it is for: this completion, or the attendance of <see cref="SessionId"/>.</summary>
    public Guid? CompletionId { get; init; }
    public Guid? SessionId { get; init; }
    public required Guid CourseId { get; init; }

    /// <summary>Their name then; null: withheld, as they were erased.</summary>
    public string? Holder { get; init; }
    public required string CourseCode { get; init; }
    public required string CourseTitle { get; init; }
    public required CourseKind CourseKind { get; init; }

    /// <summary>The digest of the e-learning that was taken.</summary>
    public string? CourseVersion { get; init; }

    /// <summary>Hours of continuing professional development.</summary>
    public decimal? CpdHours { get; init; }
    public string? Level { get; init; }

    /// <summary>What the level is a level of, with the edition.</summary>
    public string? LevelFramework { get; init; }

    /// <summary>The share of the learning that was together with others, from 0 to 1.</summary>
    public decimal? ParticipatoryShare { get; init; }

    /// <summary>Local date (T3).</summary>
    public required DateOnly HeldOn { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Null: the program.</summary>
    public Guid? IssuedBy { get; init; }

    /// <summary>The first day on which it does not count; null: it does not expire.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>The partnership's name then.</summary>
    public required string Partnership { get; init; }
    public Guid? ReplacesId { get; init; }

    /// <summary>Why it was issued anew; only a reissue has one.</summary>
    public string? Reason { get; init; }
}

/// <summary>From this instant a certificate is not good any more.</summary>
public sealed class CertificateRevocation
{
    public required Guid CertificateId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Null: the program, as by the marks that stand the session was not attended.</summary>
    public Guid? RecordedBy { get; init; }
    public required string Reason { get; init; }
}

internal sealed class CertificateMap : IEntityTypeConfiguration<Certificate>, IEntityTypeConfiguration<CertificateRevocation>
{
    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.ToTable("certificates");
        builder.Property(certificate => certificate.Serial).ValueGeneratedOnAdd();
        builder.Property(certificate => certificate.Number).ValueGeneratedOnAdd();
        builder.Property(certificate => certificate.CourseKind).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(certificate => certificate.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(certificate => certificate.IssuedBy);
        builder.HasOne<Completion>().WithMany().HasForeignKey(certificate => certificate.CompletionId);
        builder.HasOne<Session>().WithMany().HasForeignKey(certificate => certificate.SessionId);
        builder.HasOne<Course>().WithMany().HasForeignKey(certificate => certificate.CourseId);
        builder.HasOne<Certificate>().WithMany().HasForeignKey(certificate => certificate.ReplacesId);
    }

    public void Configure(EntityTypeBuilder<CertificateRevocation> builder)
    {
        builder.ToTable("certificate_revocations");
        builder.HasKey(revocation => revocation.CertificateId);
        builder.HasOne<Certificate>().WithMany().HasForeignKey(revocation => revocation.CertificateId);
        builder.HasOne<Person>().WithMany().HasForeignKey(revocation => revocation.RecordedBy);
    }
}
