namespace Learning.Messages;

/// <summary>
/// Looks every second for what is due: one question to a small index, so that a letter leaves within two seconds of its commit without holding a connection
/// open to be woken (a NOTIFY would put every commit that queues a message in one line). Where something fails it is logged and tried again in half a minute.
/// </summary>
internal sealed class SendingLoop(SendMessages send, ILogger<SendingLoop> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await OnceAsync(stoppingToken) ? Beat : Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
