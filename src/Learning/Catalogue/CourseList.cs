using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>
/// The courses on offer that match a filter, those with the next date first, then what can be begun at any
/// time, then the rest by title. One
/// statement; the words are then looked for in the course texts too, which are files.
/// </summary>
public static class CourseList
{
    public static async Task<IReadOnlyList<CourseRow>> FindAsync(
        LearningDb db, CourseTexts texts, Zone zone, CourseFilter filter, CancellationToken stop = default)
    {
        var (now, today) = (zone.Now, zone.Today);
        DateTimeOffset? from = filter.From is { } first ? zone.StartOf(first) : null;
        DateTimeOffset? until = filter.Until is { } last && last < DateOnly.MaxValue ? zone.StartOf(last.AddDays(1)) : null;
        var kinds = filter.Kinds.Select(Database.Words.Word).ToArray();
        var boards = filter.Boards.Select(Database.Words.Word).ToArray();

        var rows = await db.Database.SqlQuery<CourseRow>($"""
            select c.code as "Code", c.title as "Title", c.kind as "KindWord", c.board as "BoardWord", c.level as "Level", c.cpd_hours as "CpdHours",
                   c.validity_months as "ValidityMonths", o.name as "Owner", n.starts_local as "NextStarts", n.capacity as "NextCapacity",
                   n.taken as "NextTaken", coalesce(n.dates, 0) as "Dates", n.venues as "Venues"
            from courses c
            join agencies o on o.id = c.owner_id
            left join lateral (
                select (array_agg(p.starts_local order by s.starts_at, s.ref))[1] as starts_local,
                       (array_agg(s.capacity order by s.starts_at, s.ref))[1] as capacity,
                       (array_agg(s.taken + s.kept order by s.starts_at, s.ref))[1] as taken,
                       count(*)::integer as dates, string_agg(distinct s.venue, ' · ') as venues
                from sessions s
                join session_parts p on p.session_id = s.id and p.number = 1
                where s.course_id = c.id and s.parent_id is null and s.status = 'planned' and s.starts_at > {now}
                  and ({from}::timestamptz is null or s.starts_at >= {from}) and ({until}::timestamptz is null or s.starts_at < {until})
                  and (not {filter.PlacesFree} or (s.taken + s.kept < s.capacity and s.booking_closes_at > {now}))
            ) n on true
            where c.published_on <= {today} and (c.withdrawn_on is null or c.withdrawn_on > {today})
              and (cardinality({kinds}) = 0 or c.kind = any({kinds})) and (cardinality({boards}) = 0 or c.board = any({boards}))
              and ({filter.Owner}::text is null or upper(o.code) = upper({filter.Owner}))
              and ({filter.Programme}::text is null or exists (
                  select 1 from course_programmes cp join programmes g on g.id = cp.programme_id
                  where cp.course_id = c.id and upper(g.code) = upper({filter.Programme})))
              and (n.dates > 0 or (({from}::timestamptz is null and {until}::timestamptz is null) and (not {filter.PlacesFree} or c.kind = 'e-learning')))
            order by n.starts_local nulls last, c.title
            """).ToListAsync(stop);

        var words = (filter.Words ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. rows
            .Where(row => Array.TrueForAll(words, word => row.Mentions(word) || texts.Of(row.Code).Mentions(word)))
            .OrderBy(row => row.NextStarts is not null ? 0 : texts.Of(row.Code).Playable ? 1 : 2)];
    }
}
