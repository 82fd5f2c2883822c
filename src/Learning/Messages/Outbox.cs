using System.Text.Json;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>A message to be queued. Kind, person, subject and occurrence are its key (rule M2).</summary>
public sealed record Outgoing
{
    /// <summary>The template's name under content/emails/.</summary>
    public required string Kind { get; init; }
    /// <summary>Whom it goes to; null only with an <see cref="Address"/>.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Where it goes instead of to the person's main address.</summary>
    public string? Address { get; init; }

    /// <summary>What it is about: a booking, a session, an attempt.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Tells apart two of one kind about one thing: "7 days before 2026-12-02T09:30". Empty where there is only ever one.</summary>
    public string Occurrence { get; init; } = "";

    /// <summary>In words, for whoever asks why it was sent: "They joined the waiting list."</summary>
    public required string Why { get; init; }

    /// <summary>What the template needs and nobody can read any more when it is sent; becomes JSON.</summary>
    public object? Data { get; init; }

    /// <summary>The session that it is about, for the list under Manage.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Not before; null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>How a verb queues messages: rows in its own transaction (M1), any number in one statement, and what is queued already is left as it is (M2).</summary>
public static class Outbox
{
    /// <summary>
    /// Queues one message about what is just being made, as a row of the same save: one round trip less where somebody waits for a lock. Its key must be
    /// new, as the subject's id is; a key that is not fails the save (M2).
    /// </summary>
    public static void Add(LearningDb db, DateTimeOffset now, Outgoing message)
    {
        db.MessagesQueued |= message.DueAt is not { } due || due <= now;
        db.Messages.Add(Row(now, message));
    }

    private static Message Row(DateTimeOffset now, Outgoing message) => new()
    {
        Id = Guid.CreateVersion7(now), Kind = message.Kind, PersonId = message.PersonId, Address = message.Address, SubjectId = message.SubjectId, Occurrence = message.Occurrence,
        Why = message.Why, Data = JsonSerializer.Serialize(message.Data ?? new { }), SessionId = message.SessionId, DueAt = message.DueAt ?? now, QueuedAt = now,
        NextTryAt = message.DueAt ?? now,
    };

    /// <summary>Queues. The context must be in a transaction, the verb's own. Returns how many were not queued before.</summary>
    public static Task<int> QueueAsync(LearningDb db, DateTimeOffset now, IReadOnlyList<Outgoing> messages, CancellationToken stop = default)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A message is queued in the transaction of what triggers it (M1).");
        }

        if (messages.Count == 0)
        {
            return Task.FromResult(0);
        }

        db.MessagesQueued |= messages.Any(message => message.DueAt is not { } at || at <= now);
        var ids = messages.Select(_ => Guid.CreateVersion7(now)).ToArray();
        var kinds = messages.Select(message => message.Kind).ToArray();
        var persons = messages.Select(message => message.PersonId).ToArray();
        var addresses = messages.Select(message => message.Address).ToArray();
        var subjects = messages.Select(message => message.SubjectId).ToArray();
        var occurrences = messages.Select(message => message.Occurrence).ToArray();
        var whys = messages.Select(message => message.Why).ToArray();
        var data = messages.Select(message => JsonSerializer.Serialize(message.Data ?? new { })).ToArray();
        var sessions = messages.Select(message => message.SessionId).ToArray();
        var due = messages.Select(message => message.DueAt ?? now).ToArray();
        return db.Database.ExecuteSqlAsync($"""
            insert into messages (id, kind, person_id, address, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            select id, kind, person_id, address, subject_id, occurrence, why, data::jsonb, session_id, due_at, due_at, {now}, 'due'
            from unnest({ids}, {kinds}, {persons}, {addresses}, {subjects}, {occurrences}, {whys}, {data}, {sessions}, {due})
                as m (id, kind, person_id, address, subject_id, occurrence, why, data, session_id, due_at)
            on conflict (kind, person_id, subject_id, occurrence) do nothing
            """, stop);
    }
}
