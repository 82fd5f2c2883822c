namespace Learning.Accounts;

/// <summary>How often the second step may be answered wrong.</summary>
public static class SecondStepRules
{
    private const int TriesAtOnce = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>
    /// For how long nothing is heard after so many wrong answers in a row: a quarter of an hour after five, twice as long after each further five, a day at most. Whoever tries has the
    /// first factor already, so that nobody else can keep an account's owner out; at this pace a code of six digits stands for years.
    /// </summary>
    public static TimeSpan? ClosedAfter(int tries) =>
        tries <= 0 || tries % TriesAtOnce != 0 ? null : TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(tries / TriesAtOnce - 1, 16), LongestWait.Ticks));
}
