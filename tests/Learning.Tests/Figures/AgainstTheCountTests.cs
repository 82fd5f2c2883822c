using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Tests.History;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>What the figures say of random histories is what an independent count says of the same files: value, ratio and every row, as at the instants at which they change.</summary>
public sealed class AgainstTheCountTests
{
    private const int QuestionsEach = 60;

    [Theory] // F1, F2, F3, F4, A2, A7, P2, T3, T4, H0
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Every_figure_is_what_is_counted_by_hand(int first)
    {
        for (var seed = first * 100; seed < (first * 100) + 4; seed++)
        {
            var ground = new Ground();
            await ground.InitializeAsync();
            var folder = Directory.CreateTempSubdirectory("learning-figures-");
            try
            {
                RandomHistory.Write(folder.FullName, seed);
                ground.Clock.Set("2026-11-20 09:00");
                var outcome = await ground.With((ImportHistory import) => import.RunAsync(folder.FullName, false, null, Actor.Machine, default));
                Assert.True(outcome is ImportOutcome.Imported, $"seed {seed}: {string.Join('\n', (outcome as ImportOutcome.Refused)?.Mistakes ?? [])}");
                await CompareAsync(ground, new HistoryFiles(folder.FullName), seed);
            }
            finally
            {
                folder.Delete(recursive: true);
                await ground.DisposeAsync();
            }
        }
    }

    private static async Task CompareAsync(Ground ground, HistoryFiles files, int seed)
    {
        var count = new IndependentCount(files);
        foreach (var question in RandomQuestions.About(files, seed, QuestionsEach))
        {
            var expected = count.Count(question);
            var report = ReadReport.Text("question.yaml", Yaml(question));
            var figure = (await ground.With((ComputeReport compute) => compute.RunAsync(report, question.AsAt, Actor.Machine, default))).Figures.Single();
            Assert.True(Same(expected.Value, figure.Value), $"seed {seed}: {question}: {expected.Value} counted, {figure.Value} computed");
            Assert.True(expected.Denominator == figure.Denominator && expected.Numerator == figure.Numerator, $"seed {seed}: {question}: {expected.Numerator}/{expected.Denominator} counted, {figure.Numerator}/{figure.Denominator} computed");
            var rows = figure.Rows.Where(row => !row.IsTotal).ToDictionary(row => string.Join('|', figure.By.Select(by => row.Key[by])), row => row.Value);
            var counted = expected.Rows.Where(row => row.Value is not null).ToDictionary(row => row.Key, row => row.Value);
            Assert.True(counted.Count == rows.Count && counted.All(row => rows.TryGetValue(row.Key, out var value) && Same(row.Value, value)),
                $"seed {seed}: {question}: {Rows(counted)} counted, {Rows(rows)} computed");
            await AddUpAsync(ground, report, figure, question, seed);
        }
    }

    /// F9: the sum of what the drill-down lists is the figure, always; and so many people are listed as it says.
    private static async Task AddUpAsync(Ground ground, ReportDefinition report, ComputedFigure figure, Question question, int seed)
    {
        var behind = await ground.With((FigureBehind sessions) => sessions.RunAsync(report, report.Figures[0], question.AsAt, Actor.Machine, default));
        Assert.True(behind.Counted == (figure.Numerator ?? (long)figure.Value!.Value) && (behind.Of ?? 0) == (figure.Denominator ?? 0), $"seed {seed}: {question}: {behind.Counted}/{behind.Of} listed, {figure.Numerator ?? figure.Value}/{figure.Denominator} computed");
        Assert.Equal(behind.Rows.Count, behind.Rows.Select(row => (row.Ref, row.Course)).Distinct().Count());
        var people = await ground.With((FigurePeople listed) => listed.RunAsync(report, report.Figures[0], question.AsAt, Actor.Machine, default));
        Assert.True(people is null || people.Count == (figure.Numerator ?? (long)figure.Value!.Value), $"seed {seed}: {question}: {people?.Count} people listed");
    }

    internal static bool Same(decimal? counted, double? computed) => counted is null ? computed is null : computed is { } value && Math.Abs((double)counted - value) < 1e-9;

    private static string Rows<T>(Dictionary<string, T> rows) => string.Join(", ", rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key} = {row.Value}"));

    /// <summary>The question as a report's author would write it.</summary>
    private static string Yaml(Question question) =>
        $"report: question\nperiod: {{from: {question.From:yyyy-MM-dd}, to: {question.To:yyyy-MM-dd}}}\nfigures:\n  - {string.Join("\n    ", Keys(question, "it"))}\n";

    /// <summary>The lines of a figure.</summary>
    internal static List<string> Keys(Question question, string id)
    {
        var keys = new List<string> { $"id: {id}", $"measure: {question.Measure}" };
        Add("programme", question.Programme);
        Add("courses", question.Courses is null ? null : $"[{string.Join(", ", question.Courses)}]");
        Add("kind", question.Kind);
        Add("board", question.Board);
        Add("owner", question.Owner);
        Add("sector", question.Sector);
        Add("agency", question.Agency);
        Add("who", question.Professionals ? "professionals" : null);
        Add("window", question.SinceStart ? "since-start" : null);
        Add("by", question.By.Count == 0 ? null : $"[{string.Join(", ", question.By)}]");
        return keys;

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                keys.Add($"{key}: {value}");
            }
        }
    }
}
