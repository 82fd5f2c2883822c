using Learning.Benchmarks.Storm;

using Ground = Learning.Tests.Support.Ground;

namespace Learning.Tests.Bookings;

/// <summary>A small and short one of the storms that <c>./learning bench booking-storm</c> lets loose for three minutes.</summary>
public class StormTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B2, B3, B4, B5, B6, B11
    public async Task On_two_servers_at_once_nothing_that_anybody_presses_oversells_a_session_or_passes_somebody_who_waits_at_any_step_of_the_record()
    {
        var result = await BookingStorm.RunAsync(ground.ConnectionString, ground.OwnerConnectionString, new StormSize(12, 2, 6, TimeSpan.FromSeconds(12)));

        Assert.Empty(result.Broken);
        Assert.Empty(result.Answers.Unexpected);
        Assert.Empty(result.Complaints);
        Assert.Equal((0, 0L), (result.CheckCode, result.Deadlocks));
        Assert.Contains("invariants hold", result.Check);
        Assert.All(["new confirmed", "new waiting", "waiting to offered", "kept"], what => Assert.True(result.Seen.GetValueOrDefault(what) > 0, $"There was none of: {what}"));
    }
}
