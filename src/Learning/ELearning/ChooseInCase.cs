using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>
/// Says what one would do at a decision of the story, so that the page can show the effect and the reason. Any option leads
/// on, and choosing again replaces the choice: it is practice, and nobody fails it.
/// </summary>
public sealed class ChooseInCase(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <summary>The reason why the choice was not kept, or null.</summary>
    public async Task<string?> DoAsync(Actor actor, string code, string decision, int? choice, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (open, refused) = await OpenAttempt.LockAsync(db, library, zone, actor, code, stop);
        if (open is null)
        {
            return refused;
        }

        if (open.Outline.Find(decision) is not DecisionStop page || !open.HasSeen(page))
        {
            return "You have not come to this page yet.";
        }

        if (choice is not { } chosen || chosen < 0 || chosen >= page.Decision.Options.Count)
        {
            return "Choose what you would do";
        }

        var now = zone.Now;
        await db.Database.ExecuteSqlAsync($"""
            insert into case_choices (attempt_id, decision, choice, chosen_at) values ({open.Attempt.Id}, {decision}, {chosen}, {now})
            on conflict (attempt_id, decision) do update set choice = excluded.choice, chosen_at = excluded.chosen_at
            """, stop);
        open.Attempt.LastSeenAt = now;
        await db.SaveAndCommitAsync(transaction, stop);
        return null;
    }
}
