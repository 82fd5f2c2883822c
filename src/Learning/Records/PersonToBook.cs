using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>Somebody whom a lead books for, as things stand on a session.</summary>
/// <param name="State">Their live booking's state; null: none.</param>
/// <param name="Overlapping">References of what they are booked on at the same time (B7).</param>
/// <param name="Missing">Titles of the courses that they have to hold before (B8).</param>
/// <param name="WhyNot">Null when they may be booked, apart from an overlap, which takes a tick.</param>
/// <param name="NoAddress">Mail to them goes by way of whoever books.</param>
public sealed record PersonToBook(Guid Id, string Name, BookingState? State, int? Position, IReadOnlyList<string> Overlapping, IReadOnlyList<string> Missing, BookingReason? WhyNot, bool NoAddress)
{
    /// <summary>Those of the people whom the actor may book for, in the order asked (B10, S2). Five statements, however many they are.</summary>
    public static async Task<IReadOnlyList<PersonToBook>> ListAsync(LearningDb db, Zone zone, Session session, Guid[] wanted, Actor actor, CancellationToken stop = default)
    {
        var people = await db.Persons.VisibleTo(actor, db, zone.Today).Where(person => person.ErasedAt == null && wanted.Contains(person.Id))
            .Select(person => new { person.Id, person.GivenName, person.FamilyName, NoAddress = !db.PersonEmails.Any(address => address.PersonId == person.Id) }).ToListAsync(stop);
        var (states, elsewhere) = (await LiveBooking.OfAsync(db, session.Id, wanted, stop), await Elsewhere.OfAllAsync(db, session.Ref, [.. people.Select(person => person.Id)], zone.Today, stop));
        return
        [
            .. people.OrderBy(person => Array.IndexOf(wanted, person.Id)).Select(person => new PersonToBook(
                person.Id, PersonName.Of(person.GivenName, person.FamilyName, person.Id), states.GetValueOrDefault(person.Id)?.State, states.GetValueOrDefault(person.Id)?.Position,
                elsewhere[person.Id].Overlapping, elsewhere[person.Id].Missing, BookingRules.WhyNotBook(session, session.Course!, zone.Now, zone.Today, elsewhere[person.Id], overlapKnown: true), person.NoAddress)),
        ];
    }
}
