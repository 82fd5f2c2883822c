using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>
/// Keeps what a learner wrote for themselves about a page, in the attempt that is open, else in the newest that was completed: one may go on thinking after the quiz. What was kept before is
/// replaced; an empty box deletes it. A press that sends again what is kept already changes nothing.
/// </summary>
public sealed class KeepReflection(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <returns>Why the words were not kept, or null. Refused: too many of them, or no box on a page that was opened.</returns>
    public async Task<string?> DoAsync(Actor actor, string code, string page, string? words, CancellationToken stop = default)
    {
        var text = Plain(words);
        if (text.Length > Reflection.Longest)
        {
            return string.Create(British.Culture, $"A note has at most {Reflection.Longest:N0} letters, and yours has {text.Length:N0}. Shorten it; it is not kept yet.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var progress = actor.PersonId is { } person ? await LearningProgress.HoldAsync(db, library, person, code, stop) : null;
        var found = progress?.Attempt is null || progress.Text is null || !progress.Seen.Contains(page) ? null : progress.Text.Pages.FirstOrDefault(one => one.Name == page);
        if (found?.Reflection is not { } prompt || progress!.Attempt is not { } attempt)
        {
            return "There is no box for your own words on a page that you have come to.";
        }

        var (now, id) = (zone.Now, Guid.CreateVersion7());
        await db.Database.ExecuteSqlAsync(text.Length == 0
            ? $"delete from reflections where attempt_id = {attempt.Id} and page = {page}"
            : (FormattableString)$"""
                insert into reflections (id, attempt_id, page, page_title, prompt, words, kept_at) values ({id}, {attempt.Id}, {page}, {found.Title}, {prompt}, {text}, {now})
                on conflict (attempt_id, page) do update set page_title = excluded.page_title, prompt = excluded.prompt, words = excluded.words, kept_at = excluded.kept_at
                where reflections.words <> excluded.words
                """, stop);
        attempt.LastSeenAt = now;
        await db.SaveAndCommitAsync(transaction, stop);
        return null;
    }

    /// <summary>The words as they are kept: line ends as everywhere else, nothing that no eye sees at the ends.</summary>
    public static string Plain(string? words) => (words ?? "").ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();
}
