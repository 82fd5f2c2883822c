namespace Learning.ELearning;

/// <summary>
/// The page of a course that an address means for this learner: a page that they have opened, and in the quiz a question of a
/// try or its result. Pure.
/// </summary>
public sealed record PlayerPlace(LearningProgress Progress, Outline Outline, Stop Stop, QuizStanding? Quiz, int? Question)
{
    /// <summary>The place, or null where the address means none that is open: the caller then shows where the learner is.</summary>
    public static PlayerPlace? Of(LearningProgress progress, string? page, int? @try = null, int? question = null)
    {
        var outline = new Outline(progress.Text!);
        if (progress.Attempt is not { } attempt)
        {
            return page is null || page == outline.First.Name ? new PlayerPlace(progress, outline, outline.First, null, null) : null;
        }

        var stop = outline.Find(page ?? attempt.LastPage);
        if (stop is null || !progress.Seen.Contains(stop.Name))
        {
            return null;
        }

        if (stop is not QuizStop { Quiz: var quiz })
        {
            return new PlayerPlace(progress, outline, stop, null, null);
        }

        var latest = new QuizStanding(quiz, attempt.Id, progress.Answers);
        var isTry = @try is { } number && number >= 1 && (number <= latest.Latest || (number == latest.Latest + 1 && latest.MayTryAgain));
        var standing = isTry ? new QuizStanding(quiz, attempt.Id, progress.Answers, @try) : latest;
        var shown = question is { } asked && asked >= 1 && asked <= standing.Asked.Count
            ? asked
            : standing.Unanswered.Cast<int?>().FirstOrDefault();
        return new PlayerPlace(progress, outline, stop, standing, shown);
    }

    public string Code => Progress.Course.Code;

    public string Title => Progress.Text!.Head.Title;

    public bool IsCompleted => Progress.Attempt?.CompletedAt is not null;

    /// <summary>The question as it is put, where the place is one.</summary>
    public AskedQuestion? Asked => Question is { } number ? Quiz!.Asked[number - 1] : null;

    public QuizAnswer? Answer => Asked is { } asked ? Quiz!.AnswerTo(asked.Question) : null;

    /// <summary>What the page invites to think about, where it does, and what the learner wrote.</summary>
    public string? Reflection => (Stop as ReadingStop)?.Page.Reflection;

    public Reflection? Note => Progress.Reflections.GetValueOrDefault(Stop.Name);

    /// <summary>What was answered to the page's own question.</summary>
    public PageCheckAnswer? CheckAnswer => Progress.Checks.GetValueOrDefault(Stop.Name);

    /// <summary>The pictures of the version that is played.</summary>
    public CoursePictures Pictures => new(Code, Progress.Text!.Files);

    public bool IsLastQuestion => Question == Quiz?.Asked.Count;

    /// <summary>The last page, or the last question: what comes after it is "Finish".</summary>
    public bool IsEnd => Stop is QuizStop ? IsLastQuestion : Outline.After(Stop) is null;

    /// <summary>What was chosen at this decision, or at another one.</summary>
    public DecisionOption? Chosen(DecisionStop decision) =>
        Progress.Choices.TryGetValue(decision.Name, out var choice) ? decision.Decision.Options[choice] : null;

    /// <summary>Pages behind the learner: all of them when the course is completed.</summary>
    public int Done => IsCompleted ? Outline.Stops.Count : Outline.Stops.Index().LastOrDefault(s => Progress.Seen.Contains(s.Item.Name)).Index;

    public string Address => Question is { } number ? QuestionAddress(number) : PageAddress(Stop);

    public string PageAddress(Stop stop) => $"{Start(Code)}?page={stop.Name}";

    /// <summary>The address of a question, or of the result where there is no number.</summary>
    public string QuestionAddress(int? number, int? @try = null) =>
        PageAddress(Stop) + $"&try={@try ?? Quiz!.Try}" + (number is null ? "" : $"&question={number}");

    public static string Start(string code) => $"/learn/{code}";
}
