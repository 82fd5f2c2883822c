using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Books places for several people at once, in one transaction (B10): all or nothing, or as many as fit, the others on the waiting list or not. They are served in the order given, each by the rules of a
/// single booking: a place kept for theirs first (B5), and nobody who waits is passed (B6). Who has a booking already keeps it, so that pressing twice is once (B3). A lead books for people of their
/// agencies, the business unit for everybody (S2); to whoever has no address the mail goes by way of the actor. As many statements for fifty as for one.
/// Refused: what can be mended on the form (needs that are too long, an overlap that nobody said is known), always; any other <see cref="BookingRules.WhyNotBook"/>, where all or nothing is wanted.
/// </summary>
public sealed class BookSeveral(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>People in one form.</summary>
    public const int Most = 50;

    private sealed record Holding(Guid Person, Guid[] Holds);

    public async Task<SeveralOutcome> RunAsync(SeveralWanted wanted, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var people = wanted.People.DistinctBy(one => one.PersonId).ToList();
        var ids = people.ConvertAll(one => one.PersonId).ToArray();
        if (ids.Length is 0 or > Most || wanted.SessionRef.Any(char.IsControl)
            || await db.Persons.VisibleTo(actor, db, zone.Today).CountAsync(person => ids.Contains(person.Id) && person.ErasedAt == null, stop) != ids.Length)
        {
            return new SeveralOutcome.NotFound();
        }

        var elsewhere = await Elsewhere.OfAllAsync(db, wanted.SessionRef, ids, zone.Today, stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OfferPlaces.LockForNewcomerAsync(db, wanted.SessionRef, ids[0], zone, stop) is not var (session, standing))
        {
            return new SeveralOutcome.NotFound();
        }

        var live = await LiveBooking.OfAsync(db, session.Id, ids, stop);
        var refused = people.Where(one => !live.ContainsKey(one.PersonId))
            .Select(one => (one.PersonId, Why: WhyNot(one, session, elsewhere[one.PersonId], actor))).Where(one => one.Why is not null).ToDictionary(one => one.PersonId, one => one.Why!.Value);
        if (refused.Count > 0 && (wanted.AllOrNothing || refused.Values.Any(BookingRules.IsMendable)))
        {
            await transaction.CommitAsync(stop);
            return new SeveralOutcome.Refused(refused);
        }

        var newcomers = people.FindAll(one => !live.ContainsKey(one.PersonId) && !refused.ContainsKey(one.PersonId));
        var given = await PlacesAsync(db, session, standing, newcomers, stop);
        if (wanted.AllOrNothing && (given.Count < newcomers.Count || live.Values.Any(one => one.State != BookingState.Confirmed)))
        {
            await transaction.CommitAsync(stop);
            return new SeveralOutcome.NoRoom(given.Count);
        }

        var made = Make(session, standing, newcomers, given, wanted.OthersWait, actor);
        await SaveAsync(db, session, standing, made, actor, stop);
        await transaction.CommitAsync(stop);
        return new SeveralOutcome.Done([.. people.Select(one => Told(one.PersonId, live, refused, made, standing.Waiting))]);
    }

    private BookingReason? WhyNot(PersonWanted one, Session session, Elsewhere elsewhere, Actor actor) =>
        SaidNeeds.Of(one.Needs)?.Length > BookingRules.LongestNeeds ? BookingReason.NeedsTooLong
        : BookingRules.WhyNotBook(session, session.Course!, zone.Now, zone.Today, elsewhere, one.OverlapKnown)
            ?? (ApprovalRules.Asks(session.Course!.NeedsApproval, one.PersonId, actor.PersonId) ? BookingReason.NeedsApprover : null);

    // Who gets a place, and which of those that are kept.
    private static async Task<Dictionary<Guid, Guid?>> PlacesAsync(LearningDb db, Session session, Standing standing, List<PersonWanted> newcomers, CancellationToken stop)
    {
        var ids = newcomers.ConvertAll(one => one.PersonId).ToArray();
        var holds = session.Kept == 0 ? [] : (await db.Database.SqlQuery<Holding>($"""
            select asked.id as "Person", array(select h.id from held_places_for({session.Id}, agency_of_booking(asked.id, null, {session.CountedOn})) h) as "Holds" from unnest({ids}) as asked (id)
            """).ToListAsync(stop)).ToDictionary(one => one.Person, one => one.Holds);
        var left = session.Kept == 0 ? [] : await KeptFor.LeftAsync(db, [session.Id], stop);
        return Allocation.Of(standing.Waiting > 0 ? 0 : session.PlacesLeft, left, newcomers.Select(one => new InLine(one.PersonId, holds.GetValueOrDefault(one.PersonId) ?? [])))
            .ToDictionary(place => place.Booking, place => place.Held);
    }

    private List<Booking> Make(Session session, Standing standing, List<PersonWanted> newcomers, Dictionary<Guid, Guid?> given, bool othersWait, Actor actor)
    {
        var (now, made) = (zone.Now, new List<Booking>());
        var first = standing.NewestWaitingAt > now ? standing.NewestWaitingAt.Value : now;
        // They are numbered in the order in which they were chosen: EF writes in that of the ids.
        Guid[] ids = [.. newcomers.Select(_ => Guid.CreateVersion7()).Order()];
        foreach (var (place, one) in newcomers.Where(one => given.ContainsKey(one.PersonId) || othersWait).Index())
        {
            // Each a little later than the one before, so that they wait in the order in which they were chosen.
            var booking = new Booking
            {
                Id = ids[place], SessionId = session.Id, PersonId = one.PersonId, BookedAt = first.AddMicroseconds(place), BookedBy = actor.PersonId, Needs = SaidNeeds.Of(one.Needs),
            };
            if (given.TryGetValue(one.PersonId, out var held) && held is { } kept)
            {
                booking.Hold(kept);
            }

            booking.Become(given.ContainsKey(one.PersonId) ? BookingState.Confirmed : BookingState.Waiting, now, actor.PersonId);
            made.Add(booking);
        }

        return made;
    }

    private async Task SaveAsync(LearningDb db, Session session, Standing standing, List<Booking> made, Actor actor, CancellationToken stop)
    {
        if (made.Count == 0)
        {
            return;
        }

        var (now, ids) = (zone.Now, made.ConvertAll(booking => booking.PersonId));
        var reachable = (await db.PersonEmails.Where(address => ids.Contains(address.PersonId)).Select(address => address.PersonId).ToListAsync(stop)).ToHashSet();
        var careOf = await db.PersonEmails.Where(address => address.PersonId == actor.PersonId && address.Main).Select(address => address.Email).SingleOrDefaultAsync(stop);
        db.Bookings.AddRange(made);
        db.AuditEntries.AddRange(made.Select(booking => new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = booking.State == BookingState.Waiting ? "joined a waiting list" : "booked a place", SubjectKind = "booking", SubjectId = booking.Id,
        }));
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "booked for several people", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { people = made.Count }),
        });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, made.ConvertAll(booking =>
            (booking.State == BookingState.Waiting ? BookingMessages.Waiting(booking, PositionOf(booking, made, standing.Waiting)) : BookingMessages.Confirmed(booking))
                .CareOf(reachable.Contains(booking.PersonId) ? null : careOf)), stop);
    }

    private static int PositionOf(Booking booking, List<Booking> made, int before) => before + made.Count(one => one.State == BookingState.Waiting && one.BookedAt <= booking.BookedAt);

    private static OneOfSeveral Told(Guid person, IReadOnlyDictionary<Guid, LiveBooking> live, Dictionary<Guid, BookingReason> refused, List<Booking> made, int before) =>
        live.GetValueOrDefault(person) is { } had ? new(person, had.State, had.Position)
        : refused.TryGetValue(person, out var why) ? new(person, null, Why: why)
        : made.Find(booking => booking.PersonId == person) is not { } booking ? new(person, null)
        : new(person, booking.State, booking.State == BookingState.Waiting ? PositionOf(booking, made, before) : null);
}
