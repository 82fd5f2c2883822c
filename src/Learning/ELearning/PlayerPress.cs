using Learning.People;

namespace Learning.ELearning;

/// <summary>What a press of a button of the player came to: an address to go to, or a sentence beside the form.</summary>
/// <param name="Field">The field that the sentence stands beside.</param>
public sealed record Pressed(string? Address, string? Mistake = null, IReadOnlyList<int>? Unanswered = null, string Field = "Input.Chosen");

/// <summary>What a press sends: the button, the answer to the page's question or decision, and the learner's own words where the page has a box for them.</summary>
public sealed record Press(string? Button, Sent Answer, string? Note = null);

/// <summary>
/// From a button to its verb. "Next" with a choice that was not checked yet checks it first: the answer to a choice is never
/// skipped. Whatever is pressed, one's own words are kept first.
/// </summary>
public sealed class PlayerPress(StartCourse start, TurnPage turn, ChooseInCase choose, CheckAnswer check, AnswerPageCheck practise, KeepReflection keep, FinishCourse finish)
{
    public const string Previous = "previous", Next = "next", Check = "check", Finish = "finish", Begin = "begin", Keep = "keep";

    public async Task<Pressed> DoAsync(Actor actor, PlayerPlace place, Press sent, CancellationToken stop)
    {
        if (await KeepAsync(actor, place, sent.Note, stop) is { } notKept)
        {
            return notKept;
        }

        var (press, given) = (sent.Button, sent.Answer);
        if (!given.IsEmpty && press is Next or Finish && IsNew(place, given))
        {
            press = Check;
        }

        return press switch
        {
            Keep when place.Reflection is not null => new Pressed(place.Address + "#note"),
            Check => await CheckAsync(actor, place, given, stop),
            Next when place.Question is { } number && !place.IsLastQuestion => new Pressed(place.QuestionAddress(number + 1)),
            Previous when place.Question is > 1 and var number => new Pressed(place.QuestionAddress(number - 1)),
            Next or Previous => await TurnAsync(actor, place, press == Next, stop),
            Finish => await FinishAsync(actor, place, stop),
            Begin => await BeginAsync(actor, place.Code, stop),
            _ => new Pressed(null, "Press one of the buttons of this page."),
        };
    }

    /// <summary>Begins the course, or begins it again.</summary>
    public async Task<Pressed> BeginAsync(Actor actor, string code, CancellationToken stop) =>
        await start.DoAsync(actor, code, stop) is StartOutcome.Refused refused
            ? new Pressed(null, refused.Reason)
            : new Pressed(PlayerPlace.Start(code));

    private static bool IsNew(PlayerPlace place, Sent given) => place.Stop switch
    {
        _ when place.IsCompleted => false,
        DecisionStop decision => given.Chosen.Count > 0 && (!place.Progress.Choices.TryGetValue(decision.Name, out var kept) || kept != given.Chosen.First()),
        ReadingStop { Page.Check: { } check } reading => place.CheckAnswer is not { } answer
            || AnswerRules.Read(QuizRules.OnPage(check, reading.Name), given).Answer is not { } read || !read.IsSame(answer.Chosen, answer.Words),
        _ => place.Asked is not null && place.Answer is null,
    };

    // Null: there is nothing to keep, or it is kept.
    private async Task<Pressed?> KeepAsync(Actor actor, PlayerPlace place, string? note, CancellationToken stop)
    {
        if (place.Reflection is null || note is null || KeepReflection.Plain(note) == (place.Note?.Words ?? ""))
        {
            return null;
        }

        var mistake = await BegunAsync(actor, place, stop) ?? await keep.DoAsync(actor, place.Code, place.Stop.Name, note, stop);
        return mistake is null ? null : new Pressed(null, mistake, Field: "Input.Note");
    }

    // Looking at the first page begins nothing; doing something on it does.
    private async Task<string?> BegunAsync(Actor actor, PlayerPlace place, CancellationToken stop) =>
        place.Progress.Attempt is null && await start.DoAsync(actor, place.Code, stop) is StartOutcome.Refused no ? no.Reason : null;

    private async Task<Pressed> CheckAsync(Actor actor, PlayerPlace place, Sent given, CancellationToken stop)
    {
        var mistake = place switch
        {
            { Stop: ReadingStop { Page.Check: not null } } =>
                await BegunAsync(actor, place, stop) ?? await practise.DoAsync(actor, place.Code, place.Stop.Name, given, stop),
            { Stop: DecisionStop decision } =>
                await choose.DoAsync(actor, place.Code, decision.Name, given.Chosen.Cast<int?>().FirstOrDefault(), stop),
            { Asked: { } asked } => await check.DoAsync(actor, place.Code, place.Quiz!.Try, asked.Question.Id, given, stop),
            _ => "There is nothing to check on this page.",
        };
        return mistake is null ? new Pressed(place.Address + "#feedback") : new Pressed(null, mistake);
    }

    private async Task<Pressed> TurnAsync(Actor actor, PlayerPlace place, bool forward, CancellationToken stop)
    {
        if (place.IsCompleted)
        {
            return new Pressed(place.PageAddress((forward ? place.Outline.After(place.Stop) : place.Outline.Before(place.Stop)) ?? place.Stop));
        }

        if (await BegunAsync(actor, place, stop) is { } no)
        {
            return new Pressed(null, no);
        }

        return await turn.DoAsync(actor, place.Code, place.Stop.Name, forward, stop) switch
        {
            TurnOutcome.On on => new Pressed(place.PageAddress(place.Outline.Find(on.Page)!)),
            TurnOutcome.Refused refused => new Pressed(null, refused.Reason),
            var other => throw new InvalidOperationException($"{other} is no outcome of turning a page."),
        };
    }

    private async Task<Pressed> FinishAsync(Actor actor, PlayerPlace place, CancellationToken stop) =>
        await finish.DoAsync(actor, place.Code, stop) switch
        {
            FinishOutcome.Completed => new Pressed(PlayerPlace.Start(place.Code)),
            FinishOutcome.NotPassed => new Pressed(place.QuestionAddress(null)),
            FinishOutcome.Refused refused => new Pressed(null, refused.Reason, refused.Questions),
            var other => throw new InvalidOperationException($"{other} is no outcome of finishing a course."),
        };
}
