using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>Answers a page's own question, judged here (E3) so that the page can show the feedback. Practice: answering again replaces the answer, and it counts for nothing.</summary>
public sealed class AnswerPageCheck(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <param name="places">The chosen options by their places, from 0.</param>
    /// <returns>The reason why the answer was not taken, or null.</returns>
    public async Task<string?> DoAsync(Actor actor, string code, string page, IReadOnlyCollection<int> places, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (open, refused) = await OpenAttempt.LockAsync(db, library, zone, actor, code, stop);
        if (open is null)
        {
            return refused;
        }

        if (open.Outline.Find(page) is not ReadingStop { Page.Check: { } check } reading || !await open.HasSeenAsync(db, reading, stop))
        {
            return "There is no such question on a page that you have come to.";
        }

        var chosen = new AskedQuestion(check, [.. Enumerable.Range(0, check.Options.Count)]).FromScreen(places);
        if (QuizRules.WhyNoAnswer(check, chosen) is { } reason)
        {
            return reason;
        }

        var (now, kept, right) = (zone.Now, chosen!.Select(option => $"{option}").ToArray(), QuizRules.IsRight(check, chosen!));
        await db.Database.ExecuteSqlAsync($"""
            insert into page_checks (attempt_id, page, chosen, correct, answered_at) values ({open.Attempt.Id}, {page}, {kept}, {right}, {now})
            on conflict (attempt_id, page) do update set chosen = excluded.chosen, correct = excluded.correct, answered_at = excluded.answered_at
            """, stop);
        open.Attempt.LastSeenAt = now;
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
