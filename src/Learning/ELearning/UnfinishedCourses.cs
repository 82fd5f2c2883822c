using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>A course that somebody began and has not finished: on which page they are, of how many, and about how long is left.</summary>
public sealed record UnfinishedCourse(string Code, string Title, int Page, int Pages, int MinutesLeft);

/// <summary>The unfinished courses of one person, their own only (S2), the last opened first. One statement, and one more for a version met the first time.</summary>
public static class UnfinishedCourses
{
    private sealed record Open(Guid CourseId, string Code, string Title, string Version, string LastPage);

    public static async Task<IReadOnlyList<UnfinishedCourse>> ListAsync(LearningDb db, CourseLibrary library, Guid person, CancellationToken stop = default)
    {
        var open = await db.Database.SqlQuery<Open>($"""
            select c.id as "CourseId", c.code as "Code", c.title as "Title", a.version as "Version", a.last_page as "LastPage"
            from learning_attempts a join courses c on c.id = a.course_id
            where a.person_id in (select same from persons_of({person}) same) and a.completed_at is null and a.ended_at is null
            order by a.last_seen_at desc
            """).ToListAsync(stop);
        var unfinished = new List<UnfinishedCourse>();
        foreach (var attempt in open)
        {
            var outline = new Outline(await library.VersionAsync(db, attempt.CourseId, attempt.Version, stop));
            var at = outline.Find(attempt.LastPage) ?? outline.First;
            unfinished.Add(new UnfinishedCourse(attempt.Code, attempt.Title, outline.Number(at), outline.Stops.Count, outline.MinutesFrom(at)));
        }

        return unfinished;
    }
}
