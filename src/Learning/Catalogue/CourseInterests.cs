using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A course that somebody wants to hear of.</summary>
public sealed record Awaited(string Code, string Title);

/// <summary>Who wants to be told when there is a date: one's own wishes, and for whoever organises a course how many people (S1).</summary>
public static class CourseInterests
{
    /// <summary>The courses that somebody waits to hear of, by title. One statement.</summary>
    public static Task<List<Awaited>> OfAsync(LearningDb db, Guid person, CancellationToken stop = default) => db.CourseInterests
        .Where(interest => interest.EndedAt == null && LearningDb.CountedAs(interest.PersonId) == LearningDb.CountedAs(person))
        .Join(db.Courses, interest => interest.CourseId, course => course.Id, (_, course) => new { course.Code, course.Title }).Distinct()
        .OrderBy(course => course.Title).Select(course => new Awaited(course.Code, course.Title)).ToListAsync(stop);

    /// <summary>How many people wait to hear of a course, each counted once (P3); null for whoever does not organise it.</summary>
    public static async Task<int?> DemandAsync(LearningDb db, Guid course, Actor actor, DateOnly today, CancellationToken stop = default) =>
        actor.PersonId is null || !await Organisers.MayAsync(db, actor, course, today, stop) ? null
        : await db.CourseInterests.Where(interest => interest.CourseId == course && interest.EndedAt == null).Select(interest => LearningDb.CountedAs(interest.PersonId)).Distinct().CountAsync(stop);
}
