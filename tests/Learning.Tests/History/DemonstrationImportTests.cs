using Learning.Demonstration;
using Learning.History;

namespace Learning.Tests.History;

/// <summary>The demonstration goes in by the same path as any history, whatever the hour of whatever day.</summary>
public sealed class DemonstrationImportTests
{
    [Theory]
    [InlineData("2024-06-03 00:00")]
    [InlineData("2026-11-23 00:00")]
    [InlineData("2028-02-29 23:59")]
    public async Task It_goes_in_whole_and_twice_without_change(string local) // H1, H2
    {
        await using var own = new OwnGround();
        await own.Start();
        own.Ground.Clock.Set(local);
        using var folder = new WrittenFolder();
        DemonstrationPartnership.Write(folder.Path, own.Ground.Zone.Today);
        var first = await own.Import(folder.Path);
        Assert.True(first is ImportOutcome.Imported, string.Join('\n', (first as ImportOutcome.Refused)?.Mistakes.Take(20) ?? []));
        Assert.False(Assert.IsType<ImportOutcome.Imported>(await own.Import(folder.Path)).AnyChange);
    }
}
