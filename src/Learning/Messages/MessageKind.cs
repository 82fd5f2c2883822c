using Learning.Time;

namespace Learning.Messages;

/// <summary>
/// What an area says about one kind of message: <see cref="Read"/> is asked just before it is sent, in the transaction that will record its outcome.
/// It checks that the reason still holds (rule M3) and reads, as it stands then, what the template content/emails/<see cref="Name"/>.md speaks of.
/// </summary>
/// <param name="Secret">Whether it lets its reader in: its data goes once it has been dealt with, its words are not kept, and nobody is shown them while there is a mail server.</param>
/// <param name="Choice">The choice by which a person may do without it (M4); null: it always comes.</param>
/// <param name="Traceless">Whether nobody is to be able to tell to whom it went: once it has been dealt with, sent or not, its row holds no address and no words (P5).</param>
public sealed record MessageKind(string Name, ReadMessage Read, bool Secret = false, bool Traceless = false, MessageChoice? Choice = null);

/// <summary>Reads what a message is about, or says why it is not to be sent any more.</summary>
public delegate Task<Reading> ReadMessage(LearningDb db, Message message, Zone zone, CancellationToken stop);

/// <summary>What was found just before sending.</summary>
public abstract record Reading
{
    /// <summary>The reason holds. The values are those that the template names, among them secrets of links (<see cref="Sealed"/>); a calendar entry goes with it where there is one.</summary>
    public sealed record Send(IReadOnlyDictionary<string, object?> Values, CalendarEntry? Calendar = null) : Reading;

    /// <summary>Its reason no longer holds: <paramref name="Why"/> is kept as its outcome.</summary>
    public sealed record Drop(string Why) : Reading;

    private Reading()
    {
    }
}
