using Learning.ELearning.Packages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>
/// A course that somebody began and has not finished: on which page they are, of how many, and about how long is left. Of a SCORM package a page is an item, <paramref name="Page"/> says how many are done, and
/// nobody knows how long is left.
/// </summary>
public sealed record UnfinishedCourse(string Code, string Title, int Page, int Pages, int? MinutesLeft)
{
    /// <summary>The same in words.</summary>
    public string Where => MinutesLeft is { } left ? $"Page {Page} of {Pages}, about {British.Count(left, "minute")} left"
        : Pages == 1 ? "Begun" : $"{Page} of {British.Count(Pages, "part")} done";
}

/// <summary>The unfinished courses of one person, their own only (S2), the last opened first. One statement, and one more for a version met the first time, and for packages.</summary>
public static class UnfinishedCourses
{
    private sealed record Open(Guid CourseId, string Code, string Title, string Version, string LastPage, Guid? Package, int Done);

    public static async Task<IReadOnlyList<UnfinishedCourse>> ListAsync(LearningDb db, CourseLibrary library, Guid person, CancellationToken stop = default)
    {
        var open = await db.Database.SqlQuery<Open>($"""
            select c.id as "CourseId", c.code as "Code", c.title as "Title", a.version as "Version", a.last_page as "LastPage", p.id as "Package",
                (select count(*)::int from package_states s where s.attempt_id = a.id and s.item <> '~' and s.completion = 'completed' and s.success <> 'failed') as "Done"
            from learning_attempts a join courses c on c.id = a.course_id left join packages p on p.course_id = a.course_id and p.digest = a.version
            where a.person_id in (select same from persons_of({person}) same) and a.completed_at is null and a.ended_at is null
            order by a.last_seen_at desc
            """).ToListAsync(stop);
        var (unfinished, packages) = (new List<UnfinishedCourse>(), await PackagesAsync(db, [.. open.Select(one => one.Package).OfType<Guid>()], stop));
        foreach (var attempt in open)
        {
            if (attempt.Package is { } package)
            {
                unfinished.Add(new UnfinishedCourse(attempt.Code, attempt.Title, attempt.Done, packages[package].Launched.Count(), null));
                continue;
            }

            var outline = new Outline(await library.VersionAsync(db, attempt.CourseId, attempt.Version, stop));
            var at = outline.Find(attempt.LastPage) ?? outline.First;
            unfinished.Add(new UnfinishedCourse(attempt.Code, attempt.Title, outline.Number(at), outline.Stops.Count, outline.MinutesFrom(at)));
        }

        return unfinished;
    }

    private static async Task<IReadOnlyDictionary<Guid, PackageManifest>> PackagesAsync(LearningDb db, List<Guid> ids, CancellationToken stop) =>
        ids.Count == 0 ? new Dictionary<Guid, PackageManifest>() : (await db.Packages.AsNoTracking().Where(one => ids.Contains(one.Id)).ToListAsync(stop)).ToDictionary(one => one.Id, one => one.Read());
}
