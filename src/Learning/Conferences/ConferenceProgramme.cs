using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Conferences;

/// <summary>A workshop in a programme.</summary>
public sealed record ProgrammeWorkshop(Guid Id, Guid RoundId, string Ref, string Title, string? Room, int Capacity, int Taken, int Kept, int Waiting, bool Cancelled)
{
    public int PlacesLeft => Math.Max(0, Capacity - Taken - Kept);
}

/// <summary>A round with its workshops by room.</summary>
public sealed record ProgrammeRound(int Number, ConferenceRound Round, IReadOnlyList<ProgrammeWorkshop> Workshops)
{
    /// <summary>"10:45am to 11:45am".</summary>
    public string Times => British.Times(TimeOnly.FromDateTime(Round.StartsLocal), TimeOnly.FromDateTime(Round.EndsLocal));
}

/// <summary>The programme of a conference: rounds, workshops by room, who speaks, and what its organiser says of the day. What anybody may read; five statements.</summary>
public sealed record ConferenceProgramme(Session Session, IReadOnlyList<ProgrammeRound> Rounds, IReadOnlyList<ConferencePerson> People, ConferenceText Text)
{
    /// <summary>Null where there is no such session, or it is itself a workshop.</summary>
    public static async Task<ConferenceProgramme?> FindAsync(LearningDb db, string reference, CancellationToken stop = default)
    {
        var session = reference.Any(char.IsControl) ? null : await db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference}) and parent_id is null")
            .Include(one => one.Course).AsNoTracking().SingleOrDefaultAsync(stop);
        return session is null ? null : await OfAsync(db, session, stop);
    }

    public static async Task<ConferenceProgramme> OfAsync(LearningDb db, Session session, CancellationToken stop = default)
    {
        var rounds = await db.ConferenceRounds.AsNoTracking().Where(round => round.ConferenceId == session.Id).OrderBy(round => round.StartsLocal).ToListAsync(stop);
        var workshops = (await db.Database.SqlQuery<ProgrammeWorkshop>($"""
            select s.id as "Id", s.round_id as "RoundId", s.ref as "Ref", coalesce(nullif(btrim(p.title), ''), s.ref) as "Title", s.venue as "Room", s.capacity as "Capacity", s.taken as "Taken", s.kept as "Kept",
                (select count(*)::integer from bookings b where b.session_id = s.id and b.state = 'waiting') as "Waiting", s.status = 'cancelled' as "Cancelled"
            from sessions s join session_parts p on p.session_id = s.id and p.number = 1 where s.parent_id = {session.Id} and s.round_id is not null order by s.venue, 4, s.ref
            """).ToListAsync(stop)).Select(workshop => workshop with { Room = InVenue(workshop.Room, session.Venue) }).ToLookup(workshop => workshop.RoundId);
        var people = await db.ConferencePeople.AsNoTracking().Where(person => person.ConferenceId == session.Id).OrderBy(person => person.Position).ToListAsync(stop);
        var text = await db.ConferenceTexts.AsNoTracking().SingleOrDefaultAsync(one => one.ConferenceId == session.Id, stop) ?? new ConferenceText { ConferenceId = session.Id };
        return new(session, [.. rounds.Select((round, i) => new ProgrammeRound(i + 1, round, [.. workshops[round.Id]]))], people, text);
    }

    // "Pavilion Hall, 1 Pier Approach, Room A" at Pavilion Hall is Room A: fifteen times the address helps nobody to find a room.
    private static string? InVenue(string? room, string? venue) => venue is not null && room?.StartsWith($"{venue}, ", StringComparison.Ordinal) == true ? room[(venue.Length + 2)..] : room;

    public IEnumerable<ProgrammeWorkshop> Workshops => Rounds.SelectMany(round => round.Workshops);

    /// <summary>Who speaks at a workshop; null: in front of all.</summary>
    public IEnumerable<ConferencePerson> SpeakersOf(Guid? workshop) => People.Where(person => person.Role == ConferenceRole.Speaker && person.WorkshopId == workshop);
}
