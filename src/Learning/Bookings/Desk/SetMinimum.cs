using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>
/// Says how few people a session takes place with, and on which day that is decided; on that day it appears among what is to do while there are fewer. With neither it takes place however few come: that
/// is also how an organiser decides that it goes ahead. Refused: <see cref="PlanRules.WhyNotMinimum"/>, a session that has begun or is cancelled.
/// </summary>
public sealed class SetMinimum(LearningDb db, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(string reference, string? minimum, string? decideOn, Actor actor, CancellationToken stop = default)
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

        if (PlanRules.WhyNotMinimum(minimum, decideOn, session.Capacity, zone.DateOf(session.StartsAt), zone.Today, out var number, out var day) is { } mistake)
        {
            return new DeskOutcome.Refused([mistake]);
        }

        db.Attach(session);
        (session.Minimum, session.DecideOn) = (number, day);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "set a session's minimum", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}
