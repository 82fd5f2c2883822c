using System.Text.Json;

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
        var theirs = db.AttemptsOf(person).Where(a => a.EndedAt == null);
        if (await db.Courses.ByCode(code).AsNoTracking().Select(c => new
            {
                Course = c,
                Attempt = theirs.Where(a => a.CourseId == c.Id).OrderByDescending(a => a.CompletedAt == null).ThenByDescending(a => a.LastSeenAt).FirstOrDefault(),
            }).SingleOrDefaultAsync(stop) is not { } found)
        {
            return null;
        }

        var (course, attempt) = (found.Course, found.Attempt);
        var offer = await library.OfferAsync(db, course, stop);
        if (attempt is null)
        {
            return new LearningProgress(
                course, offer, null, offer.Text, new HashSet<string>(), new Dictionary<string, int>(), [], null) { SignOff = await SignOffAsync(db, course.Id, offer.Text?.Digest, stop) };
        }

        var text = await library.VersionAsync(db, course.Id, attempt.Version, stop);
        var done = await DoneAsync(db, attempt, stop);
        var completion = attempt.CompletedAt is null ? null : await db.Completions.AsNoTracking().SingleOrDefaultAsync(c => c.AttemptId == attempt.Id, stop);
        return new LearningProgress(course, offer, attempt, text, done.Seen.ToHashSet(), done.Choices, done.Answers, completion)
        {
            SignOff = done.SignOff,
            Checks = done.Checks.ToDictionary(a => a.Page),
            Reflections = done.Reflections.ToDictionary(r => r.Page),
        };
    }

    private static Task<CourseSignOff?> SignOffAsync(LearningDb db, Guid course, string? digest, CancellationToken stop) =>
        db.CourseSignOffs.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == course && one.Digest == digest, stop);

    private sealed record Done(
        IReadOnlyList<string> Seen, IReadOnlyDictionary<string, int> Choices, IReadOnlyList<QuizAnswer> Answers, IReadOnlyList<PageCheckAnswer> Checks, IReadOnlyList<Reflection> Reflections, CourseSignOff? SignOff);

    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // All that was done in an attempt in one question, because every page and every press asks it: as JSON, whose names are the columns'.
    private static async Task<Done> DoneAsync(LearningDb db, LearningAttempt attempt, CancellationToken stop) => JsonSerializer.Deserialize<Done>((await db.Database.SqlQuery<string>($"""
        select jsonb_build_object(
            'seen', (select coalesce(jsonb_agg(v.page), '[]') from page_visits v where v.attempt_id = a.id),
            'choices', (select coalesce(jsonb_object_agg(c.decision, c.choice), jsonb_build_object()) from case_choices c where c.attempt_id = a.id),
            'answers', (select coalesce(jsonb_agg(q order by q.id), '[]') from quiz_answers q where q.attempt_id = a.id),
            'checks', (select coalesce(jsonb_agg(k), '[]') from page_checks k where k.attempt_id = a.id),
            'reflections', (select coalesce(jsonb_agg(r), '[]') from reflections r where r.attempt_id = a.id),
            'sign_off', (select to_jsonb(s) from course_sign_offs s where s.course_id = {attempt.CourseId} and s.digest = {attempt.Version}))::text as "Value"
        from (select {attempt.Id}::uuid as id) a
        """).ToListAsync(stop)).Single(), Columns)!;
}
