using Learning.Attendance;
using Learning.Evaluation;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Attendance;
using Learning.Tests.Support;

namespace Learning.Tests.Evaluation;

/// <summary>M4: why somebody was not asked what a session was worth.</summary>
public sealed class WhyNoEvaluationTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // M4, A7
    public async Task From_the_booking_to_three_months_after_it_says_what_comes_and_why_something_does_not()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var hall = await Hall.Open(ground, 2);
        var (came, stayed) = (hall.People[0], hall.People[1]);
        Assert.Equal(("To come", "It is asked once the session is over and its register is signed, if they attend."), await SaysAsync(came, "evaluation", hall));
        ground.Clock.Set("2024-05-15 17:00");
        Assert.Equal(("To come", "The register is not signed. It is asked within five minutes of the signature, if they attended."), await SaysAsync(came, "evaluation", hall));
        await hall.Sent("paper", hall.Mark(came.Id), hall.Mark(stayed.Id, MarkKind.Dna));
        await hall.Sign();
        Assert.Equal(("To come", "It is asked within five minutes of the signature."), await SaysAsync(came, "evaluation", hall));
        Assert.Equal(("Not sent", "By the marks of the register they did not attend."), await SaysAsync(stayed, "evaluation", hall));

        await ground.With((AskForEvaluations verb) => verb.RunAsync());
        Assert.Equal("They attended, and the register is signed.", (await SaysAsync(came, "evaluation", hall))!.Value.Why);
        Assert.Equal(("To come", "It is asked at its hour, three months after the day."), await SaysAsync(came, "evaluation-impact", hall));
        Assert.Null(await SaysAsync(stayed, "evaluation-impact", hall));
        ground.Clock.Set("2024-12-15 17:00");
        Assert.Equal(("Not sent", "Nothing was running at its hour, or for too long after it."), await SaysAsync(came, "evaluation-impact", hall));
    }

    [Fact] // M4, H4
    public async Task Of_a_register_that_was_imported_and_of_one_that_was_signed_while_nothing_ran_it_says_so()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var (imported, silent) = (await Hall.Open(ground, 1), await Hall.Open(ground, 1));
        await ground.Sql($"insert into register_events (session_id, event, recorded_at) values ('{imported.Session.Id}', 'signed', '2024-05-15 15:00Z')");
        await silent.Signed();
        ground.Clock.Set("2024-06-20 09:00");
        Assert.Equal(("Not sent", "The register came with the history that was imported, and nobody is asked about that."), await SaysAsync(imported.People[0], "evaluation", imported));
        Assert.Equal(("Not sent", "Nothing was running in the 28 days after the register was signed; it is too late to ask now."), await SaysAsync(silent.People[0], "evaluation", silent));
    }

    [Theory] // M4
    [InlineData(true, false, true, "The session is cancelled.")]
    [InlineData(false, true, true, "A workshop is asked about with its conference.")]
    [InlineData(false, false, false, "Evaluations of this course are off (content/evaluation).")]
    public void What_is_never_asked_says_so(bool cancelled, bool workshop, bool asks, string why) =>
        Assert.Equal((null, false, why), WhyNoEvaluation.After(new("X", "trained", cancelled, workshop, true, ground.Zone.Now, ground.Zone.Now, true, null, false, ground.Zone.Today), asks, ground.Zone.Now));

    private async Task<(string State, string Why)?> SaysAsync(Person person, string kind, Hall hall)
    {
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}' limit 1");
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        var explained = await ground.With((ExplainMessages explain) => explain.RunAsync(email, hall.Session.Ref, unit));
        return explained!.Messages.SingleOrDefault(one => one.Kind == kind) is { } said ? (said.State, said.Why) : null;
    }
}
