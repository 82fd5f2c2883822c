using System.Text.Json;

using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>
/// The last letter to somebody who is erased: that it is done. It is queued without a person, since there is none any more, to the address that was their main one; and once it has been sent, or given
/// up, its row holds neither address nor words (P5). Its subject is the number that stays, so that there is one (M2).
/// </summary>
internal static class ErasureLetter
{
    internal const string Kind = "record-erased";

    /// <summary>After this time it is given up, whatever stands against it: an address that is not to be kept does not wait for a mail server that is gone.</summary>
    internal static readonly TimeSpan Tried = TimeSpan.FromDays(3);

    internal static readonly MessageKind[] Kinds = [new(Kind, ReadAsync, Traceless: true)];

    /// <summary>
    /// To who asked for it, or is erased by somebody of the business unit; retention has told them before. None where there is no address, and none where no mail leaves: it would lie there for good. Asked
    /// before the address is gone.
    /// </summary>
    internal static async Task<IReadOnlyList<Outgoing>> ToAsync(LearningDb db, WhoGoes who, Actor actor, MailSetting mail, CancellationToken stop)
    {
        var asked = await db.ErasureRequests.AnyAsync(request => who.Persons.Contains(request.PersonId) && request.Decision == null, stop);
        if (mail.Server is null || (!asked && actor.PersonId is null))
        {
            return [];
        }

        var address = await db.PersonEmails.Where(email => email.PersonId == who.Persons[0] && email.Main && email.BouncedAt == null).Select(email => email.Email).SingleOrDefaultAsync(stop);
        return address is null ? [] : [new Outgoing { Kind = Kind, Address = address, SubjectId = who.Persons[0], Why = "A person was erased.", Data = new { asked } }];
    }

    private static Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        if (zone.Now - message.QueuedAt > Tried)
        {
            return Task.FromResult<Reading>(new Reading.Drop("it could not be sent in time"));
        }

        using var data = JsonDocument.Parse(message.Data);
        return Task.FromResult<Reading>(new Reading.Send(new Dictionary<string, object?>
        {
            ["asked"] = data.RootElement.GetProperty("asked").GetBoolean(), ["on"] = British.Date(zone.DateOf(message.QueuedAt)),
        }));
    }
}
