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

    /// <summary>Where it goes instead of to the person's main address: an address that is to be confirmed.</summary>
    public string? Address { get; set; }

    /// <summary>What it is about: a booking, a session, an attempt.</summary>
    public required Guid SubjectId { get; init; }
    public required string Occurrence { get; init; }

    /// <summary>In words, for whoever asks why it was sent.</summary>
    public required string Why { get; init; }

    /// <summary>JSON: what the template needs.</summary>
    public required string Data { get; set; }
    public Guid? SessionId { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public MessageState State { get; private set; }

    /// <summary>How often it was refused.</summary>
    public int Attempts { get; private set; }
    public required DateTimeOffset NextTryAt { get; set; }

    /// <summary>Until when a server has it in hand.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When it was sent, dropped or parked.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>The mail server's answer, or why it was not sent.</summary>
    public string? Outcome { get; private set; }
    public string? SentTo { get; private set; }
    public string? SentSubject { get; private set; }
    public string? SentText { get; private set; }

    /// <summary>The mail server has it. The words of a secret are not kept, nor are the secrets of links (<see cref="Seals"/>).</summary>
    public void Send(Letter letter, string answer, DateTimeOffset now, bool secret = false)
    {
        Settle(MessageState.Sent, answer, now);
        (SentAt, SentTo, SentSubject, SentText) = (now, letter.To.Address, letter.Subject, secret ? null : Seals.Hide(letter.Text));
    }

    /// <summary>What only the reader was to know is forgotten.</summary>
    public void Forget() => Data = "{}";

    /// <summary>It has been dealt with, and nobody is to be able to tell to whom it went: a mail server quotes addresses in what it answers. Its key stays, so that there is no second (M2).</summary>
    public void LeaveNoTrace()
    {
        Forget();
        (Address, SentTo, SentSubject, SentText) = (null, null, null, null);
        Outcome = State switch { MessageState.Sent => "sent; to whom is not kept", MessageState.Dropped => "not sent; to whom is not kept", _ => "given up after the last try; to whom is not kept" };
    }

    /// <summary>It was refused: it is tried again later, or parked after the last try (M5).</summary>
    public void Refuse(string answer, DateTimeOffset now)
    {
        Attempts++;
        if (BackOff.After(Attempts) is { } wait)
        {
            (NextTryAt, Outcome) = (now + wait, answer);
        }
        else
        {
            Settle(MessageState.Parked, answer, now);
        }
    }

    /// <summary>The mail server could not be reached: that is no refusal, and it is tried again in a minute.</summary>
    public void Wait(string answer, DateTimeOffset now) => (NextTryAt, Outcome) = (now.AddMinutes(1), answer);

    /// <summary>Nothing more is tried.</summary>
    public void Settle(MessageState state, string outcome, DateTimeOffset now) => (State, Outcome, SettledAt) = (state, outcome, now);

    /// <summary>Somebody wants it tried again, from now on and from the beginning.</summary>
    public void TryAgain(DateTimeOffset now) => (State, SettledAt, Attempts, NextTryAt) = (MessageState.Due, null, 0, now);
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
