using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>A letter in typed words, filled from a real message.</summary>
/// <param name="Letter">Null where it cannot be filled; <paramref name="Why"/> says why.</param>
public sealed record LetterTried(Letter? Letter, string? Why);

/// <summary>
/// Shows the business unit what typed words of a letter come to, filled from the newest real message of its kind whose reason holds, and sends that to the unit's own address as a test: marked as one, without the secrets of
/// its links and without its calendar entry, at once and beside the outbox, once a press. Nothing of it is kept; who looked is on the trail (S3).
/// </summary>
public sealed class TryLetter(LearningDb db, WriteLetter write, EditLetter edit, MailSetting mail, IServiceProvider services, Zone zone)
{
    public async Task<LetterTried> PreviewAsync(string kind, string? subject, string? body, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || edit.WhyNot(kind, subject, body) is not null)
        {
            return new LetterTried(null, actor.IsUnit ? edit.WhyNot(kind, subject, body) : null);
        }

        // A letter that lets its reader in is shown to nobody.
        if (write.IsSecret(kind))
        {
            return new LetterTried(null, "This letter lets its reader in: it is filled for its reader alone.");
        }

        foreach (var message in await db.Messages.AsNoTracking().Where(message => message.Kind == kind).OrderByDescending(message => message.QueuedAt).Take(20).ToListAsync(stop))
        {
            try
            {
                if (await write.RunAsync(db, message, new LetterWords(kind, null, subject!, body!), stop) is Draft.Ready { Letter: var letter })
                {
                    db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at a message", SubjectKind = "message", SubjectId = message.Id });
                    await db.SaveChangesAsync(stop);
                    return new LetterTried(letter with { Text = Seals.Hide(letter.Text), Html = Seals.Hide(letter.Html), Calendar = null, Unsubscribe = null }, null);
                }
            }
            catch (Exception e) when (e is InvalidDataException or KeyNotFoundException or HandlebarsDotNet.HandlebarsException)
            {
                return new LetterTried(null, Letter.OneLine(e.Message));
            }
        }

        return new LetterTried(null, "There is no message of this kind yet that it could be filled from.");
    }

    /// <summary>What the mail server said, or why nothing went out.</summary>
    public async Task<string> SendAsync(string kind, string? subject, string? body, Actor actor, CancellationToken stop = default)
    {
        var tried = await PreviewAsync(kind, subject, body, actor, stop);
        if (tried.Letter is not { } letter || mail.Server is null)
        {
            return tried.Why ?? "There is no mail server: nothing leaves.";
        }

        var own = await db.PersonEmails.Where(email => email.PersonId == actor.PersonId && email.Main).Select(email => email.Email).SingleOrDefaultAsync(stop);
        if (own is null)
        {
            return "You have no e-mail address.";
        }

        await using var line = services.GetRequiredService<Func<IMailTransport>>()();
        var delivery = await line.SendAsync(letter with { MessageId = Letter.IdOf(Guid.CreateVersion7(zone.Now), letter.From), To = new Correspondent(own, own), Subject = $"Test: {letter.Subject}", ReplyTo = null }, stop);
        return delivery is Delivery.Accepted ? $"It went to {own}." : $"It did not go out. {delivery.Answer}";
    }
}
