using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>How people read of where somebody works. The last day of an employment is the last one there; the database keeps the day after (P2).</summary>
public static class WorkWords
{
    /// <summary>"since 1 April 2024", "1 April 2024 to 31 May 2025", "from 1 June 2027".</summary>
    public static string Time(DateOnly startsOn, DateOnly? endsOn, DateOnly today) => endsOn is { } end
        ? $"{British.DateWithoutDay(startsOn)} to {British.DateWithoutDay(end.AddDays(-1))}"
        : $"{(startsOn > today ? "from" : "since")} {British.DateWithoutDay(startsOn)}";

    /// <summary>"Social worker, children’s workforce, level 3".</summary>
    public static string Work(string? jobTitle, Workforce workforce, string? level)
    {
        var words = string.Join(", ", new[] { jobTitle, WorkforceWords.Short(workforce), level is null ? null : $"level {level}" }.Where(word => word is not null));
        return char.ToUpper(words[0], British.Culture) + words[1..];
    }
}
