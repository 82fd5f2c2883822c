using Learning.Catalogue;
using Learning.ELearning;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Something that a person has learnt: a session attended or a course completed, on its local date (T3).</summary>
public sealed record RecordEntry(DateOnly On, string Title, string Code, CourseKind Kind, decimal? CpdHours, bool Completion);

/// <summary>
/// What somebody attended and completed, their own only (S2), the newest first. Attended is A7: the required share of parts, each by the mark that
/// stands (A2), as holder of the place or as the substitute who came. Counted from the moment of marking, as the figures do (F2).
/// </summary>
public static class MyRecord
{
    /// <summary>Three statements, however long the record.</summary>
    public static async Task<IReadOnlyList<RecordEntry>> ListAsync(LearningDb db, Guid person, CancellationToken stop = default)
    {
        // The events of every place that the person held or filled in for: others' marks on the same place may supersede.
        var marks = await db.Marks.FromSql($"""
            select m.* from marks m
            where (m.session_id, m.part_id, m.person_id) in (
                select session_id, part_id, person_id from marks where person_id = {person} or substitute_id = {person})
            order by m.number
            """).AsNoTracking().ToListAsync(stop);
        var present = marks.GroupBy(mark => (mark.PartId, mark.PersonId)).Select(events => StandingMark.Of(events.OrderBy(mark => mark.Number))!.Mark)
            .Where(mark => mark.Kind == MarkKind.Substitute ? mark.SubstituteId == person : mark.PersonId == person)
            .ToLookup(mark => mark.PartId);
        var sessions = marks.Select(mark => mark.SessionId).Distinct().ToArray();
        var parts = await db.SessionParts.AsNoTracking().Where(part => sessions.Contains(part.SessionId))
            .Join(db.Sessions.Include(session => session.Course), part => part.SessionId, session => session.Id, (part, session) => new { part, session, session.Course })
            .ToListAsync(stop);
        var attended = parts.GroupBy(row => row.session.Id)
            .Where(rows => rows.Count(row => present[row.part.Id].Any(mark =>
                RegisterRules.Attended(mark.Kind, mark.Minutes, row.part.Minutes, row.Course!.RequiredMinutes))) is var there
                && there > 0 && there >= rows.First().Course!.RequiredParts * rows.Count())
            .Select(rows => rows.First())
            .Select(row => new RecordEntry(row.session.CountedOn, row.Course!.Title, row.Course.Code, row.Course.Kind, row.Course.CpdHours, Completion: false));
        var completed = await db.Completions.AsNoTracking().Where(completion => completion.PersonId == person)
            .Join(db.Courses, completion => completion.CourseId, course => course.Id, (completion, course) =>
                new RecordEntry(completion.CompletedOn, course.Title, course.Code, course.Kind, course.CpdHours, true))
            .ToListAsync(stop);
        return [.. attended.Concat(completed).OrderByDescending(entry => entry.On).ThenBy(entry => entry.Title, StringComparer.CurrentCulture)];
    }

    /// <summary>The first of April on or before a date: the year that people here count in.</summary>
    public static DateOnly YearOf(DateOnly today) => new(today.Month < 4 ? today.Year - 1 : today.Year, 4, 1);
}
