using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>A workshop as an allocation reads it: <paramref name="Free"/> places are to be given.</summary>
public sealed record WorkshopToGive(Guid Id, Guid RoundId, string Ref, string Title, int Capacity, int Free);

/// <summary>A delegate without a workshop in a round, with what they would like there, the best first.</summary>
public sealed record DelegateToPlace(Guid Booking, Guid RoundId, Guid[] Wishes);

/// <summary>
/// What an allocation is made of: the rounds in the order of time, the workshops that take place, and who has a place at the conference and none in a round, in the order of booking. Who has one already
/// keeps it. Three statements, however many people.
/// </summary>
public sealed record AllocationInput(IReadOnlyList<ConferenceRound> Rounds, IReadOnlyList<WorkshopToGive> Workshops, IReadOnlyList<DelegateToPlace> Delegates)
{
    /// <param name="only">Of this booking alone: somebody who comes late.</param>
    public static async Task<AllocationInput> ReadAsync(LearningDb db, Guid conference, Guid? only, CancellationToken stop = default)
    {
        var rounds = await db.ConferenceRounds.AsNoTracking().Where(round => round.ConferenceId == conference).OrderBy(round => round.StartsLocal).ToListAsync(stop);
        var workshops = await db.Database.SqlQuery<WorkshopToGive>($"""
            select s.id as "Id", s.round_id as "RoundId", s.ref as "Ref", coalesce(nullif(btrim(p.title), ''), s.ref) as "Title", s.capacity as "Capacity", greatest(0, s.capacity - s.taken - s.kept) as "Free"
            from sessions s join session_parts p on p.session_id = s.id and p.number = 1 where s.parent_id = {conference} and s.round_id is not null and s.status = 'planned'
            order by p.starts_local, 4, s.ref
            """).ToListAsync(stop);
        var delegates = await db.Database.SqlQuery<DelegateToPlace>($"""
            select b.id as "Booking", r.id as "RoundId", array(select w.workshop_id from workshop_wishes w where w.booking_id = b.id and w.round_id = r.id order by w.rank) as "Wishes"
            from bookings b join conference_rounds r on r.conference_id = b.session_id
            where b.session_id = {conference} and b.state = 'confirmed' and ({only}::uuid is null or b.id = {only})
                and not exists (select from bookings w where w.person_id = b.person_id and w.round_id = r.id and w.state = 'confirmed')
            order by r.starts_local, b.booked_at, b.number
            """).ToListAsync(stop);
        return new(rounds, workshops, delegates);
    }

    /// <summary>The same for the same input, and for no other.</summary>
    public string Digest()
    {
        var text = new StringBuilder();
        foreach (var workshop in Workshops)
        {
            text.Append(CultureInfo.InvariantCulture, $"{workshop.RoundId} {workshop.Id} {workshop.Capacity} {workshop.Free}\n");
        }

        foreach (var one in Delegates)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.RoundId} {one.Booking} {string.Join(' ', one.Wishes)}\n");
        }

        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))}";
    }

    /// <summary>Who would be given what, and why. Pure.</summary>
    /// <param name="late">The others have theirs: what is left is given.</param>
    public IReadOnlyList<Allocated> Allocate(bool late = false) => [.. Rounds.SelectMany(round => Round(round, late))];

    private IEnumerable<Allocated> Round(ConferenceRound round, bool late)
    {
        var rooms = Workshops.Where(workshop => workshop.RoundId == round.Id).ToDictionary(workshop => workshop.Id);
        var people = Delegates.Where(one => one.RoundId == round.Id).ToList();
        var wanted = people.Where(one => one.Wishes.Length > 0).CountBy(one => one.Wishes[0]).ToDictionary();
        var placed = WorkshopAllocation.Of([.. rooms.Values.Select(room => new Room(room.Id, room.Free))], [.. people.Select(one => new Wanting(one.Booking, one.Wishes))]);
        return people.Zip(placed, (one, place) => new Allocated(
            one.Booking, round.Id, place.Workshop, place.Rank, WhyThisWorkshop.Say([.. one.Wishes.Select(wish => rooms.GetValueOrDefault(wish))], place.Workshop is not null, place.Rank, late ? null : wanted)));
    }
}

/// <summary>What somebody is given in a round, and why, in words for them.</summary>
public sealed record Allocated(Guid Booking, Guid RoundId, Guid? Workshop, int? Rank, string Because);
