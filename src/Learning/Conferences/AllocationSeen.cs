using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Conferences;

/// <summary>A room of a round: how many had it as their first choice, and how many are given it.</summary>
public sealed record RoomSeen(string Title, int Capacity, int Wanted, int Given);

/// <summary>What a round comes to.</summary>
public sealed record RoundSeen(int Number, string Times, int People, int Firsts, int Seconds, int Later, int Left, int None, IReadOnlyList<RoomSeen> Rooms);

/// <summary>Somebody in a round.</summary>
public sealed record PlacedSeen(string Name, int Round, string? Workshop, string Because);

/// <summary>
/// An allocation as its organiser looks at it before anybody is told (B14): the run that is open, or that was told; where there is none, what it would come to now, of which nothing is kept.
/// </summary>
public sealed record AllocationSeen(Session Session, AllocationRun? Open, AllocationRun? Told, int Newest, IReadOnlyList<RoundSeen> Rounds, IReadOnlyList<PlacedSeen> People)
{
    private sealed record Named(Guid Id, string Name);

    /// <summary>Null for anybody who does not organise it (S1).</summary>
    public static async Task<AllocationSeen?> FindAsync(LearningDb db, string reference, Actor actor, Zone zone, CancellationToken stop = default)
    {
        if (await ConferenceProgramme.FindAsync(db, reference, stop) is not { } programme || !await Organisers.MayAsync(db, actor, programme.Session.CourseId, zone.Today, stop))
        {
            return null;
        }

        var runs = await db.AllocationRuns.AsNoTracking().Where(run => run.ConferenceId == programme.Session.Id).OrderBy(run => run.Number).ToListAsync(stop);
        var (told, open) = (runs.Find(run => run.ToldAt is not null), runs.Find(run => run is { ToldAt: null, DroppedAt: null }));
        var shown = (told ?? open) is { } run
            ? await db.AllocationResults.AsNoTracking().Where(result => result.RunId == run.Id).Select(result => new Allocated(result.BookingId, result.RoundId, result.WorkshopId, result.Rank, result.Because)).ToListAsync(stop)
            : (await AllocationInput.ReadAsync(db, programme.Session.Id, null, stop)).Allocate();
        var ids = shown.Select(one => one.Booking).Distinct().ToArray();
        var names = await db.Database.SqlQuery<Named>($"""
            select b.id as "Id", coalesce(nullif(btrim(p.given_name || ' ' || p.family_name), ''), 'A delegate') as "Name" from bookings b join persons p on p.id = b.person_id
            where b.id = any({ids}) order by lower(p.family_name), lower(p.given_name), b.number
            """).ToListAsync(stop);
        var firsts = await db.WorkshopWishes.Where(wish => ids.Contains(wish.BookingId) && wish.Rank == 1).GroupBy(wish => wish.WorkshopId).Select(wishes => new { wishes.Key, Count = wishes.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, stop);
        var titles = programme.Workshops.ToDictionary(workshop => workshop.Id, workshop => workshop.Title);
        var numbers = programme.Rounds.ToDictionary(round => round.Round.Id, round => round.Number);
        var byBooking = shown.ToLookup(one => one.Booking);
        return new(programme.Session, open, told, runs.Count, [.. programme.Rounds.Select(round => Round(round, [.. shown.Where(one => one.RoundId == round.Round.Id)], firsts))],
            [.. names.SelectMany(name => byBooking[name.Id].OrderBy(one => numbers[one.RoundId]).Select(one => new PlacedSeen(name.Name, numbers[one.RoundId], one.Workshop is { } id ? titles.GetValueOrDefault(id) : null, one.Because)))]);
    }

    private static RoundSeen Round(ProgrammeRound round, IReadOnlyList<Allocated> shown, Dictionary<Guid, int> firsts) => new(
        round.Number, round.Times, shown.Count, shown.Count(one => one.Rank == 1), shown.Count(one => one.Rank == 2), shown.Count(one => one.Rank > 2), shown.Count(one => one is { Rank: null, Workshop: not null }), shown.Count(one => one.Workshop is null),
        [.. round.Workshops.Where(workshop => !workshop.Cancelled).Select(workshop => new RoomSeen(workshop.Title, workshop.Capacity, firsts.GetValueOrDefault(workshop.Id), shown.Count(one => one.Workshop == workshop.Id)))]);
}
