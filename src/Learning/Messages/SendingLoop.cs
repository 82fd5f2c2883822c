using Npgsql;

namespace Learning.Messages;

/// <summary>
/// Sends when the site's <see cref="Bell"/> rings, so that a letter leaves within a second of its commit, and looks by itself every few seconds for what fell due or was not heard. One connection listens; where it is lost,
/// as when the database starts again, it is made anew, and everything is looked at once. Where something fails it is logged and tried again in half a minute.
/// </summary>
internal sealed class SendingLoop(SendMessages send, ListeningPlace database, ILogger<SendingLoop> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30), Again = TimeSpan.FromSeconds(1);
    private readonly Bell heard = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = ListenAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await OnceAsync(stoppingToken))
            {
                await HeardAsync(stoppingToken);
            }
            else
            {
                await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await listening;
    }

    private async Task HeardAsync(CancellationToken stop)
    {
        try
        {
            await heard.HeardAsync(database.Look, stop);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                // Not one of the pool, where it would listen for whoever has it next; asked every half minute whether it is still there.
                await using var connection = new NpgsqlConnection($"{database.ConnectionString};Pooling=false;Keepalive=30");
                connection.Notification += (_, _) => heard.Ring();
                await connection.OpenAsync(stop);
                await using (var listen = new NpgsqlCommand($"listen {Bell.Heard}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stop);
                }

                // What was queued while nobody listened.
                heard.Ring();
                while (!stop.IsCancellationRequested)
                {
                    await connection.WaitAsync(stop);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("Nothing is heard of new messages, which are looked for every {Seconds} seconds: {Why}", database.Look.TotalSeconds, e.Message);
                await Task.Delay(Again, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception)
            {
                // The program stops.
            }
        }
    }

    private async Task<bool> OnceAsync(CancellationToken stop)
    {
        try
        {
            var run = await send.RunAsync(stop);
            if (run.Unreachable is not null)
            {
                log.LogWarning("Messages wait: the mail server could not be reached. {Answer}", run.Unreachable);
            }

            return run.Unreachable is null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogError(e, "Messages could not be sent");
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}

/// <summary>Where the database is.</summary>
internal sealed record ListeningPlace(string ConnectionString)
{
    /// <summary>From one look to the next where nothing is heard.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(12);
}
