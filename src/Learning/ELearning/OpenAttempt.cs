using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>
/// The attempt that a person has open on a course, locked until the transaction ends, with the version that it began. Two
/// tabs or two devices take turns (E2).
/// </summary>
internal sealed record OpenAttempt(Course Course, LearningAttempt Attempt, CourseText Text, Outline Outline)
{
    public const string NotBegun = "You have not begun this course, or you have finished it.";
    public const string Withdrawn = "This version of the course has been withdrawn. Please begin again with the new one.";

    /// <summary>The attempt, or the reason why there is none to go on with.</summary>
    public static async Task<(OpenAttempt? Open, string? Refused)> LockAsync(
        LearningDb db, CourseLibrary library, Zone zone, Actor actor, string code, CancellationToken stop)
    {
        var course = await db.Courses.ByCode(code).SingleOrDefaultAsync(stop);
        if (course is null || actor.PersonId is not { } person)
        {
            return (null, NotBegun);
        }

        var attempt = await db.LearningAttempts.FromSql($"""
            select * from learning_attempts
            where person_id in (select same from persons_of({person}) same) and course_id = {course.Id} and completed_at is null and ended_at is null
            order by last_seen_at desc limit 1 for update
            """).SingleOrDefaultAsync(stop);
        if (attempt is null)
        {
            return (null, NotBegun);
        }

        var refused = PlayRules.WhyClosed(course, zone.Today)
            ?? (PlayRules.IsWithdrawn(attempt.Version, await library.OfferAsync(db, course, stop)) ? Withdrawn : null);
        if (refused is not null)
        {
            return (null, refused);
        }

        var text = await library.VersionAsync(db, course.Id, attempt.Version, stop);
        return (new OpenAttempt(course, attempt, text, new Outline(text)), null);
    }

    public Task<bool> HasSeenAsync(LearningDb db, Stop page, CancellationToken stop) =>
        db.PageVisits.AnyAsync(visit => visit.AttemptId == Attempt.Id && visit.Page == page.Name, stop);

    /// <summary>The learner is on this page, which they have seen before.</summary>
    public void StandOn(Stop page, DateTimeOffset now) => (Attempt.LastPage, Attempt.LastSeenAt) = (page.Name, now);

    /// <summary>The learner is now on this page; the first time is kept (E2).</summary>
    public async Task OpenPageAsync(LearningDb db, Stop page, DateTimeOffset now, CancellationToken stop)
    {
        StandOn(page, now);
        if (!await HasSeenAsync(db, page, stop))
        {
            db.PageVisits.Add(new PageVisit { AttemptId = Attempt.Id, Page = page.Name, FirstSeenAt = now });
        }
    }
}
