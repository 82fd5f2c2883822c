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

    private Draft()
    {
    }
}

/// <summary>Puts a message into words: checks its reason (M3), reads what its kind speaks of, fills the template, adds the calendar entry. Changes nothing.</summary>
public sealed class WriteLetter(IEnumerable<MessageKind> kinds, LetterTemplates templates, Letterhead head, Zone zone)
{
    private readonly Dictionary<string, MessageKind> kinds = kinds.ToDictionary(kind => kind.Name);

    private sealed record Reader(string GivenName, string FamilyName, bool Erased, string? Email);

    /// <summary>The kinds that the areas know.</summary>
    public IReadOnlyCollection<string> Kinds => kinds.Keys;

    public async Task<Draft> RunAsync(LearningDb db, Message message, CancellationToken stop)
    {
        var kind = kinds.GetValueOrDefault(message.Kind) ?? throw new InvalidDataException($"This program knows no message of the kind {message.Kind}.");
        var reader = await db.Persons.Where(person => person.Id == message.PersonId)
            .Select(person => new Reader(person.GivenName, person.FamilyName, person.ErasedAt != null,
                db.PersonEmails.Where(email => email.PersonId == person.Id && email.Main).Select(email => email.Email).FirstOrDefault()))
            .SingleOrDefaultAsync(stop);
        if (reader is null or { Erased: true })
        {
            return new Draft.Dropped("the person has been erased");
        }

        return await kind.Read(db, message, zone, stop) switch
        {
            Reading.Drop drop => new Draft.Dropped(drop.Why),
            Reading.Send when reader.Email is null => new Draft.Nowhere("the person has no e-mail address"),
            Reading.Send send => new Draft.Ready(Put(message, send, reader)),
            var other => throw new InvalidOperationException($"{other} is no reading."),
        };
    }

    private Letter Put(Message message, Reading.Send send, Reader reader)
    {
        var to = new Correspondent($"{reader.GivenName} {reader.FamilyName}".Trim(), reader.Email!);
        var words = templates.Fill(message.Kind, new Dictionary<string, object?>(send.Values)
        {
            ["name"] = string.IsNullOrWhiteSpace(reader.GivenName) ? to.Name : reader.GivenName,
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
