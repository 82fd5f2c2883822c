using Learning.Attendance.CheckingIn;

namespace Learning.Tests.Attendance.CheckingIn;

/// <summary>A5: the code on a room's screen.</summary>
public sealed class CheckInRulesTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 15, 9, 0, 10, TimeSpan.Zero);

    private static CheckInCode Code(CountsAs kind, string key) => new() { Id = Guid.Empty, SessionId = Guid.Empty, PartId = Guid.Empty, CountsAs = kind, Key = key, Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], OpenedAt = Now };

    [Fact] // A5
    public void A_registers_code_turns_every_half_minute_and_is_good_for_a_minute_and_a_half_at_most()
    {
        var code = Code(CountsAs.Register, "K7QM");
        var shown = CheckInRules.Shown(code, Now);
        Assert.Equal(8, shown.Length);
        Assert.StartsWith("K7QM", shown);
        Assert.Equal(shown, CheckInRules.Shown(code, Now.AddSeconds(19)));
        Assert.NotEqual(shown, CheckInRules.Shown(code, Now.AddSeconds(20)));
        Assert.Equal([true, true, true, false, false], new[] { 0, 20, 79, 80, 3600 }.Select(seconds => CheckInRules.IsGood(code, shown, Now.AddSeconds(seconds))));
        // Not before it is shown either, and not of another room.
        Assert.False(CheckInRules.IsGood(code, shown, Now.AddSeconds(-30)));
        Assert.False(CheckInRules.IsGood(Code(CountsAs.Register, "K7QN"), shown, Now));
        Assert.False(CheckInRules.IsGood(code, "K7QM", Now));
        Assert.Equal(2880, Enumerable.Range(0, 2880).Select(turn => CheckInRules.Shown(code, Now + (turn * CheckInRules.Turn))).Distinct().Count(), 10.0);
    }

    [Fact] // C3
    public void An_awareness_events_code_is_short_and_stays()
    {
        var code = Code(CountsAs.Reach, "K7QM4X");
        Assert.Equal("K7QM4X", CheckInRules.Shown(code, Now));
        Assert.True(CheckInRules.IsGood(code, "K7QM4X", Now.AddHours(5)));
        Assert.Equal("K7Q M4X", CheckInRules.Spaced("K7QM4X"));
        Assert.Equal("K7QM 4XRT", CheckInRules.Spaced("K7QM4XRT"));
    }

    [Theory]
    [InlineData("k7qm 4xrt", "K7QM4XRT")]
    [InlineData(" k7q-m4x.", "K7QM4X")]
    [InlineData("K7QM4XR", null)]
    [InlineData("K7QM4XRO", null)]
    [InlineData("ＫＫＫＫＫＫ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_is_read_however_it_is_typed(string? typed, string? code) => Assert.Equal(code, CheckInRules.Read(typed));

    [Theory] // A5
    [InlineData("12", 12, null)]
    [InlineData(" 15 ", 12, null)]
    [InlineData("11", 12, "You counted 11 people, and 12 are ticked. Untick who is not there, or count again")]
    [InlineData("1", 2, "You counted 1 person, and 2 are ticked. Untick who is not there, or count again")]
    [InlineData("", 0, "Count the people in the room, and write how many there are")]
    [InlineData("-3", 0, "Count the people in the room, and write how many there are")]
    [InlineData("99999999999", 0, "Count the people in the room, and write how many there are")]
    public void Heads_are_at_least_as_many_as_ticks(string typed, int ticked, string? sentence) => Assert.Equal(sentence, CheckInRules.WhyNotCount(typed, ticked));
}
