using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>The question which registers a tablet keeps ready for its trainer: their sessions with a part today or tomorrow, which are not cancelled and not signed. One statement.</summary>
public sealed class RegistersSoon(LearningDb db, Zone zone)
{
    public async Task<IReadOnlyList<string>> AskAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return [];
        }

        var (today, tomorrow) = (zone.Today, zone.Today.AddDays(1));
        return await db.Database.SqlQuery<string>($"""
            select s.ref as "Value" from sessions s
            where s.status = 'planned'
                and exists (select from session_trainers t where t.session_id = s.id and t.person_id in (select same from persons_of({person}) same))
                and exists (select from session_parts p where p.session_id = s.id and p.ends_local::date >= {today} and p.starts_local::date <= {tomorrow})
                and coalesce((select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1), 'reopened') <> 'signed'
            order by s.starts_at, s.ref
            """).ToListAsync(stop);
    }
}
