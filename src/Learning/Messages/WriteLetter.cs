using Learning.Time;

using Microsoft.EntityFrameworkCore;

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

    private sealed record Reader(string GivenName, string FamilyName, bool Erased, string? Email);

    /// <summary>The kinds that the areas know.</summary>
    public IReadOnlyCollection<string> Kinds => kinds.Keys;

    /// <summary>Whether a message lets its reader in (see <see cref="MessageKind"/>).</summary>
    public bool IsSecret(Message message) => kinds.GetValueOrDefault(message.Kind)?.Secret == true;

    /// <summary>Whether nothing of its reader is kept once it has been dealt with (see <see cref="MessageKind"/>).</summary>
    public bool IsTraceless(Message message) => kinds.GetValueOrDefault(message.Kind)?.Traceless == true;

    public async Task<Draft> RunAsync(LearningDb db, Message message, CancellationToken stop)
    {
        var kind = kinds.GetValueOrDefault(message.Kind) ?? throw new InvalidDataException($"This program knows no message of the kind {message.Kind}.");
        var reader = await db.Persons.Where(person => person.Id == message.PersonId)
            .Select(person => new Reader(person.GivenName, person.FamilyName, person.ErasedAt != null,
                db.PersonEmails.Where(email => email.PersonId == LearningDb.CountedAs(person.Id) && email.Main).Select(email => email.Email).FirstOrDefault()))
            .SingleOrDefaultAsync(stop);
        if (message.PersonId is null ? message.Address is null : reader is null or { Erased: true })
        {
            return new Draft.Dropped("the person has been erased");
        }

        return await kind.Read(db, message, zone, stop) switch
        {
            Reading.Drop drop => new Draft.Dropped(drop.Why),
            Reading.Send when (message.Address ?? reader?.Email) is null => new Draft.Nowhere("the person has no e-mail address"),
            Reading.Send send => new Draft.Ready(Put(message, send, To(message, reader), reader?.GivenName)),
            var other => throw new InvalidOperationException($"{other} is no reading."),
        };
    }

    // Nobody is known yet at an address that signs up: it stands for its reader.
    private static Correspondent To(Message message, Reader? reader) => (message.Address ?? reader!.Email!) is var address && reader is null
        ? new(address, address)
        : new($"{reader.GivenName} {reader.FamilyName}".Trim(), address);

    private Letter Put(Message message, Reading.Send send, Correspondent to, string? givenName)
    {
        var words = templates.Fill(message.Kind, new Dictionary<string, object?>(send.Values.Select(value => value.Value is Sealed secret ? new(value.Key, seals.Seal(secret)) : value))
        {
            ["name"] = string.IsNullOrWhiteSpace(givenName) ? to.Name : givenName,
            ["site"] = head.Site.AbsoluteUri.TrimEnd('/'),
            ["partnership"] = head.From.Name,
            ["contact"] = head.From.Address,
        });
        return new Letter
        {
            MessageId = Letter.IdOf(message.Id, head.From), From = head.From, To = to, Subject = words.Subject, Text = words.Text, Html = words.Html,
            Calendar = send.Calendar is not { } entry ? null : Calendar.Write(
                entry with { Link = entry.Link ?? new Uri(head.Site, $"/my/bookings/{entry.Id}").AbsoluteUri }, zone, zone.Now, head.From, to),
        };
    }
}
