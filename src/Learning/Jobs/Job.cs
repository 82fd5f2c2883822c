namespace Learning.Jobs;

/// <summary>A line of the timetable.</summary>
/// <param name="Name">Its name, for good: the record of its runs is kept under it.</param>
/// <param name="Cron">Minute, hour, day, month, weekday, as in crontab, in local time (T1).</param>
/// <param name="When">The same in words.</param>
/// <param name="Run">The verb, called in a scope of its own; returns what it did in words.</param>
public sealed record Job(string Name, string Cron, string When, Func<IServiceProvider, CancellationToken, Task<string>> Run)
{
    /// <summary>How long it is from one run to the next at the most.</summary>
    public TimeSpan Gap => Cron.Split(' ') switch
    {
        ["*", ..] => TimeSpan.FromMinutes(1),
        [['*', '/', .. var minutes], "*", ..] => TimeSpan.FromMinutes(int.Parse(minutes)),
        [_, "*", ..] => TimeSpan.FromHours(1),
        [_, _, "*", "*", "*"] => TimeSpan.FromDays(1),
        [_, _, "*", "*", _] => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(366),
    };

    /// <summary>A job whose verb is a service.</summary>
    public static Job Of<TVerb>(string name, string cron, string when, Func<TVerb, CancellationToken, Task<string>> run) where TVerb : notnull =>
        new(name, cron, when, (services, stop) => run(services.GetRequiredService<TVerb>(), stop));
}
