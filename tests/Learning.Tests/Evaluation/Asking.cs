using System.Text.RegularExpressions;

using Learning.Attendance;
using Learning.Evaluation;
using Learning.People;
using Learning.Tests.Attendance;
using Learning.Tests.Support;

namespace Learning.Tests.Evaluation;

/// <summary>A session that was held, whose register its trainer has signed, and whose people are asked what it was worth.</summary>
internal sealed partial class Asking(Ground ground)
{
    public Hall Hall { get; private set; } = null!;

    public async Task BeginAsync(int people, Agency? agency = null)
    {
        ground.Clock.Set("2024-05-15 16:00");
        Hall = await Hall.Open(ground, people, agency);
        await Hall.Signed();
        await AskAsync();
    }

    public Task<int> AskAsync() => ground.With((AskForEvaluations verb) => verb.RunAsync());

    public Task<Guid> RequestAsync(Person person, string stage = "after") =>
        ground.Sql<Guid>($"select id from evaluation_requests where session_id = '{Hall.Session.Id}' and person_id = '{person.Id}' and stage = '{stage}'");

    public async Task<EvaluationAsked?> SeesAsync(Person person, string stage = "after")
    {
        var id = await RequestAsync(person, stage);
        return await ground.With(async (AskedEvaluations asked) => await asked.OfAsync(id, await ground.Given.Actor(person)));
    }

    /// <summary>"useful=4, before=2": what somebody answers.</summary>
    public async Task<EvaluationOutcome> AnswerAsync(Person person, string answers, string stage = "after", Guid? id = null)
    {
        var said = answers.Split(", ").Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);
        var asked = (await SeesAsync(person, stage))!;
        return await ground.With((SendEvaluation send) => send.RunAsync(asked, id ?? Guid.CreateVersion7(), said.GetValueOrDefault));
    }

    public async Task AnsweredAsync(Person person, string answers, string stage = "after") => Assert.IsType<EvaluationOutcome.Kept>(await AnswerAsync(person, answers, stage));

    public async Task<SessionEvaluation?> ResultsAsync(Person by) => await ground.With(async (EvaluationResults results) => await results.OfAsync(Hall.Session.Ref, await ground.Given.Actor(by)));

    /// <summary>The path that a letter leads to.</summary>
    public static string LinkIn(ReceivedMail mail) => Link().Match(mail.Text("text/plain")!).Value;

    /// <summary>The register is opened again.</summary>
    public Task ReopenAsync() => ground.With(async (ReopenRegister verb) => { await verb.RunAsync(Hall.Session.Ref, "A sheet was found.", await ground.Given.Actor(await ground.Given.Unit())); });

    [GeneratedRegex(@"/evaluate/[\w-]+")]
    private static partial Regex Link();
}
