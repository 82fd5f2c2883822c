using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.ELearning;

/// <summary>What came of turning a page.</summary>
public abstract record TurnOutcome
{
    /// <summary>The page that the learner is on now, by name.</summary>
    public sealed record On(string Page) : TurnOutcome;

    public sealed record Refused(string Reason) : TurnOutcome;

    private TurnOutcome()
    {
    }
}

/// <summary>
/// Goes from one page of an open attempt to the next or the one before, and keeps where the learner is (E2). The next page
/// opens only from a page that was opened, so nobody reaches the end past a page. After the last page there is nothing: one
/// stays there.
/// </summary>
public sealed class TurnPage(LearningDb db, CourseLibrary library, Zone zone)
{
    public async Task<TurnOutcome> DoAsync(Actor actor, string code, string from, bool forward, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (open, refused) = await OpenAttempt.LockAsync(db, library, zone, actor, code, stop);
        if (open is null)
        {
            return new TurnOutcome.Refused(refused!);
        }

        var page = open.Outline.Find(from);
        if (page is null || !open.HasSeen(page))
        {
            return new TurnOutcome.Refused("You have not come to this page yet.");
        }

        var to = (forward ? open.Outline.After(page) : open.Outline.Before(page)) ?? page;
        open.OpenPage(db, to, zone.Now);
        await db.SaveAndCommitAsync(transaction, stop);
        return new TurnOutcome.On(to.Name);
    }
}
