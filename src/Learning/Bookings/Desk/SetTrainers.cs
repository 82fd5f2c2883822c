using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>
/// Says who gives a session, by their addresses. Whoever is new to it is told, and whoever does not give it any more; whoever stays hears nothing. Refused: an address that is nobody's, too many of them, and a session that
/// has begun or is cancelled.
/// </summary>
public sealed class SetTrainers(LearningDb db, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(string reference, string? typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop) is not { } session)
        {
            return new DeskOutcome.NotFound();
        }

        if (DeskRules.WhyNotChange(session, zone.Now) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        var mistakes = new List<DeskMistake>();
        var wanted = await TrainersByAddress.OfAsync(db, typed, mistakes, stop);
        if (mistakes.Count > 0)
        {
            return new DeskOutcome.Refused(mistakes);
        }

        var now = zone.Now;
        var given = await db.SessionTrainers.Where(trainer => trainer.SessionId == session.Id).ToListAsync(stop);
        var merged = await db.CountedNow.Where(row => given.Select(trainer => trainer.PersonId).Contains(row.PersonId)).ToDictionaryAsync(row => row.PersonId, row => row.CountedId, stop);
        var gone = given.FindAll(trainer => !wanted.Contains(merged.GetValueOrDefault(trainer.PersonId, trainer.PersonId)));
        var come = wanted.Except(given.Select(trainer => merged.GetValueOrDefault(trainer.PersonId, trainer.PersonId))).ToList();
        db.SessionTrainers.RemoveRange(gone);
        db.SessionTrainers.AddRange(come.Select(person => new SessionTrainer { SessionId = session.Id, PersonId = person }));
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "said who gives a session", SubjectKind = "session", SubjectId = session.Id,
            Details = JsonSerializer.Serialize(new { come, gone = gone.Select(trainer => trainer.PersonId) }),
        });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [.. come.Select(person => TrainerLetters.Planned(session.Id, person, 1, now)), .. gone.Select(trainer => TrainerLetters.Removed(session.Id, trainer.PersonId, now))], stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}
