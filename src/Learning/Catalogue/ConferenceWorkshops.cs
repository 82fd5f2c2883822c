using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A workshop of a conference: a session with places of its own (B14).</summary>
public sealed class Workshop
{
    public string Ref { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Venue { get; init; }
    public DateTime Starts { get; init; }
    public DateTime Ends { get; init; }
    public int Capacity { get; init; }
    public int Taken { get; init; }
    public bool Cancelled { get; init; }

    /// <summary>Places that nobody has.</summary>
    public int PlacesLeft => Math.Max(0, Capacity - Taken);
}

/// <summary>The workshops that begin at one time, of which a delegate goes to one.</summary>
public sealed record Round(int Number, DateTime Starts, DateTime Ends, IReadOnlyList<Workshop> Workshops)
{
    /// <summary>"10:45am to 11:45am".</summary>
    public string Times => British.Times(TimeOnly.FromDateTime(Starts), TimeOnly.FromDateTime(Ends));
}

/// <summary>The workshops of a conference by round. One statement; a session without workshops has no rounds.</summary>
public static class ConferenceWorkshops
{
    public static async Task<IReadOnlyList<Round>> ListAsync(LearningDb db, Guid conference, CancellationToken stop = default)
    {
        var workshops = await db.Database.SqlQuery<Workshop>($"""
            select s.ref as "Ref", coalesce(nullif(btrim(p.title), ''), c.title) as "Title", s.venue as "Venue", p.starts_local as "Starts", p.ends_local as "Ends",
                   s.capacity as "Capacity", s.taken as "Taken", s.status = 'cancelled' as "Cancelled"
            from sessions s
            join courses c on c.id = s.course_id
            join session_parts p on p.session_id = s.id and p.number = 1
            where s.parent_id = {conference}
            order by p.starts_local, 2, s.ref
            """).ToListAsync(stop);
        return [.. workshops.GroupBy(workshop => workshop.Starts).Select((round, i) => new Round(i + 1, round.Key, round.Max(workshop => workshop.Ends), [.. round]))];
    }
}
