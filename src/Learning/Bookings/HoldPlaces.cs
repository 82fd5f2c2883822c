using System.Text.Json;

using Learning.Audit;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Keeps free places of a session for an agency, with its departments, or for a sector, until a moment (B5). Whoever of theirs waits is offered one at once, in the order of the list; the agency's
/// lead is told. Twice for the same agency or sector adds to what is kept. Refused: <see cref="DeskRules.WhyNotHold"/>.
/// </summary>
public sealed class HoldPlaces(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(string reference, Guid? agency, string? sector, int? places, DateTimeOffset? until, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop) is not { } session)
        {
            return new DeskOutcome.NotFound();
        }

        var now = zone.Now;
        if (DeskRules.WhyNotChange(session, now) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        if ((agency is null) == (sector is null) || !await IsThereAsync(db, agency, sector, stop))
        {
            return DeskOutcome.Because(DeskField.HeldFor, "Choose an agency or a sector");
        }

        if (DeskRules.WhyNotHold(session, places, until, now) is { } mistake)
        {
            return new DeskOutcome.Refused([mistake]);
        }

        var held = await db.HeldPlaces.SingleOrDefaultAsync(one => one.SessionId == session.Id && one.ReleasedAt == null && one.AgencyId == agency && one.Sector == sector, stop);
        if (held is null)
        {
            held = new HeldPlaces { Id = Guid.CreateVersion7(now), SessionId = session.Id, AgencyId = agency, Sector = sector, Places = places!.Value, Until = until!.Value, MadeAt = now, MadeBy = actor.PersonId };
            db.HeldPlaces.Add(held);
        }
        else
        {
            (held.Places, held.Until, held.ChangedAt) = (held.Places + places!.Value, until!.Value, now);
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "kept places", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { agency, sector, places }),
        });
        await db.SaveChangesAsync(stop);
        await OfferPlaces.RunAsync(db, [session], zone, stop);
        if (agency is { } told)
        {
            var leads = await LeadsToTell.OfAsync(db, told, null, zone.Today, stop);
            await Outbox.QueueAsync(db, now, leads.ConvertAll(lead => HeldLetters.Kept(held, lead, now)), stop);
        }

        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private static async Task<bool> IsThereAsync(LearningDb db, Guid? agency, string? sector, CancellationToken stop) =>
        agency is not null ? await db.Agencies.AnyAsync(one => one.Id == agency, stop) : await db.Agencies.AnyAsync(one => one.Sector == sector, stop);
}
