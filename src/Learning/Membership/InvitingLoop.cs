namespace Learning.Membership;

/// <summary>Looks every second for a list to go on with, in each process that does background work; after a failure it rests for half a minute.</summary>
internal sealed class InvitingLoop(InvitePiece piece) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await OnceAsync(stoppingToken), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> OnceAsync(CancellationToken stop)
    {
        try
        {
            while (await piece.RunAsync(stop))
            {
                stop.ThrowIfCancellationRequested();
            }

            return Beat;
        }
        catch (Exception)
        {
            // It is logged and counted where it happened.
            return Rest;
        }
    }
}
