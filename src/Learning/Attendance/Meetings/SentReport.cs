using System.Runtime.Serialization;
using System.Text.Json;

using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance.Meetings;

/// <summary>One or several files of a meeting, sent for a session together (A8). While it is not recorded, it is looked at and counts for nothing.</summary>
public sealed class SentReport
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }

    /// <summary>As <see cref="MeetingReport.Kind"/>.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public Guid? SentBy { get; init; }
    public DateTimeOffset? RecordedAt { get; private set; }
    public Guid? RecordedBy { get; private set; }

    /// <summary>When its bytes and what they said of people went (P5).</summary>
    public DateTimeOffset? GoneAt { get; private set; }

    public void Record(DateTimeOffset now, Guid? by) => (RecordedAt, RecordedBy) = (now, by);
}

/// <summary>A file of it; its hash outlives its bytes (P5). What it was called is not kept.</summary>
public sealed class SentReportFile
{
    public required Guid ReportId { get; init; }
    public required int Number { get; init; }
    public required int Size { get; init; }
    public required byte[] Sha256 { get; init; }

    /// <summary>Null: gone.</summary>
    public byte[]? Content { get; init; }
}

/// <summary>What somebody in a report was decided to be.</summary>
public enum ReportedOutcome
{
    /// <summary>Their address is a person's.</summary>
    [EnumMember(Value = "by address")]
    ByAddress,

    /// <summary>Somebody confirmed that they are the one of that name (A8).</summary>
    [EnumMember(Value = "by name")]
    ByName,

    /// <summary>Somebody said who they are.</summary>
    Chosen,

    /// <summary>They became a person, as a walk-in does (A4).</summary>
    Added,

    /// <summary>They give the session, and have no mark.</summary>
    Trainer,

    /// <summary>Nobody who took part, for a reason.</summary>
    [EnumMember(Value = "left out")]
    LeftOut,
}

/// <summary>Somebody in a report, as it named them, and what they were decided to be; undecided they wait for the business unit.</summary>
public sealed class ReportedPerson
{
    public required Guid Id { get; init; }
    public required Guid ReportId { get; init; }
    public required int Number { get; init; }

    /// <summary>As the report wrote it; empty: gone.</summary>
    public required string Name { get; init; }
    public string? Email { get; init; }

    /// <summary>The joins as JSON: <see cref="JoinsOf"/>.</summary>
    public required string Joins { get; init; }
    public ReportedOutcome? Outcome { get; private set; }
    public Guid? PersonId { get; private set; }
    public string? Reason { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    public void Decide(ReportedOutcome outcome, Guid? person, string? reason, DateTimeOffset now, Guid? by) => (Outcome, PersonId, Reason, DecidedAt, DecidedBy) = (outcome, person, reason, now, by);

    /// <summary>Each time they came.</summary>
    public IReadOnlyList<MeetingJoin> JoinsOf() => JsonSerializer.Deserialize<List<MeetingJoin>>(Joins, JsonSerializerOptions.Web)!;

    /// <summary>Joins as they are kept.</summary>
    public static string Write(IReadOnlyList<MeetingJoin> joins) => JsonSerializer.Serialize(joins, JsonSerializerOptions.Web);
}

internal sealed class SentReportMap : IEntityTypeConfiguration<SentReport>, IEntityTypeConfiguration<SentReportFile>, IEntityTypeConfiguration<ReportedPerson>
{
    public void Configure(EntityTypeBuilder<SentReport> builder)
    {
        builder.ToTable("meeting_reports");
        builder.HasOne<Session>().WithMany().HasForeignKey(report => report.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(report => report.SentBy);
        builder.HasOne<Person>().WithMany().HasForeignKey(report => report.RecordedBy);
    }

    public void Configure(EntityTypeBuilder<SentReportFile> builder)
    {
        builder.ToTable("meeting_files");
        builder.HasKey(file => new { file.ReportId, file.Number });
        builder.HasOne<SentReport>().WithMany().HasForeignKey(file => file.ReportId);
    }

    public void Configure(EntityTypeBuilder<ReportedPerson> builder)
    {
        builder.ToTable("meeting_people");
        builder.Property(person => person.Joins).HasColumnType("jsonb");
        builder.Property(person => person.Outcome).HasWords();
        builder.HasOne<SentReport>().WithMany().HasForeignKey(person => person.ReportId);
        builder.HasOne<Person>().WithMany().HasForeignKey(person => person.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(person => person.DecidedBy);
    }
}
