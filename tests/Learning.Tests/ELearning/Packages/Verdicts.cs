using Learning.ELearning.Packages;

namespace Learning.Tests.ELearning.Packages;

/// <summary>What is said of a zip that nothing is done with.</summary>
internal static class Verdicts
{
    public static async Task<(ReadPackage? Package, IReadOnlyList<string> Lines)> OfAsync(Stream zip)
    {
        var verdict = new Verdict();
        var read = await ReadPackage.OfAsync(zip, verdict, default);
        Assert.Equal(verdict.Any, read is null);
        return (read, verdict.Lines);
    }

    public static async Task<string> LinesAsync(Stream zip) => string.Join('\n', (await OfAsync(zip)).Lines);

    public static async Task<ReadPackage> TakenAsync(Stream zip)
    {
        var (read, lines) = await OfAsync(zip);
        Assert.True(read is not null, string.Join('\n', lines));
        return read;
    }
}
