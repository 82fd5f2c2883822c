using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>What came of pressing "Finish".</summary>
public abstract record FinishOutcome
{
    /// <summary>The course is completed, now or by an earlier press of the same button.</summary>
    public sealed record Completed : FinishOutcome;

    /// <summary>Every question is answered, too few are right.</summary>
    public sealed record NotPassed(QuizScore Score) : FinishOutcome;

    /// <summary>Something is still to do; <paramref name="Questions"/> are the numbers of questions without an answer.</summary>
    public sealed record Refused(string Reason, IReadOnlyList<int> Questions) : FinishOutcome;

    private FinishOutcome()
    {
    }
}

/// <summary>
/// Finishes an attempt: every page opened, the quiz passed where there is one (E3). Records one completion, dated by the local
/// day (T3), with the agency and workforce of that day for good (P2). Pressing twice, in two tabs or on two servers, records
/// one (E2).
/// </summary>
public sealed class FinishCourse(LearningDb db, CourseLibrary library, Zone zone)
{
    public async Task<FinishOutcome> DoAsync(Actor actor, string code, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (open, refused) = await OpenAttempt.LockAsync(db, library, zone, actor, code, stop);
        if (open is null)
        {
            return await HasCompletedAsync(actor, code, stop)
                ? new FinishOutcome.Completed()
                : new FinishOutcome.Refused(refused!, []);
        }

        if (open.Outline.Stops.FirstOrDefault(page => !open.HasSeen(page)) is { } missed)
        {
            return new FinishOutcome.Refused($"You have not opened the page “{missed.Title}” yet.", []);
        }

        QuizScore? score = null;
        if (open.Text.Quiz is { } quiz)
        {
            var standing = new QuizStanding(quiz, open.Attempt.Id, open.Progress.Answers);
            if (!standing.IsOver)
            {
                return new FinishOutcome.Refused("Some questions are not answered yet.", standing.Unanswered);
            }

            score = standing.Scored;
            if (!score.Passed)
            {
                return new FinishOutcome.NotPassed(score);
            }
        }

        await CompleteAttempt.AddAsync(db, zone, open.Attempt, score?.Percent, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new FinishOutcome.Completed();
    }

    private Task<bool> HasCompletedAsync(Actor actor, string code, CancellationToken stop) =>
        db.AttemptsOf(actor.PersonId).AnyAsync(attempt => attempt.CompletedAt != null && db.Courses.ByCode(code).Any(course => course.Id == attempt.CourseId), stop);
}
