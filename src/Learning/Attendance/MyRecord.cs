using Learning.Catalogue;
using Learning.ELearning;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Something that a person has learnt: a session attended or a course completed, on its local date (T3).</summary>
/// <param name="Source">The completion, or the session.</param>
public sealed record RecordEntry(DateOnly On, string Title, string Code, CourseKind Kind, decimal? CpdHours, bool Completion, Guid Source);

/// <summary>
/// What people attended and completed, the newest first. Attended is A7: the required share of parts, each by the mark that stands (A2), as holder of the place or as the substitute who
/// came. Counted from the moment of marking, as the figures do (F2). Whoever asks has asked whether they may see it (S2).
/// </summary>
public static class MyRecord
{
    /// <summary>One person's: four statements, however long the record. Of all records that are counted as this person now (P3).</summary>
    public static async Task<IReadOnlyList<RecordEntry>> ListAsync(LearningDb db, Guid person, CancellationToken stop = default) => [.. (await OfAsync(db, [person], stop))[person]];

    /// <summary>Several people's: four statements, however many they are.</summary>
    public static async Task<ILookup<Guid, RecordEntry>> OfAsync(LearningDb db, IReadOnlyCollection<Guid> people, CancellationToken stop = default)
    {
        var asked = people.ToArray();
        var counted = (await db.Database.SqlQuery<Same>($"""select a.id as "Person", s as "Record" from unnest({asked}) as a (id) cross join persons_of(a.id) s""").ToListAsync(stop))
            .DistinctBy(same => same.Record).ToDictionary(same => same.Record, same => same.Person);
        var wanted = counted.Keys.ToArray();

        // The events of every place that somebody held or filled in for: others' marks on the same place may supersede.
        var marks = await db.Marks.FromSql($"""
            select m.* from marks m
            where (m.session_id, m.part_id, m.person_id) in (
                select session_id, part_id, person_id from marks where person_id = any ({wanted})
                union select session_id, part_id, person_id from marks where substitute_id = any ({wanted}))
            order by m.number
            """).AsNoTracking().ToListAsync(stop);
        var present = marks.GroupBy(mark => (mark.PartId, mark.PersonId)).Select(events => StandingMark.Of(events.OrderBy(mark => mark.Number))!.Mark)
            .Select(mark => (Person: mark.Kind == MarkKind.Substitute ? mark.SubstituteId : mark.PersonId, Mark: mark))
            .Where(one => one.Person is { } person && counted.ContainsKey(person))
            .ToLookup(one => counted[one.Person!.Value], one => one.Mark);
        var sessions = marks.Select(mark => mark.SessionId).Distinct().ToArray();
        var parts = (await db.SessionParts.AsNoTracking().Where(part => sessions.Contains(part.SessionId))
            .Join(db.Sessions.Include(session => session.Course), part => part.SessionId, session => session.Id, (part, session) => new Held(part, session, session.Course!))
            .ToListAsync(stop)).ToLookup(row => row.Session.Id);
        var attended = present.SelectMany(one => Attended([.. one], parts).Select(entry => (Person: one.Key, Entry: entry)));
        var completed = await db.Completions.AsNoTracking().Where(completion => wanted.Contains(completion.PersonId))
            .Join(db.Courses, completion => completion.CourseId, course => course.Id, (completion, course) =>
                new { completion.PersonId, Entry = new RecordEntry(completion.CompletedOn, course.Title, course.Code, course.Kind, course.CpdHours, true, completion.Id) })
            .ToListAsync(stop);
        return attended.Concat(completed.Select(one => (Person: counted[one.PersonId], one.Entry)))
            .OrderByDescending(one => one.Entry.On).ThenBy(one => one.Entry.Title, StringComparer.CurrentCulture).ToLookup(one => one.Person, one => one.Entry);
    }

    private sealed record Same(Guid Person, Guid Record);

    private sealed record Held(SessionPart Part, Session Session, Course Course);

    // The sessions of which somebody, present as these marks say, has attended the required share of parts.
    private static IEnumerable<RecordEntry> Attended(IReadOnlyList<Mark> present, ILookup<Guid, Held> parts)
    {
        var byPart = present.ToLookup(mark => mark.PartId);
        return present.Select(mark => mark.SessionId).Distinct().Select(session => parts[session].ToList())
            .Where(rows => rows.Count(row => byPart[row.Part.Id].Any(mark => RegisterRules.Attended(mark.Kind, mark.Minutes, row.Part.Minutes, row.Course.RequiredMinutes))) is var there
                && RegisterRules.AttendedCourse(there, rows.Count, rows[0].Course.RequiredParts))
            .Select(rows => new RecordEntry(rows[0].Session.CountedOn, rows[0].Course.Title, rows[0].Course.Code, rows[0].Course.Kind, rows[0].Course.CpdHours, Completion: false, rows[0].Session.Id));
    }

    /// <summary>The first of April on or before a date: the year that people here count in.</summary>
    public static DateOnly YearOf(DateOnly today) => new(today.Month < 4 ? today.Year - 1 : today.Year, 4, 1);
}
