using System.Data.Common;
using System.Threading.Channels;

using Learning.Database;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

using Npgsql;

namespace Learning.Messages;

/// <summary>Rung in a process when messages have been committed (<see cref="Outbox"/>), and heard by every sender of the site, on whatever server.</summary>
public sealed class Bell
{
    /// <summary>The channel of the database that senders listen on.</summary>
    public const string Heard = "messages";

    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to send. Rung again before it is heard, it is one ring.</summary>
    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Waits for a ring; false where none came in time.</summary>
    public async Task<bool> HeardAsync(TimeSpan within, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(within);
        try
        {
            return await rung.Reader.ReadAsync(late.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>
/// Rings once a transaction that queued messages has been committed, not in it: a NOTIFY in each such transaction would make their commits wait for each other, since PostgreSQL holds one lock over all
/// of them from before the commit until after it, which matters when four hundred people book at once.
/// </summary>
internal sealed class RingAfterCommit(Bell bell) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Ring(eventData.Context);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ring(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>A save that took its commit with it (<see cref="SaveAndCommit"/>).</summary>
    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is LearningDb { CommitsWithSave: null })
        {
            Ring(eventData.Context);
        }

        return ValueTask.FromResult(result);
    }

    private void Ring(DbContext? context)
    {
        if (context is LearningDb { MessagesQueued: true } db)
        {
            db.MessagesQueued = false;
            bell.Ring();
        }
    }
}

/// <summary>Tells the senders of all servers of each ring in this process, by a NOTIFY of its own: however many messages are queued, a few a second at the most.</summary>
internal sealed class TellOfMessages(Bell bell, NpgsqlDataSource database, ILogger<TellOfMessages> log) : BackgroundService
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await bell.HeardAsync(Timeout.InfiniteTimeSpan, stoppingToken))
                {
                    await using var tell = database.CreateCommand($"notify {Bell.Heard}");
                    await tell.ExecuteNonQueryAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The senders look by themselves too.
                log.LogWarning("Senders could not be told of messages: {Why}", e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Breath, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
