using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>What came of wanting to begin a course.</summary>
public abstract record StartOutcome
{
    /// <summary>An attempt is open: the new one, or the one that was open already.</summary>
    public sealed record Begun(Guid AttemptId) : StartOutcome;

    public sealed record Refused(string Reason) : StartOutcome;

    private StartOutcome()
    {
    }
}

/// <summary>
/// Begins an e-learning course in its current version, which is then this attempt's to the end (E1). A person has one open
/// attempt on a course: beginning twice is the same attempt. Where the open one can no longer be finished, because its version
/// was withdrawn or its tries are used (E3), that one ends and a new one begins.
/// </summary>
public sealed class StartCourse(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <summary>Refused: nobody signed in, no such course, or <see cref="PlayRules.WhyNotBegin"/>.</summary>
    public async Task<StartOutcome> DoAsync(Actor actor, string code, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } person || await LearningProgress.HoldAsync(db, library, person, code, stop) is not { } progress)
        {
            return new StartOutcome.Refused("There is no such course.");
        }

        var (course, offer) = (progress.Course, progress.Offer);
        if (PlayRules.WhyNotBegin(course, offer, zone.Today) is { } reason)
        {
            return new StartOutcome.Refused(reason);
        }

        if (progress.Attempt is { CompletedAt: null } open && !await EndsAsync(open, progress, stop))
        {
            return new StartOutcome.Begun(open.Id);
        }

        var (id, now, version) = (Guid.CreateVersion7(), zone.Now, offer.Digest!);
        var first = offer.Package is { } package ? package.Read().Launched.First().Identifier : new Outline(offer.Text!).First.Name;
        // A package's version was written with it.
        if (offer.Files is { } files)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into course_versions (course_id, digest, texts, first_used_at) values ({course.Id}, {version}, {CourseVersion.Json(files)}::jsonb, {now})
                on conflict do nothing
                """, stop);
        }

        // Of two presses at once, one begins and the other finds what it began.
        await db.Database.ExecuteSqlAsync($"""
            insert into learning_attempts (id, course_id, person_id, version, started_at, last_seen_at, last_page)
            values ({id}, {course.Id}, {person}, {version}, {now}, {now}, {first})
            on conflict (person_id, course_id) where completed_at is null and ended_at is null do nothing
            """, stop);
        var begun = await db.LearningAttempts.AsNoTracking().SingleAsync(
            a => a.PersonId == person && a.CourseId == course.Id && a.CompletedAt == null && a.EndedAt == null, stop);
        // Of a package, an item is seen when it was launched.
        if (offer.Package is null)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into page_visits (attempt_id, page, first_seen_at) values ({begun.Id}, {begun.LastPage}, {now}) on conflict do nothing
                """, stop);
        }

        await transaction.CommitAsync(stop);
        return new StartOutcome.Begun(begun.Id);
    }

    /// <summary>Whether the open attempt can no longer be finished; then it is ended here.</summary>
    private async Task<bool> EndsAsync(LearningAttempt attempt, LearningProgress progress, CancellationToken stop)
    {
        attempt.EndedBecause = PlayRules.IsWithdrawn(attempt.Version, progress.Offer) ? AttemptEnd.Withdrawn
            : progress.Text?.Quiz is { } quiz && new QuizStanding(quiz, attempt.Id, progress.Answers).TriesUsed ? AttemptEnd.TriesUsed
            : null;
        if (attempt.EndedBecause is null)
        {
            return false;
        }

        attempt.EndedAt = zone.Now;
        await db.SaveChangesAsync(stop);
        return true;
    }
}
