using Npgsql;

using NpgsqlTypes;

namespace Learning.Required;

/// <summary>
/// Whom the rules ask for what, and until when each holds it: one statement over sets, for one person or for ten thousand. <c>standing</c> has a row for each person and course: when it is due by, since when it
/// is held (whoever employed them then), until when that counts, and its state on @day. Where a certificate
/// stands for what is held, until the day that stands on it (E5), unless a rule has months of its own. Of a course of which a version needed everyone again, what was completed before does not count, and it is due anew (E1).
/// </summary>
internal static class RequiredSql
{
    /// <summary>What runs out within so many days is due.</summary>
    public const int DueWithin = 60;

    /// <param name="jobs">The condition on <c>e</c>, an employment of the day: whose rules are asked for.</param>
    public static string Of(string jobs) => $"""
        with recursive below as (
            select r.id as rule_id, r.agency_id from required_rules r where r.agency_id is not null
            union
            select b.rule_id, a.id from below b join agencies a on a.parent_id = b.agency_id),
        job as materialized (
            select coalesce(c.counted_id, e.person_id) as person_id, e.agency_id, e.workforce, e.level, e.job_title, e.starts_on
            from employments e left join counted_now c on c.person_id = e.person_id
            where {jobs} and e.starts_on <= @day and (e.ends_on is null or @day < e.ends_on)),
        again as materialized (select course_id, max(published_at) as since from course_publications where everyone_again_because is not null group by course_id),
        asked as materialized (
            select j.person_id, r.course_id, min(coalesce(r.due_on, greatest(j.starts_on, r.starts_on, g.since::date) + r.due_days)) as due_by, min(r.months) as own_months, bool_or(r.months is null) as by_course, c.validity_months
            from job j
            join required_rules r on r.starts_on <= @day and (r.ended_on is null or @day < r.ended_on) and (@course::uuid is null or r.course_id = @course)
                and (r.workforce is null or r.workforce = j.workforce) and (r.level is null or r.level = j.level)
                and (r.job_words is null or position(lower(r.job_words) in lower(coalesce(j.job_title, ''))) > 0)
                and (r.agency_id is null or exists (select from below b where b.rule_id = r.id and b.agency_id = j.agency_id))
            join courses c on c.id = r.course_id and (c.withdrawn_on is null or @day < c.withdrawn_on)
            left join again g on g.course_id = r.course_id
            group by j.person_id, r.course_id, c.validity_months),
        wanted as materialized (select distinct course_id from asked),
        counts as materialized (
            select course_id, course_id as other_id from wanted
            union
            select q.course_id, coalesce(q.other_id, c.id) from wanted w join course_equivalences q on q.course_id = w.course_id left join courses c on q.other_id is null and c.kind = q.kind and c.level = q.level
            where coalesce(q.other_id, c.id) is not null),
        people as materialized (select distinct person_id from asked),
        who as materialized (select person_id, person_id as own_id from people union select c.counted_id, c.person_id from counted_now c join people p on p.person_id = c.counted_id),
        learning as materialized (
            select w.person_id, x.course_id, max(x.completed_on) as on_day
            from who w join completions x on x.person_id = w.own_id and x.completed_on <= @day and x.course_id in (select other_id from counts)
            left join again g on g.course_id = x.course_id
            where g.since is null or x.recorded_at >= g.since
            group by w.person_id, x.course_id),
        places as materialized (
            select m.session_id, m.part_id, m.person_id from who w join marks m on m.person_id = w.own_id join sessions s on s.id = m.session_id and s.course_id in (select other_id from counts)
            union
            select m.session_id, m.part_id, m.person_id from who w join marks m on m.substitute_id = w.own_id join sessions s on s.id = m.session_id and s.course_id in (select other_id from counts)),
        marked as materialized (
            select distinct on (m.session_id, m.part_id, m.person_id) m.session_id, m.part_id, m.mark, m.minutes, case when m.mark = 'substitute' then m.substitute_id else m.person_id end as present_id
            from places p join marks m on m.session_id = p.session_id and m.part_id = p.part_id and m.person_id = p.person_id
            order by m.session_id, m.part_id, m.person_id, m.reopening desc, (case when m.reopening = 0 then m.marked_at end) desc nulls last, m.number desc),
        attended as materialized (
            select w.person_id, s.course_id, s.counted_on, count(distinct m.part_id) as parts, (select count(*) from session_parts p where p.session_id = s.id) * c.required_parts as needed
            from marked m join who w on w.own_id = m.present_id join sessions s on s.id = m.session_id and s.status = 'planned' and s.counted_on <= @day
            join courses c on c.id = s.course_id join session_parts p on p.id = m.part_id
            where m.mark in ('attended', 'substitute') or m.mark = 'part' and m.minutes >= c.required_minutes * p.minutes
            group by w.person_id, s.id, s.course_id, s.counted_on, c.required_parts),
        held as materialized (
            select l.person_id, k.course_id, max(l.on_day) as held_on
            from (
                select person_id, course_id, on_day from learning
                union all select person_id, course_id, counted_on from attended where parts >= needed) l
            join counts k on k.other_id = l.course_id group by l.person_id, k.course_id),
        shown as materialized (
            select w.person_id, v.course_id, max(v.done_on) as held_on from who w join learning_evidence v on v.person_id = w.own_id and v.decision = 'accepted' and v.done_on <= @day group by w.person_id, v.course_id),
        certified as materialized (
            select w.person_id, k.course_id, k.held_on, max(coalesce(k.expires_on, 'infinity')) as until
            from who w join standing_certificates k on k.person_id = w.own_id and k.course_id in (select course_id from wanted) group by w.person_id, k.course_id, k.held_on),
        newest as (
            select a.*, greatest(h.held_on, v.held_on) as held_on, v.held_on is not null and (h.held_on is null or v.held_on > h.held_on) as elsewhere
            from asked a left join held h on h.person_id = a.person_id and h.course_id = a.course_id left join shown v on v.person_id = a.person_id and v.course_id = a.course_id),
        dated as (
            select n.person_id, n.course_id, n.due_by, n.held_on, n.elsewhere,
                least((n.held_on + make_interval(months => n.own_months))::date,
                    case when not n.by_course then null when k.until is not null then nullif(k.until, 'infinity') else (n.held_on + make_interval(months => n.validity_months))::date end) as until
            from newest n left join certified k on k.person_id = n.person_id and k.course_id = n.course_id and k.held_on = n.held_on and not n.elsewhere),
        standing as materialized (
            select d.*, case
                    when d.held_on is null or d.until <= @day then case when d.due_by < @day then 'overdue' else 'due' end
                    when d.until <= @day + {DueWithin} then 'due'
                    else 'in date' end as state,
                case when d.held_on is null then d.due_by when d.until <= @day then greatest(d.until, d.due_by) else d.until end as by_day
            from dated d)
        """;

    /// <summary>A command with the parameters that the statement knows.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, DateOnly day, Guid? course)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter("day", NpgsqlDbType.Date) { Value = day });
        command.Parameters.Add(new NpgsqlParameter("course", NpgsqlDbType.Uuid) { Value = course is { } one ? one : DBNull.Value });
        return command;
    }
}
