namespace Learning.Messages;

/// <summary>When a refused message is tried again (rule M5): after 1 minute, 5, 30, 2 hours, 12 hours; then it is parked.</summary>
public static class BackOff
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12)];

    /// <summary>How long to wait after the given number of refusals (1: the first); null: no more.</summary>
    public static TimeSpan? After(int refusals) => refusals <= Waits.Length ? Waits[refusals - 1] : null;
}
