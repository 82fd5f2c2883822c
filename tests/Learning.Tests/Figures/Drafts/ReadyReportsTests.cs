using Learning.Figures;
using Learning.Figures.Drafts;
using Learning.People;
using Learning.Tests.Reports;
using Learning.Tests.Support;

namespace Learning.Tests.Figures.Drafts;

/// <summary>The ready-made reports: one press makes the next quarter's or year's; every sentence of them says what its figure counts (C1), for one and for many.</summary>
public sealed class ReadyReportsTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // T2
    public void The_next_is_after_the_newest_or_the_last_that_has_ended()
    {
        var today = new DateOnly(2026, 11, 26);
        Assert.Equal(("2026-27-Q2", "July to September 2026", new Period(new(2026, 7, 1), new(2026, 10, 1))), Next(ReadyKind.Quarter, today));
        Assert.Equal(("2026-27-Q3", "October to December 2026", new Period(new(2026, 10, 1), new(2027, 1, 1))), Next(ReadyKind.Quarter, today, "2026-27-q2", "2023-24"));
        Assert.Null(ReadyReport.Next(ReadyKind.Quarter, ["2026-27-Q3"], today));
        Assert.Equal("2025-26-Q4", Next(ReadyKind.Quarter, new DateOnly(2026, 5, 1), "2025-26-Q3").Name);
        Assert.Equal("2025-26-Q3", ReadyReport.Next(ReadyKind.Quarter, [], new DateOnly(2026, 2, 1))!.Name);
        Assert.Equal(("2024-25", "2024 to 2025", new Period(new(2024, 4, 1), new(2025, 4, 1))), Next(ReadyKind.Year, today, "2023-24", "2020-21"));
        Assert.Equal("2025-26", Next(ReadyKind.Year, today).Name);
        Assert.Null(ReadyReport.Next(ReadyKind.Year, ["2026-27"], today));
    }

    [Theory] // C1, F5: bound, and green whatever the number is
    [InlineData(ReadyKind.Quarter)]
    [InlineData(ReadyKind.Year)]
    public async Task Every_sentence_holds_against_its_figure(ReadyKind kind)
    {
        var definition = await DefinitionAsync(kind);
        Assert.True(definition.Figures.Count >= 15);
        foreach (var figure in definition.Figures.Where(figure => figure.Sentence is not null))
        {
            foreach (var value in figure.Measure.IsShare() ? new[] { 0.0, 0.01, 0.844, 1 } : [0.0, 1, 2, 12, 160, 501, 1234])
            {
                var sentence = FigureWords.Sentence(figure, figure.Phrase.Say(value, figure.Measure.IsShare()));
                var verdict = ClaimRule.Check(sentence, figure, value);
                Assert.True(verdict.Holds == ClaimHolds.Agrees, $"“{sentence}” of {figure.Id}: {verdict.Words}");
            }
        }
    }

    [Fact] // F2: every measure that is counted is in one or the other
    public async Task Every_measure_is_in_them()
    {
        var measures = (await DefinitionAsync(ReadyKind.Quarter)).Figures.Concat((await DefinitionAsync(ReadyKind.Year)).Figures).Select(figure => figure.Measure).ToHashSet();
        Assert.Equal([], Enum.GetValues<Measure>().Except(measures));
    }

    [Fact] // F7: one press
    public async Task One_press_makes_the_next_and_has_it_counted()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        await site.Held(await site.Told.Given.Course(), 7, "2025-02-03");
        var unit = await site.As(Role.BusinessUnit);
        var page = await (await unit.Get("/reports")).Submit("Make the quarterly report of January to March 2025");
        Assert.Equal("/reports/2024-25-Q4", page.Path);
        await site.With((Learning.Figures.Builds.RunBuilds run) => run.RunAsync());
        Assert.Contains("7 people attended a session or completed an e-learning course.", (await unit.Get("/reports/2024-25-Q4")).Text, StringComparison.Ordinal);
        Assert.Contains("Make the quarterly report of April to June 2025", (await unit.Get("/reports")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Make the quarterly", (await (await site.As(Role.Chair)).Get("/reports")).Text, StringComparison.Ordinal);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await site.With(async (MakeReady make) => await make.RunAsync("2025-26-Q1", await UnitAsync())))));
        Assert.Single(outcomes, outcome => outcome.Report is not null);
    }

    [Theory] // in English there is one person and there are two people
    [InlineData("{phrase} people have now been trained.", "1", "1 person has now been trained.")]
    [InlineData("{phrase} level 3 training sessions were suspended.", "1", "1 level 3 training session was suspended.")]
    [InlineData("People of {phrase} agencies took part.", "1", "People of 1 agency took part.")]
    [InlineData("Sessions had {phrase} attendances.", "1", "Sessions had 1 attendance.")]
    [InlineData("{phrase} people have now been trained.", "over 10", "over 10 people have now been trained.")]
    [InlineData("On average {phrase} people came.", "1.5", "On average 1.5 people came.")]
    public void One_is_said_as_one(string sentence, string phrase, string said) => Assert.Equal(said, OneOfIt.Say(sentence, phrase));

    private async Task<Actor> UnitAsync()
    {
        var person = await site.Ground.Given.Person();
        await site.Ground.Given.Role(person, Role.BusinessUnit);
        return await site.Ground.Given.Actor(person);
    }

    private static (string Name, string Title, Period Period) Next(ReadyKind kind, DateOnly today, params string[] names) => ReadyReport.Next(kind, names, today) is { } next ? (next.Name, next.Title, next.Period) : default;

    private async Task<ReportDefinition> DefinitionAsync(ReadyKind kind) =>
        ReadReport.Text("ready.yaml", await site.With((ReadyFiles files) => files.TextAsync(ReadyReport.Next(kind, [], new DateOnly(2026, 11, 26))!, default)));
}
