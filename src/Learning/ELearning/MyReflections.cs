using System.Globalization;
using System.Text;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>A note of one's own, with the course and the page that it was written on.</summary>
public sealed record MyReflection(Guid Id, string Code, string Course, string Page, string PageTitle, string Prompt, string Words, DateTimeOffset KeptAt, DateTimeOffset Began);

/// <summary>What a person wrote for themselves in courses: to read, to print, to take away, to delete. Only ever asked for the person who is signed in (S2).</summary>
public sealed class MyReflections(LearningDb db, Zone zone)
{
    /// <summary>By course and in the order of writing.</summary>
    public async Task<IReadOnlyList<MyReflection>> ListAsync(Guid person, CancellationToken stop = default) =>
        await db.Reflections.AsNoTracking()
            .Join(db.AttemptsOf(person), r => r.AttemptId, a => a.Id, (r, a) => new { r, a })
            .Join(db.Courses, both => both.a.CourseId, course => course.Id, (both, course) => new { both.r, both.a, course })
            .OrderBy(row => row.course.Title).ThenBy(row => row.a.StartedAt).ThenBy(row => row.r.Id)
            .Select(row => new MyReflection(row.r.Id, row.course.Code, row.course.Title, row.r.Page, row.r.PageTitle, row.r.Prompt, row.r.Words, row.r.KeptAt, row.a.StartedAt))
            .ToListAsync(stop);

    /// <summary>The same as a text to keep elsewhere.</summary>
    public async Task<string> TextAsync(Guid person, CancellationToken stop = default)
    {
        var text = new StringBuilder();
        foreach (var course in (await ListAsync(person, stop)).GroupBy(note => note.Course))
        {
            text.Append(CultureInfo.InvariantCulture, $"{course.Key}\n{new string('=', course.Key.Length)}\n\n");
            foreach (var note in course)
            {
                text.Append(CultureInfo.InvariantCulture, $"{note.PageTitle}, {British.DateWithoutDay(zone.DateOf(note.KeptAt))}\n{note.Prompt}\n\n{note.Words}\n\n");
            }
        }

        return text.Length == 0 ? "You have no notes.\n" : text.ToString();
    }
}

/// <summary>Deletes a note of one's own, for good. Somebody else's is as one that does not exist (S2); deleting twice is deleting once.</summary>
public sealed class ForgetReflection(LearningDb db)
{
    public async Task DoAsync(Actor actor, Guid id, CancellationToken stop = default)
    {
        if (actor.PersonId is { } person)
        {
            await db.Database.ExecuteSqlAsync($"""
                delete from reflections r using learning_attempts a
                where r.id = {id} and a.id = r.attempt_id and a.person_id in (select same from persons_of({person}) same)
                """, stop);
        }
    }
}
