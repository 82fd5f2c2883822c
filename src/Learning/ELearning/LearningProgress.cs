using Learning.Catalogue;
using Learning.ELearning.Writing;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>
/// Where a person stands in a course, to be shown: the attempt that is open, else the newest that was completed, else none;
/// and, with an attempt, its version and what was done in it. Only ever asked for the person who is signed in (S2).
/// </summary>
public sealed record LearningProgress(
    Course Course,
    CourseOffer Offer,
    LearningAttempt? Attempt,
    CourseText? Text,
    IReadOnlySet<string> Seen,
    IReadOnlyDictionary<string, int> Choices,
    IReadOnlyList<QuizAnswer> Answers,
    Completion? Completion)
{
    /// <summary>The newest answers to pages' own questions, by page.</summary>
    public IReadOnlyDictionary<string, PageCheckAnswer> Checks { get; init; } = new Dictionary<string, PageCheckAnswer>();

    /// <summary>That a subject expert signed off the version that is played, or null.</summary>
    public CourseSignOff? SignOff { get; init; }

    /// <summary>What the learner wrote for themselves, by page.</summary>
    public IReadOnlyDictionary<string, Reflection> Reflections { get; init; } = new Dictionary<string, Reflection>();

    /// <summary>The progress, or null where there is no such course.</summary>
    public static async Task<LearningProgress?> OfAsync(
        LearningDb db, CourseLibrary library, Guid person, string code, CancellationToken stop = default)
    {
        if (await db.Courses.ByCode(code).AsNoTracking().SingleOrDefaultAsync(stop) is not { } course)
        {
            return null;
        }

        var offer = await library.OfferAsync(db, course, stop);
        var attempt = await db.LearningAttempts.AsNoTracking()
            .Where(a => a.CourseId == course.Id && a.EndedAt == null && (a.PersonId == person || db.CountedNow.Any(c => c.PersonId == a.PersonId && c.CountedId == person)))
            .OrderByDescending(a => a.CompletedAt == null).ThenByDescending(a => a.LastSeenAt)
            .FirstOrDefaultAsync(stop);
        if (attempt is null)
        {
            return new LearningProgress(
                course, offer, null, offer.Text, new HashSet<string>(), new Dictionary<string, int>(), [], null) { SignOff = await SignOffAsync(db, course.Id, offer.Text?.Digest, stop) };
        }

        return new LearningProgress(
            course,
            offer,
            attempt,
            await library.VersionAsync(db, course.Id, attempt.Version, stop),
            await db.PageVisits.Where(v => v.AttemptId == attempt.Id).Select(v => v.Page).ToHashSetAsync(stop),
            await db.CaseChoices.Where(c => c.AttemptId == attempt.Id).ToDictionaryAsync(c => c.Decision, c => c.Choice, stop),
            await db.QuizAnswers.AsNoTracking().Where(a => a.AttemptId == attempt.Id).ToListAsync(stop),
            await db.Completions.AsNoTracking().SingleOrDefaultAsync(c => c.AttemptId == attempt.Id, stop))
        {
            SignOff = await SignOffAsync(db, course.Id, attempt.Version, stop),
            Checks = await db.PageCheckAnswers.AsNoTracking().Where(a => a.AttemptId == attempt.Id).ToDictionaryAsync(a => a.Page, stop),
            Reflections = await db.Reflections.AsNoTracking().Where(r => r.AttemptId == attempt.Id).ToDictionaryAsync(r => r.Page, stop),
        };
    }

    private static Task<CourseSignOff?> SignOffAsync(LearningDb db, Guid course, string? digest, CancellationToken stop) =>
        db.CourseSignOffs.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == course && one.Digest == digest, stop);
}
