using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>A message with everything about it; for one that has not been sent, what would go out now.</summary>
/// <param name="Draft">Null where it has been sent, or cannot be put into words.</param>
public sealed record MessageSeen(Message Message, string? Person, string? Address, bool Bounced, string? Session, Draft? Draft);

/// <summary>Opens a message for the business unit: null where there is none, or for anybody else. What was written to somebody is on their record, so that looking is on the trail (S3).</summary>
public sealed class LookAtMessage(LearningDb db, WriteLetter write, MailSetting mail, Zone zone, ILogger<LookAtMessage> log)
{
    public async Task<MessageSeen?> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await db.Messages.AsNoTracking().SingleOrDefaultAsync(message => message.Id == id, stop) is not { } message)
        {
            return null;
        }

        var about = await db.Messages.Where(one => one.Id == id).Select(one => new
        {
            Person = db.Persons.Where(person => person.Id == one.PersonId && person.ErasedAt == null).Select(person => person.GivenName + " " + person.FamilyName).FirstOrDefault(),
            Email = db.PersonEmails.Where(email => email.PersonId == one.PersonId && email.Main).Select(email => new { email.Email, email.BouncedAt }).FirstOrDefault(),
            Session = db.Sessions.Where(session => session.Id == one.SessionId).Select(session => session.Ref).FirstOrDefault(),
        }).SingleAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at a message", SubjectKind = "message", SubjectId = id });
        await db.SaveChangesAsync(stop);
        return new MessageSeen(message, about.Person, message.SentTo ?? message.Address ?? about.Email?.Email, about.Email?.BouncedAt is not null, about.Session,
            message.State == MessageState.Sent ? null : await DraftAsync(message, stop));
    }

    private async Task<Draft?> DraftAsync(Message message, CancellationToken stop)
    {
        // Without a mail server this page is the only way in which such words reach anybody.
        if (mail.Server is not null && write.IsSecret(message))
        {
            return new Draft.Hidden();
        }

        try
        {
            var draft = await write.RunAsync(db, message, stop);
            return draft is Draft.Ready { Letter: var letter } && mail.Server is not null ? new Draft.Ready(letter with { Text = Seals.Hide(letter.Text), Html = Seals.Hide(letter.Html) }) : draft;
        }
        catch (InvalidDataException e)
        {
            // The page says that there are no words; why is for whoever runs the program.
            log.LogError(e, "The message {Id} could not be put into words", message.Id);
            return null;
        }
    }
}
