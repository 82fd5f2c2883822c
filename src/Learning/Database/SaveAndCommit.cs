using System.Data.Common;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Learning.Database;

/// <summary>
/// Saves and commits in one round trip. A verb that holds a row for which others wait lets them go first: they go on as soon as the commit is decided, and this verb alone waits until it is on the disk.
/// Whoever comes after commits later in the same log, so that after a crash there is never a booking that knew of one that is gone, and nobody is told of one that can go. What fails, fails the whole
/// batch, and nothing is committed.
/// </summary>
internal static class SaveAndCommit
{
    // One batch of the provider holds up to a thousand rows; the commit may only stand at the end of the last.
    private const int MostRows = 100;

    internal const string Commit = ";\ncommit";

    // The call is a transaction of its own, whose ordinary commit waits for all of the log before it.
    internal const string LetOthersGo = ";\nset local synchronous_commit = off;\ncommit;\ncall reach_disk()";

    /// <summary>The transaction must be the context's own; it is over afterwards, whether or not there was anything to save.</summary>
    /// <param name="othersWait">Many wait for what this transaction holds, and are let go before the disk has answered.</param>
    public static async Task SaveAndCommitAsync(this LearningDb db, IDbContextTransaction transaction, CancellationToken stop, bool othersWait = false)
    {
        db.CommitWith = othersWait ? LetOthersGo : Commit;
        db.CommitsWithSave = db.ChangeTracker.Entries().Count(entry => entry.State is not (EntityState.Unchanged or EntityState.Detached)) <= MostRows;
        var committed = false;

        // A savepoint would be made before the batch and let go after it, when the transaction is over: two round trips, and an error in the log each time.
        var savepoints = db.Database.AutoSavepointsEnabled;
        db.Database.AutoSavepointsEnabled = false;
        try
        {
            await db.SaveChangesAsync(stop);
            committed = db.CommitsWithSave is null;
        }
        finally
        {
            db.CommitsWithSave = false;
            db.Database.AutoSavepointsEnabled = savepoints;
        }

        if (!committed)
        {
            await transaction.CommitAsync(stop);
        }

        await transaction.DisposeAsync();
    }

    /// <summary>Puts the commit at the end of the batch that saves, where it is asked for.</summary>
    internal sealed class Interceptor : DbCommandInterceptor
    {
        public static readonly Interceptor Instance = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (eventData is { CommandSource: CommandSource.SaveChanges, Context: LearningDb { CommitsWithSave: true } db })
            {
                db.CommitsWithSave = null;
                command.CommandText += db.CommitWith;
            }

            return ValueTask.FromResult(result);
        }
    }
}
