namespace Learning.Time;

/// <summary>The installation's clock and zone: instants are stored in UTC, people plan and read in local wall time (rule T1).</summary>
public sealed class Zone(TimeProvider clock, TimeZoneInfo zone)
{
    /// <summary>The zone used unless the installation says otherwise.</summary>
    public const string Default = "Europe/London";

    /// <summary>The zone of the name given, or of <see cref="Default"/>.</summary>
    public static Zone Of(TimeProvider clock, string? name = null) => new(clock, TimeZoneInfo.FindSystemTimeZoneById(name ?? Default));

    /// <summary>The name that calendars and the database know it by: "Europe/London".</summary>
    public string Name => zone.Id;

    /// <summary>This instant, in UTC, in whole microseconds as the database keeps them.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>The local date of this instant.</summary>
    public DateOnly Today => DateOf(Now);

    /// <summary>The local date on which an instant falls.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(LocalOf(instant));

    /// <summary>The wall time of an instant.</summary>
    public DateTime LocalOf(DateTimeOffset instant) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, zone).DateTime, DateTimeKind.Unspecified);

    /// <summary>
    /// The instant of a wall time. In the hour that autumn repeats it is the first of the two; in the hour that spring skips it is as much later
    /// as the clocks moved (01:30 becomes 02:30), so that it is never refused.
    /// </summary>
    public DateTimeOffset InstantOf(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-3))).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The instant at which a local date begins.</summary>
    public DateTimeOffset StartOf(DateOnly date) => InstantOf(date.ToDateTime(TimeOnly.MinValue));
}
