using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// Bogus with a fixed seed for each topic, so that a change of one topic, or of the day of seeding, leaves the others as they were.
/// </summary>
internal static class Chance
{
    private const int Seed = 2023_11_01;

    public static Randomizer For(string topic)
    {
        // FNV-1a: string.GetHashCode differs from one process to the next.
        var hash = 2166136261u;
        foreach (var letter in topic)
            hash = unchecked((hash ^ letter) * 16777619u);
        return new Randomizer(unchecked((int)hash) ^ Seed);
    }

    /// <summary>A moment between 8am and 6pm of the day.</summary>
    public static DateTime OfficeHours(this Randomizer chance, DateOnly day) =>
        day.ToDateTime(TimeOnly.MinValue).AddHours(8).AddSeconds(chance.Number(0, 10 * 3600));

    public static DateOnly DayBetween(this Randomizer chance, DateOnly from, DateOnly to) =>
        from.AddDays(chance.Number(0, to.DayNumber - from.DayNumber - 1));
}
