using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>Answers a page's own question, judged here (E3) so that the page can show the feedback. Practice: answering again replaces the answer, and it counts for nothing.</summary>
public sealed class AnswerPageCheck(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <param name="sent">What the learner gave, by the screen.</param>
    /// <returns>The reason why the answer was not taken, or null.</returns>
    public async Task<string?> DoAsync(Actor actor, string code, string page, Sent sent, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (open, refused) = await OpenAttempt.LockAsync(db, library, zone, actor, code, stop);
        if (open is null)
        {
            return refused;
        }

        if (open.Outline.Find(page) is not ReadingStop { Page.Check: { } check } reading || !open.HasSeen(reading))
        {
            return "There is no such question on a page that you have come to.";
        }

        var (answer, whyNot) = AnswerRules.Read(QuizRules.OnPage(check, page), sent);
        if (answer is null)
        {
            return whyNot;
        }

        var (now, kept, right) = (zone.Now, answer.Chosen.ToArray(), AnswerRules.IsRight(check, answer));
        await db.Database.ExecuteSqlAsync($"""
            insert into page_checks (attempt_id, page, chosen, words, correct, answered_at) values ({open.Attempt.Id}, {page}, {kept}, {answer.Words}, {right}, {now})
            on conflict (attempt_id, page) do update set chosen = excluded.chosen, words = excluded.words, correct = excluded.correct, answered_at = excluded.answered_at
            """, stop);
        open.Attempt.LastSeenAt = now;
        await db.SaveAndCommitAsync(transaction, stop);
        return null;
    }
}
