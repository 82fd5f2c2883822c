using Learning.Demonstration;
using Learning.Tests.History;

namespace Learning.Tests.Demonstration;

/// <summary>The demonstration as generated for one day, once for all tests of a class.</summary>
public sealed class GeneratedDemonstration : IDisposable
{
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly DateTimeOffset Now = HistoryFiles.Midnight(Today);

    public string Folder { get; } = Directory.CreateTempSubdirectory("learning-demonstration-").FullName;
    public IndependentCount Count { get; }
    public HistoryFiles Files { get; }

    public GeneratedDemonstration()
    {
        DemonstrationPartnership.Write(Folder, Today);
        Files = new HistoryFiles(Folder);
        Count = new IndependentCount(Files);
    }

    /// <summary>A measure over the financial year that begins in April of this one.</summary>
    public static Question In(string measure, int year, string? programme = null) =>
        new(measure, new DateOnly(year, 4, 1), new DateOnly(year + 1, 4, 1), Now) { Programme = programme };

    public decimal? Value(Question question) => Count.Count(question).Value;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
