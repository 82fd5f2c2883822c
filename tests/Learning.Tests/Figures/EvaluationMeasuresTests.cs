using Learning.Attendance;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Evaluation;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>F2, F3: what people said of the training, as figures: means that say of how many, and never of who was not asked or did not attend after all.</summary>
public sealed class EvaluationMeasuresTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);
    private readonly Asking asking = new(ground);

    private string Course => ground.Sql<string>($"select c.code from courses c join sessions s on s.course_id = c.id where s.id = '{asking.Hall.Session.Id}'").GetAwaiter().GetResult();

    [Fact] // F2, F3: scores added up over how many there are, with responses and the rate
    public async Task A_mean_says_of_how_many_it_is()
    {
        var agency = await ground.Given.Agency();
        await asking.BeginAsync(8, agency);
        foreach (var person in asking.Hall.People.Take(6))
        {
            await asking.AnsweredAsync(person, "useful=4, taught=5, before=2, after=4");
        }

        await asking.AnsweredAsync(asking.Hall.People[6], "useful=1, before=5, differently=Nothing");
        var mean = await told.Figure($"measure: evaluation_mean, courses: [{Course}], by: [agency]");
        Assert.Equal((55, 13, 55.0 / 13, 7, 8), (mean.Numerator, mean.Denominator, mean.Value, mean.Responses, mean.Asked));
        Assert.Equal([(agency.Code, "4.2"), ("*", "4.2")], mean.Rows.Select(row => (row.Key["agency"], row.Printed)));
        var gain = await told.Figure($"measure: confidence_gain, courses: [{Course}]");
        Assert.Equal((12, 6, 2.0, 7, 8), (gain.Numerator, gain.Denominator, gain.Value, gain.Responses, gain.Asked));
        Assert.Contains("\"responses\":7,\"asked\":8", ReportJson.Write(await told.Report($"{{id: it, measure: evaluation_mean, courses: [{Course}]}}")), StringComparison.Ordinal);
    }

    [Fact] // F3: nobody asked, or nobody answered: not known, never 0
    public async Task No_answer_is_not_known()
    {
        await asking.BeginAsync(2);
        var mean = await told.Figure($"measure: evaluation_mean, courses: [{Course}]");
        Assert.Equal((null, "not known", 0L, 2L), (mean.Value, mean.Phrase, mean.Responses!.Value, mean.Asked!.Value));
    }

    [Fact] // F6: of five people or fewer, a published table says nothing
    public async Task A_mean_of_few_is_held_back()
    {
        await asking.BeginAsync(5);
        foreach (var person in asking.Hall.People)
        {
            await asking.AnsweredAsync(person, "useful=3");
        }

        var report = await told.Report($"{{id: it, measure: evaluation_mean, courses: [{Course}]}}");
        Assert.True(report.Figures[0].Suppressed);
        Assert.DoesNotContain("responses", ReportJson.Write(report, published: true), StringComparison.Ordinal);
    }

    [Fact] // T4: as at an instant, as it was then; the newest answer of each counts
    public async Task As_at_an_instant_what_had_been_said_by_then_counts()
    {
        await asking.BeginAsync(7);
        foreach (var person in asking.Hall.People)
        {
            await asking.AnsweredAsync(person, "useful=2");
        }

        ground.Clock.Set("2024-06-01 10:00");
        await asking.AnsweredAsync(asking.Hall.People[0], "useful=5");
        var keys = $"measure: evaluation_mean, courses: [{Course}]";
        var (before, after) = (await told.Figure(keys, "2024-05-31 00:00"), await told.Figure(keys));
        Assert.Equal((14, 7), (before.Numerator, before.Denominator));
        Assert.Equal((17, 7), (after.Numerator, after.Denominator));
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(before.Digest, (await told.Figure(keys, "2024-05-31 00:00")).Digest);
        Assert.Equal(0, (await told.Figure(keys, "2024-05-15 15:00")).Asked);
    }

    [Fact] // A7, A6: who did not attend after all, and a register that is open again
    public async Task Only_those_count_who_attended_a_session_held()
    {
        await asking.BeginAsync(7);
        foreach (var person in asking.Hall.People)
        {
            await asking.AnsweredAsync(person, person == asking.Hall.People[0] ? "useful=1" : "useful=5");
        }

        var keys = $"measure: evaluation_mean, courses: [{Course}]";
        ground.Clock.Set("2024-05-16 10:00");
        await asking.Hall.Sent("late", asking.Hall.Mark(asking.Hall.People[0].Id, MarkKind.Dna));
        Assert.Equal((null, 0L), ((await told.Figure(keys)).Value, (await told.Figure(keys)).Asked!.Value));
        await asking.Hall.Sign();
        var figure = await told.Figure(keys);
        Assert.Equal((30, 6, 6, 6), (figure.Numerator, figure.Denominator, figure.Responses, figure.Asked));
    }

    [Fact] // P3: two records of one person are one, and what they said last counts
    public async Task A_merge_counts_one()
    {
        await asking.BeginAsync(7);
        foreach (var person in asking.Hall.People)
        {
            await asking.AnsweredAsync(person, "useful=4");
        }

        await told.Merge(asking.Hall.People[1], asking.Hall.People[0], "2024-05-20 10:00");
        var keys = $"measure: evaluation_mean, courses: [{Course}]";
        Assert.Equal((28, 7, 7), (await told.Figure(keys, "2024-05-19 00:00")) is var then ? (then.Numerator, then.Responses, then.Asked) : default);
        Assert.Equal((24, 6, 6), (await told.Figure(keys)) is var now ? (now.Numerator, now.Responses, now.Asked) : default);
    }

    [Fact] // F9: what is listed behind it adds up to it; of nobody by name
    public async Task What_is_behind_it_adds_up_and_names_nobody()
    {
        await asking.BeginAsync(6);
        foreach (var person in asking.Hall.People)
        {
            await asking.AnsweredAsync(person, "useful=4, taught=3");
        }

        var report = ReadReport.Text("t.yaml", $"report: t\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures: [{{id: it, measure: evaluation_mean, courses: [{Course}]}}]\n");
        var behind = await ground.With((FigureBehind verb) => verb.RunAsync(report, report.Figures[0], told.At("2024-12-01"), Actor.Machine, default));
        Assert.Equal((42, 12), (behind.Counted, behind.Of));
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.Null(await ground.With((FigurePeople verb) => verb.RunAsync(report, report.Figures[0], told.At("2024-12-01"), unit, default)));
    }
}
