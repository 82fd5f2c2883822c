using Learning.Catalogue;
using Learning.ELearning.Packages;
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

    /// <summary>The SCORM package that is played: the one that was begun, else the one that is offered (E4); null: the course is texts.</summary>
    public Package? Package { get; init; }

    /// <summary>The progress, or null where there is no such course.</summary>
    public static async Task<LearningProgress?> OfAsync(
        LearningDb db, CourseLibrary library, Guid person, string code, CancellationToken stop = default) =>
        await OfAsync(db, library, await Reading(db, code, person, stop), stop);

    /// <summary>The same for a verb: two tabs or two devices take turns, and the attempt is this transaction's to its end (E2).</summary>
    internal static async Task<LearningProgress?> HoldAsync(LearningDb db, CourseLibrary library, Guid person, string code, CancellationToken stop) =>
        await OfAsync(db, library, await Holding(db, code, person, stop), stop);

    private static async Task<LearningProgress?> OfAsync(LearningDb db, CourseLibrary library, Row? found, CancellationToken stop)
    {
        if (found is null)
        {
            return null;
        }

        var (course, attempt) = (found.Course, found.Attempt);
        var offer = await library.OfferAsync(db, course, found.Standing, stop);
        if (attempt is null)
        {
            return new LearningProgress(course, offer, null, offer.Text, new HashSet<string>(), new Dictionary<string, int>(), [], null)
            {
                SignOff = offer.Package is null ? await SignOffAsync(db, course.Id, offer.Text?.Digest, stop) : null, Package = offer.Package,
            };
        }

        var package = found.Standing.AttemptPackage is not { } id ? null : id == offer.Package?.Id ? offer.Package : await db.Packages.AsNoTracking().SingleAsync(one => one.Id == id, stop);
        var text = package is null ? await library.VersionAsync(db, course.Id, attempt.Version, stop) : null;
        var done = found.Standing.ReadDone();
        var completion = attempt.CompletedAt is null ? null : await db.Completions.AsNoTracking().SingleOrDefaultAsync(c => c.AttemptId == attempt.Id, stop);
        return new LearningProgress(course, offer, attempt, text, done.Seen.ToHashSet(), done.Choices, done.Answers, completion)
        {
            Package = package,
            SignOff = done.SignOff,
            Checks = done.Checks.ToDictionary(a => a.Page),
            Reflections = done.Reflections.ToDictionary(r => r.Page),
        };
    }

    private sealed record Row(Course Course, LearningAttempt? Attempt, StandingIn Standing);

    // Translated once, because every page and every press asks one of them: in one statement, of which each part is read after the attempt is held.
    private static readonly Func<LearningDb, string, Guid, CancellationToken, Task<Row?>> Reading = EF.CompileAsyncQuery((LearningDb db, string code, Guid person, CancellationToken stop) => db.CourseOf(code).AsNoTracking()
        .SelectMany(course => db.AttemptOf(course.Id, person, false).DefaultIfEmpty(), (course, attempt) => new { Course = course, Attempt = attempt })
        .SelectMany(at => db.StandingIn(at.Course.Id, at.Attempt!.Id, at.Attempt.Version), (at, standing) => new Row(at.Course, at.Attempt, standing)).SingleOrDefault());

    private static readonly Func<LearningDb, string, Guid, CancellationToken, Task<Row?>> Holding = EF.CompileAsyncQuery((LearningDb db, string code, Guid person, CancellationToken stop) => db.CourseOf(code)
        .SelectMany(course => db.AttemptOf(course.Id, person, true).DefaultIfEmpty(), (course, attempt) => new { Course = course, Attempt = attempt })
        .SelectMany(at => db.StandingIn(at.Course.Id, at.Attempt!.Id, at.Attempt.Version), (at, standing) => new Row(at.Course, at.Attempt, standing)).SingleOrDefault());

    private static Task<CourseSignOff?> SignOffAsync(LearningDb db, Guid course, string? digest, CancellationToken stop) =>
        db.CourseSignOffs.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == course && one.Digest == digest, stop);
}
