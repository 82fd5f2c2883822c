using Microsoft.EntityFrameworkCore;

namespace Learning.Web;

/// <summary>What a person does next, for the start page: the next booked sessions, then courses that were begun.</summary>
public sealed class NextStep
{
    /// <summary>"session", "offer" or "course".</summary>
    public string What { get; init; } = "";
    public string Title { get; init; } = "";

    /// <summary>The session's reference or the course's code.</summary>
    public string Key { get; init; } = "";

    /// <summary>Wall time at which the session starts.</summary>
    public DateTime? Starts { get; init; }
}

/// <summary>The next steps of one person, their own only (S2): at most two sessions or offers and two courses. One statement.</summary>
public static class NextSteps
{
    public static Task<List<NextStep>> ListAsync(LearningDb db, Guid person, DateTimeOffset now, CancellationToken stop = default) =>
        db.Database.SqlQuery<NextStep>($"""
            (select case b.state when 'offered' then 'offer' else 'session' end as "What", c.title as "Title", s.ref as "Key", p.starts_local as "Starts"
             from bookings b
             join sessions s on s.id = b.session_id
             join courses c on c.id = s.course_id
             cross join lateral (select min(starts_local) filter (where ends_at > {now}) as starts_local from session_parts where session_id = s.id) p
             where b.person_id in (select same from persons_of({person}) same) and b.state in ('confirmed', 'offered') and s.status = 'planned' and s.ends_at > {now} and s.parent_id is null
             order by s.starts_at limit 2)
            union all
            (select 'course', c.title, c.code, null
             from learning_attempts a join courses c on c.id = a.course_id
             where a.person_id in (select same from persons_of({person}) same) and a.completed_at is null and a.ended_at is null
             order by a.last_seen_at desc limit 2)
            """).ToListAsync(stop);
}
