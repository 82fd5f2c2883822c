using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>What is settled about a course's bookings, as whoever organises it reads it.</summary>
/// <param name="Needs">Codes of the courses that have to be held first (B8).</param>
/// <param name="Audience">Workforces that it is for; none: everybody.</param>
/// <param name="Organisers">The main addresses of those who are named on it.</param>
/// <param name="Others">The courses that could be asked for, by code and title.</param>
public sealed record CourseSettings(Course Course, string Owner, IReadOnlyList<string> Needs, IReadOnlyList<Workforce> Audience, IReadOnlyList<string> Organisers, IReadOnlyList<(string Code, string Title)> Others)
{
    /// <summary>Null where there is no such course, or it is not the reader's to organise (S1: both look the same).</summary>
    public static async Task<CourseSettings?> FindAsync(LearningDb db, string code, Actor actor, Zone zone, CancellationToken stop = default)
    {
        if (code.Any(char.IsControl) || await db.Courses.FromSql($"select * from courses where upper(code) = upper({code})").AsNoTracking().SingleOrDefaultAsync(stop) is not { } course
            || !await Catalogue.Organisers.MayAsync(db, actor, course.Id, zone.Today, stop))
        {
            return null;
        }

        var owner = await db.Agencies.Where(agency => agency.Id == course.OwnerId).Select(agency => agency.Name).SingleAsync(stop);
        var needs = await db.CoursePrerequisites.Where(needs => needs.CourseId == course.Id).Join(db.Courses, needs => needs.NeedsId, other => other.Id, (_, other) => other.Code).Order().ToListAsync(stop);
        var audience = await db.CourseAudiences.Where(one => one.CourseId == course.Id).Select(one => one.Workforce).ToListAsync(stop);
        var organisers = await db.Database.SqlQuery<string>($"""
            select e.email as "Value" from course_organisers o join person_emails e on e.person_id = counted_as(o.person_id) and e.main where o.course_id = {course.Id} order by e.email
            """).ToListAsync(stop);
        var others = (await db.Courses.Where(other => other.Id != course.Id).OrderBy(other => other.Title).Select(other => new { other.Code, other.Title }).ToListAsync(stop)).ConvertAll(other => (other.Code, other.Title));
        return new(course, owner, needs, [.. audience.Order()], organisers, others);
    }
}
