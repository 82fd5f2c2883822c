using Learning.People;
using Learning.Time;

namespace Learning.ELearning;

/// <summary>
/// The attempt that a person has open on a course, locked until the transaction ends, with the version that it began and what was done in it. Two
/// tabs or two devices take turns (E2).
/// </summary>
internal sealed record OpenAttempt(LearningProgress Progress, LearningAttempt Attempt, Outline Outline)
{
    public const string NotBegun = "You have not begun this course, or you have finished it.";
    public const string IsPackage = "This course has no pages of its own to turn. Open it and go on in it.";
    public const string Withdrawn = "This version of the course has been withdrawn. Please begin again with the new one.";

    public CourseText Text => Progress.Text!;

    /// <summary>The attempt, or the reason why there is none to go on with.</summary>
    public static async Task<(OpenAttempt? Open, string? Refused)> LockAsync(
        LearningDb db, CourseLibrary library, Zone zone, Actor actor, string code, CancellationToken stop)
    {
        if (actor.PersonId is not { } person || await LearningProgress.HoldAsync(db, library, person, code, stop) is not { Attempt: { CompletedAt: null } attempt } progress)
        {
            return (null, NotBegun);
        }

        var refused = PlayRules.WhyClosed(progress.Course, zone.Today) ?? (progress.Package is not null ? IsPackage : PlayRules.IsWithdrawn(attempt.Version, progress.Offer) ? Withdrawn : null);
        return refused is null ? (new OpenAttempt(progress, attempt, new Outline(progress.Text!)), null) : (null, refused);
    }

    public bool HasSeen(Stop page) => Progress.Seen.Contains(page.Name);

    /// <summary>The learner is on this page, which they have seen before.</summary>
    public void StandOn(Stop page, DateTimeOffset now) => (Attempt.LastPage, Attempt.LastSeenAt) = (page.Name, now);

    /// <summary>The learner is now on this page; the first time is kept (E2).</summary>
    public void OpenPage(LearningDb db, Stop page, DateTimeOffset now)
    {
        StandOn(page, now);
        if (!HasSeen(page))
        {
            db.PageVisits.Add(new PageVisit { AttemptId = Attempt.Id, Page = page.Name, FirstSeenAt = now });
        }
    }
}
