using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>What came of publishing.</summary>
public abstract record PublishOutcome
{
    public sealed record Published(string Digest) : PublishOutcome;

    public sealed record Refused(string Field, string Reason) : PublishOutcome;

    public sealed record NotFound : PublishOutcome;

    private PublishOutcome()
    {
    }
}

/// <summary>
/// Publishes the draft of a course as its next version. Whoever has begun goes on with the version that they began, and every completion stays what it is (E1); that everyone is needed again is a
/// choice, with a reason. Refused: mistakes in the texts, nothing changed, no word about what changed, a draft that is no longer the one that was looked at.
/// </summary>
public sealed class PublishDraft(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <param name="seen">The digest of the draft that was looked at.</param>
    public async Task<PublishOutcome> RunAsync(string code, string? seen, string? note, bool everyoneAgain, string? because, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select from courses where upper(code) = upper({code}) for no key update", stop);
        if (await CourseDraft.OfAsync(db, library, code, actor, zone.Today, stop) is not { } draft || actor.PersonId is not { } person)
        {
            return new PublishOutcome.NotFound();
        }

        if (WhyNot(draft, seen, note, everyoneAgain, because) is { } refused)
        {
            return refused;
        }

        var now = zone.Now;
        await db.Database.ExecuteSqlAsync($"""
            insert into course_versions (course_id, digest, texts, first_used_at) values ({draft.Course.Id}, {draft.Files.Digest}, {CourseVersion.Json(draft.Files)}::jsonb, {now}) on conflict do nothing
            """, stop);
        db.CoursePublications.Add(new CoursePublication
        {
            Id = Guid.CreateVersion7(), CourseId = draft.Course.Id, Digest = draft.Files.Digest, FolderDigest = draft.FolderDigest, SavesThrough = draft.Saved.Values.Max(save => save.Id),
            Note = note!.Trim(), EveryoneAgainBecause = everyoneAgain ? because!.Trim() : null, PublishedAt = now, PublishedBy = person,
        });
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = person, Verb = "published a course's version", SubjectKind = "course", SubjectId = draft.Course.Id,
            Details = JsonSerializer.Serialize(new { digest = draft.Files.Digest, everyoneAgain }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new PublishOutcome.Published(draft.Files.Digest);
    }

    private static PublishOutcome.Refused? WhyNot(CourseDraft draft, string? seen, string? note, bool everyoneAgain, string? because) =>
        draft.Files.Digest != seen ? new("Input.Note", "The draft has changed since you opened this page. Look at what is in it now, and publish again.")
        : !draft.Differs ? new("Input.Note", "The draft is what is offered already. There is nothing to publish.")
        : draft.MistakesIn(draft.Files) is { Count: > 0 } mistakes ? new("Input.Note", $"The linter finds {British.Count(mistakes.Count, "mistake")}. Mend what it names first.")
        : string.IsNullOrWhiteSpace(note) ? new("Input.Note", "Say what changed")
        : everyoneAgain && string.IsNullOrWhiteSpace(because) ? new("Input.Because", "Say why everyone is needed again")
        : null;
}
