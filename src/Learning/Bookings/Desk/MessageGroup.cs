using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>
/// An organiser writes to everybody who has a place on a session, or to everybody who waits for one: a mail each, so that nobody reads another's address. The same form sent twice goes once (M2); who has
/// given the place up before it is sent gets none (M3). Refused: no words, too many, nobody in the group, a session that is cancelled.
/// </summary>
public sealed class MessageGroup(LearningDb db, Zone zone)
{
    private sealed record Told(Guid Id, Guid PersonId);

    /// <param name="waiting">Those who wait; else those who have a place.</param>
    /// <param name="form">Tells one form from another.</param>
    public async Task<DeskOutcome> RunAsync(string reference, bool waiting, string? subject, string? text, Guid form, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop) is not { } session)
        {
            return new DeskOutcome.NotFound();
        }

        var (line, words) = (DeskText.Line(subject, int.MaxValue), MessageRules.Text(text));
        var mistakes = MessageRules.WhyNot(session, line, words);
        var state = waiting ? "waiting" : "confirmed";
        var people = await db.Database.SqlQuery<Told>($"""select id as "Id", person_id as "PersonId" from bookings where session_id = {session.Id} and state = {state} order by number""").ToListAsync(stop);
        if (people.Count == 0)
        {
            mistakes = [.. mistakes, new(DeskField.To, waiting ? "Nobody waits" : "Nobody has a place")];
        }

        if (mistakes.Count > 0)
        {
            return new DeskOutcome.Refused(mistakes);
        }

        var now = zone.Now;
        if (await Outbox.QueueAsync(db, now, people.ConvertAll(one => DeskLetters.ToGroup(one.Id, one.PersonId, session.Id, form, line!, words!, waiting)), stop) > 0)
        {
            db.AuditEntries.Add(new AuditEntry
            {
                At = now, ActorId = actor.PersonId, Verb = "wrote to a session's group", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { state, people = people.Count }),
            });
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}
