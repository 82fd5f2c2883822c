using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Audit;

/// <summary>A line of the audit trail: who did what to what, by ids only (rules S3, P5). Nobody edits it; the database refuses.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The person who did it; null is the program itself, or the owner of the machine at the command line.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>In the past tense: "booked a place", "viewed a person's record".</summary>
    public required string Verb { get; init; }
    public required string SubjectKind { get; init; }
    public Guid? SubjectId { get; init; }

    /// <summary>JSON without names or addresses.</summary>
    public string? Details { get; init; }

    /// <summary>Writes it down as part of a trip.</summary>
    internal void Write(OneTrip trip) => trip.Do($"""
        insert into audit_entries (at, actor_id, verb, subject_kind, subject_id, details) values ({At}, {ActorId}::uuid, {Verb}, {SubjectKind}, {SubjectId}::uuid, {Details}::jsonb)
        """);
}

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(entry => entry.Id).ValueGeneratedOnAdd();
        builder.Property(entry => entry.Details).HasColumnType("jsonb");
    }
}
