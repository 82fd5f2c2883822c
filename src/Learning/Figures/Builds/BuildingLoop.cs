namespace Learning.Figures.Builds;

/// <summary>Looks every second whether a report is to be counted, as letters are looked for: one question to a small index. Where something fails it is logged and tried again in half a minute.</summary>
internal sealed class BuildingLoop(IServiceScopeFactory scopes, ILogger<BuildingLoop> log) : BackgroundService
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
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RunBuilds>().RunAsync(stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogError(e, "Reports that wait could not be counted");
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
