using Learning.People;

namespace Learning.Records.Retention;

/// <summary>
/// When what goes (P5). Pure, and in local dates: no clock change makes a day shorter. What counts as activity is the database's function last_activity (migration 0074): the newest of
/// <list type="bullet">
/// <item>anything that they did while signed in (signing in is on the audit trail, and so is keeping their record), or a program with a token of theirs did;</item>
/// <item>a booking, on the day on which it was made, and a place that they have or wait for, on the day of the session: a booking ahead is activity to come;</item>
/// <item>a mark on a register, also as a substitute, on the day of the session; a completion; a look into an e-learning course; a session that they gave or are to give;</item>
/// <item>a role: today for as long as it is held, then its last day.</item>
/// </list>
/// An open employment is no activity, since agencies forget to end them. Whoever has none of this counts from the day on which they were written down. What was imported counts on the day on which
/// it took place, not on that of the import.
/// </summary>
public static class RetentionRules
{
    /// <summary>Characters of the reason why a record is kept.</summary>
    public const int LongestReason = 500;

    /// <summary>The first day on which somebody may be erased, as far as their activity goes: the day after its anniversary. Of 29 February that is 28 February, and the day after 1 March.</summary>
    public static DateOnly OverOn(DateOnly lastActive, RetentionPeriods periods) => lastActive.AddYears(periods.Years).AddDays(1);

    /// <summary>The day on which they are erased: not before they have had all days of notice whole, from the day after they were told.</summary>
    /// <param name="toldOn">When the notice went out; of somebody without an address that takes mail, when they came onto the list.</param>
    public static DateOnly ErasedOn(DateOnly lastActive, DateOnly toldOn, RetentionPeriods periods) =>
        Later(OverOn(lastActive, periods), toldOn.AddDays(periods.NoticeDays + 1));

    /// <summary>The newest last activity with which somebody is listed, and told, today: so that they are erased on the first day on which they may be.</summary>
    public static DateOnly ListedUpTo(DateOnly today, RetentionPeriods periods)
    {
        var anniversary = today.AddDays(periods.NoticeDays);
        var day = anniversary.AddYears(-periods.Years);
        // Of a leap year's February two days have their anniversary on the 28th.
        return day.AddDays(1).AddYears(periods.Years) <= anniversary ? day.AddDays(1) : day;
    }

    /// <summary>The day on which what the people of a session needed is deleted.</summary>
    /// <param name="endedOn">The local day on which it ended.</param>
    public static DateOnly NeedsGoOn(DateOnly endedOn, RetentionPeriods periods) => endedOn.AddDays(periods.NeedsDays);

    /// <summary>Null when a record can be kept for this reason; else what is wrong with it.</summary>
    public static string? WhyNotHold(string reason) =>
        reason.Length == 0 ? "Write why the record is kept"
        : reason.Length > LongestReason ? $"Write the reason in {LongestReason} characters or fewer"
        : reason.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')) ? "The reason has a character that is none"
        : null;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
