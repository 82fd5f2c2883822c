using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Messages;

/// <summary>What has become of a message.</summary>
public enum MessageState
{
    Due,
    Sent,

    /// <summary>Its reason no longer held when it was to be sent (rule M3); the outcome says why.</summary>
    Dropped,

    /// <summary>Given up after the last try, and shown (M5).</summary>
    Parked,
}

/// <summary>
/// An e-mail that will be, was, or was not sent. Its row is written in the transaction of what triggers it (M1); its key (kind, person, subject,
/// occurrence) is unique in the database (M2). <see cref="Id"/> makes the Message-ID, which it keeps.
/// </summary>
public sealed class Message
{
    public required Guid Id { get; init; }

    /// <summary>The template's name under content/emails/.</summary>
    public required string Kind { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>What it is about: a booking, a session, an attempt.</summary>
    public required Guid SubjectId { get; init; }
    public required string Occurrence { get; init; }

    /// <summary>In words, for whoever asks why it was sent.</summary>
    public required string Why { get; init; }

    /// <summary>JSON: what the template needs.</summary>
    public required string Data { get; init; }
    public Guid? SessionId { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public MessageState State { get; set; }
    public int Attempts { get; set; }
    public required DateTimeOffset NextTryAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The mail server's answer, or why it was not sent.</summary>
    public string? Outcome { get; set; }
    public string? SentTo { get; set; }
    public string? SentSubject { get; set; }
    public string? SentText { get; set; }
}

internal sealed class MessageMap : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages");
        builder.Property(message => message.Data).HasColumnType("jsonb");
        builder.Property(message => message.State).HasWords();
        builder.HasOne<Person>().WithMany().HasForeignKey(message => message.PersonId);
    }
}
