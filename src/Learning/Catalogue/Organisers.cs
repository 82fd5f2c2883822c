using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>Who organises a course's sessions (S1): the business unit, and those named on the course while they work for the agency that owns it, or a department of it.</summary>
public static class Organisers
{
    public static async Task<bool> MayAsync(LearningDb db, Actor actor, Guid courseId, DateOnly today, CancellationToken stop = default) =>
        actor.IsUnit || (actor.PersonId is { } person && (await OfAsync(db, person, today, courseId, stop)).Count > 0);

    /// <summary>The courses whose sessions somebody is named to organise; the business unit organises all besides.</summary>
    public static Task<List<Guid>> CoursesAsync(LearningDb db, Guid person, DateOnly today, CancellationToken stop = default) => OfAsync(db, person, today, null, stop);

    private static Task<List<Guid>> OfAsync(LearningDb db, Guid person, DateOnly today, Guid? course, CancellationToken stop) => db.Database.SqlQuery<Guid>($"""
        select o.course_id as "Value" from course_organisers o join courses c on c.id = o.course_id
        where o.person_id = {person} and ({course}::uuid is null or c.id = {course}) and exists (
            select from employments e, agency_and_above(e.agency_id) up
            where e.person_id = {person} and e.starts_on <= {today} and (e.ends_on is null or {today} < e.ends_on) and up.id = c.owner_id)
        """).ToListAsync(stop);
}
