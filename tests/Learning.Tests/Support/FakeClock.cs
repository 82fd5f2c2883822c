using Learning.Time;

namespace Learning.Tests.Support;

/// <summary>A clock that stands still until a test moves it. It starts at 9am on Wednesday 15 May 2024, in London.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset now = Zone.Of(System).InstantOf(new DateTime(2024, 5, 15, 9, 0, 0));

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Moves to a wall time in London: "2024-03-31 00:30".</summary>
    public void Set(string local) => now = Zone.Of(System).InstantOf(DateTime.Parse(local, global::System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Moves to an instant.</summary>
    public void SetTo(DateTimeOffset instant) => now = instant;

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan by) => now += by;
}
