using Learning.Time;

namespace Learning.Messages;

/// <summary>What a message comes to at this moment: a letter with its words, or the reason why there is none.</summary>
public abstract record Draft
{
    /// <summary>As it would go out now.</summary>
    public sealed record Ready(Letter Letter) : Draft;

    /// <summary>Its reason no longer holds (rule M3).</summary>
    public sealed record Dropped(string Why) : Draft;

    /// <summary>It cannot go to anybody.</summary>
    public sealed record Nowhere(string Why) : Draft;

    /// <summary>Its words let its reader in, and are nobody else's.</summary>
    public sealed record Hidden : Draft;

    private Draft()
    {
    }
}

/// <summary>Puts a message into words: checks its reason (M3), reads what its kind speaks of, fills the template, adds the calendar entry. Changes nothing.</summary>
public sealed class WriteLetter(IEnumerable<MessageKind> kinds, LetterTemplates templates, Letterhead head, Seals seals, Zone zone)
{
    private readonly Dictionary<string, MessageKind> kinds = kinds.ToDictionary(kind => kind.Name);

    /// <summary>The kinds that the areas know.</summary>
    public IReadOnlyCollection<string> Kinds => kinds.Keys;

    /// <summary>Whether a message lets its reader in (see <see cref="MessageKind"/>).</summary>
    public bool IsSecret(Message message) => IsSecret(message.Kind);

    /// <summary>The same of a kind.</summary>
    public bool IsSecret(string kind) => kinds.GetValueOrDefault(kind)?.Secret == true;

    /// <summary>Whether nothing of its reader is kept once it has been dealt with (see <see cref="MessageKind"/>).</summary>
    public bool IsTraceless(Message message) => kinds.GetValueOrDefault(message.Kind)?.Traceless == true;

    /// <summary>Whom several messages go to, in one statement.</summary>
    internal Task<IReadOnlyDictionary<Guid, LetterReader>> ReadersAsync(LearningDb db, IReadOnlyList<Message> messages, CancellationToken stop) =>
        LetterReader.OfAsync(db, messages, [.. messages.Select(message => kinds.GetValueOrDefault(message.Kind)?.Choice?.Name)], zone.Today, stop);

    public async Task<Draft> RunAsync(LearningDb db, Message message, CancellationToken stop) => await RunAsync(db, message, (await ReadersAsync(db, [message], stop))[message.Id], stop);

    /// <summary>The same in words that do not count (yet).</summary>
    internal async Task<Draft> RunAsync(LearningDb db, Message message, LetterWords words, CancellationToken stop) => await RunAsync(db, message, (await ReadersAsync(db, [message], stop))[message.Id], stop, words);

    internal async Task<Draft> RunAsync(LearningDb db, Message message, LetterReader reader, CancellationToken stop, LetterWords? words = null)
    {
        var kind = kinds.GetValueOrDefault(message.Kind) ?? throw new InvalidDataException($"This program knows no message of the kind {message.Kind}.");
        if (message.PersonId is null ? message.Address is null : reader.GivenName is null || reader.Erased)
        {
            return new Draft.Dropped("the person has been erased");
        }

        if (reader.DoesWithout)
        {
            return new Draft.Dropped("they have chosen to do without such letters");
        }

        return await kind.Read(db, message, zone, stop) switch
        {
            Reading.Drop drop => new Draft.Dropped(drop.Why),
            Reading.Send when (message.Address ?? reader.Email) is null => new Draft.Nowhere("the person has no e-mail address"),
            Reading.Send send => new Draft.Ready(Put(message, kind, send, To(message, reader), reader, words ?? (await LetterVersions.OwnAsync(db, stop)).GetValueOrDefault(message.Kind))),
            var other => throw new InvalidOperationException($"{other} is no reading."),
        };
    }

    // Nobody is known yet at an address that signs up: it stands for its reader.
    private static Correspondent To(Message message, LetterReader reader) => (message.Address ?? reader.Email!) is var address && reader.GivenName is null
        ? new(address, address)
        : new($"{reader.GivenName} {reader.FamilyName}".Trim(), address);

    private Letter Put(Message message, MessageKind kind, Reading.Send send, Correspondent to, LetterReader reader, LetterWords? own)
    {
        var stops = kind.Choice is { Digest: true } digest && message.PersonId is { } person ? seals.Seal(StopDigest.Link(digest, person)) : null;
        var words = templates.Fill(message.Kind, new Dictionary<string, object?>(send.Values.Select(value => value.Value is Sealed secret ? new(value.Key, seals.Seal(secret)) : value))
        {
            ["name"] = string.IsNullOrWhiteSpace(reader.GivenName) ? to.Name : reader.GivenName,
            ["stops"] = stops,
            ["site"] = head.Site.AbsoluteUri.TrimEnd('/'),
            ["partnership"] = head.From.Name,
            ["contact"] = head.From.Address,
        }, own);
        return new Letter
        {
            MessageId = Letter.IdOf(message.Id, head.From), From = head.From, To = to, ReplyTo = reader.OrganiserEmail is { } answers ? new(reader.Organiser!, answers) : null,
            Unsubscribe = stops is null ? null : new Uri(head.Site, $"/unsubscribe/{stops}"), Subject = words.Subject, Text = words.Text, Html = words.Html,
            Calendar = send.Calendar is not { } entry ? null : Calendar.Write(
                entry with { Link = entry.Link ?? new Uri(head.Site, $"/my/bookings/{entry.Id}").AbsoluteUri }, zone, zone.Now, head.From, to),
        };
    }
}
