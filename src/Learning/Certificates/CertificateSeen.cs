using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

namespace Learning.Certificates;

/// <summary>How a certificate stands on a day.</summary>
public enum CertificateState
{
    Valid,

    /// <summary>It counts still, for 90 days at the most.</summary>
    Expires,
    Expired,
    Replaced,
    Revoked,
}

/// <summary>A certificate with what has become of it: a row of the one question that reads them.</summary>
public sealed class CertificateSeen
{
    /// <summary>When people are told first that it expires (M4).</summary>
    public const int ExpiresWithin = 90;

    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public Guid PersonId { get; init; }
    public Guid CourseId { get; init; }
    public Guid? CompletionId { get; init; }
    public Guid? SessionId { get; init; }
    public string? SessionRef { get; init; }
    public string? Holder { get; init; }
    public string CourseCode { get; init; } = "";
    public string CourseTitle { get; init; } = "";
    public string KindWord { get; init; } = "";
    public string? CourseVersion { get; init; }
    public decimal? CpdHours { get; init; }
    public string? Level { get; init; }
    public string? LevelFramework { get; init; }
    public decimal? ParticipatoryShare { get; init; }
    public DateOnly HeldOn { get; init; }
    public DateTimeOffset IssuedAt { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public string Partnership { get; init; } = "";
    public string? Reason { get; init; }

    /// <summary>It was issued in place of an earlier one.</summary>
    public bool Replaces { get; init; }

    /// <summary>The one that was issued in its place.</summary>
    public Guid? ReplacedById { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public string? RevokedBecause { get; init; }

    public CourseKind Kind => Words.Parse<CourseKind>(KindWord);

    /// <summary>As it is printed.</summary>
    public string Spelt => CertificateNumber.Spelt(Number);

    /// <summary>The last day on which it counts.</summary>
    public DateOnly? LastDay => ExpiresOn?.AddDays(-1);

    /// <summary>How it stands on a day. Pure.</summary>
    public CertificateState On(DateOnly day) =>
        RevokedAt is not null ? CertificateState.Revoked
        : ReplacedById is not null ? CertificateState.Replaced
        : ExpiresOn is not { } end ? CertificateState.Valid
        : end <= day ? CertificateState.Expired
        : end.DayNumber - day.DayNumber <= ExpiresWithin ? CertificateState.Expires : CertificateState.Valid;

    /// <summary>Neither revoked nor replaced.</summary>
    public bool Stands => RevokedAt is null && ReplacedById is null;
}
