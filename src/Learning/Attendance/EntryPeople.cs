using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>An entry of a device with the people, or the seat, it names found.</summary>
/// <param name="HolderId">Whose place the mark is on: a person's number, or an empty seat's.</param>
/// <param name="Holder">Null: there is no such person.</param>
/// <param name="Substitute">Null: none is named, or there is no such person.</param>
/// <param name="Flags">What the names themselves gave reason to flag.</param>
/// <param name="Seat">The name of the empty seat; null: a person's, or the forum has no such seat.</param>
internal sealed record ReadEntry(MarkEntry Entry, Guid HolderId, Attendee? Holder, Guid? SubstituteId, Attendee? Substitute, IReadOnlyList<MarkFlag> Flags, string? Seat = null)
{
    public bool NamesSomebodyUnknown => Holder is null || (SubstituteId is not null && Substitute is null);
}

/// <summary>Finds the people of a batch: in a fixed number of queries, whatever its size.</summary>
internal static class EntryPeople
{
    /// <param name="asked">Those whom the entries name by their ids, where they have been asked for already.</param>
    public static async Task<List<ReadEntry>> ReadAsync(
        LearningDb db, Session session, IReadOnlyList<MarkEntry> all, DateTimeOffset now, CancellationToken stop, IReadOnlyDictionary<Guid, Attendee>? asked = null)
    {
        var entries = all.Where(entry => entry.Seat is null).ToList();
        var arrivals = await Arrivals.FindOrMakeAsync(db, entries.SelectMany(entry => new[] { entry.Who, entry.Substitute }).OfType<Somebody>(), session.CountedOn, now, stop);
        Arrival? Arrived(Somebody? who) => who?.Email is null ? null : arrivals[PersonEmail.Normal(who.Email)];
        Guid IdOf(Somebody who) => Arrived(who)?.Id ?? who.Id!.Value;

        var holders = arrivals.Count == 0 && asked is not null ? asked : await Attendee.LoadAsync(
            db, session.Id, session.CountedOn, Preferred(entries.Select(entry => (IdOf(entry.Who), Arrived(entry.Who)?.Agency))), frozen: true, stop);

        // A substitute who works in two places comes for the one whose place it is.
        var substitutes = await Attendee.LoadAsync(
            db, session.Id, session.CountedOn,
            Preferred(entries.Where(entry => entry.Substitute is not null).Select(entry =>
                (IdOf(entry.Substitute!), Arrived(entry.Substitute)?.Agency ?? holders.GetValueOrDefault(IdOf(entry.Who))?.AgencyId))),
            frozen: false, stop);

        return [.. await SeatsAsync(db, session, [.. all.Where(entry => entry.Seat is not null)], stop), .. entries.Select(entry =>
        {
            var (holder, substitute) = (IdOf(entry.Who), entry.Substitute is null ? (Guid?)null : IdOf(entry.Substitute));
            var coming = entry.Substitute is null ? entry.Who : entry.Substitute;
            return new ReadEntry(
                entry, holder, holders.GetValueOrDefault(holder), substitute, substitute is { } id ? substitutes.GetValueOrDefault(id) : null, Flags(coming, Arrived(coming)));
        })];
    }

    private static async Task<IEnumerable<ReadEntry>> SeatsAsync(LearningDb db, Session session, IReadOnlyList<MarkEntry> entries, CancellationToken stop)
    {
        Guid[] asked = [.. entries.Select(entry => entry.Seat!.Value).Distinct()];
        var names = asked.Length == 0 ? [] : await db.ForumSeats.Where(seat => asked.Contains(seat.Id) && seat.CourseId == session.CourseId).ToDictionaryAsync(seat => seat.Id, seat => seat.Name, stop);
        return entries.Select(entry => new ReadEntry(entry, entry.Seat!.Value, null, null, null, [], names.GetValueOrDefault(entry.Seat.Value)));
    }

    private static IReadOnlyList<MarkFlag> Flags(Somebody who, Arrival? arrival) =>
        arrival is null ? []
        : who.Name is null ? arrival.FamilyName.Length == 0 ? [MarkFlag.NoName] : []
        : SameName(who.Name, arrival.Name) ? [] : [MarkFlag.AnotherName];

    /// <summary>Whether two names are one, whatever the case and the spaces between.</summary>
    public static bool SameName(string one, string other) => string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<Guid, Guid?> Preferred(IEnumerable<(Guid Id, Guid? Agency)> people) =>
        people.GroupBy(person => person.Id).ToDictionary(group => group.Key, group => group.Select(person => person.Agency).FirstOrDefault(agency => agency is not null));
}
