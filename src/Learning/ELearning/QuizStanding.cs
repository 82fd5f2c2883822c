namespace Learning.ELearning;

/// <summary>
/// Where an attempt stands in its quiz (E3), from its answers alone: the try it is in, what is answered in it, and what it
/// scored. A try is over when every question of it is answered.
/// </summary>
public sealed class QuizStanding
{
    private readonly Quiz quiz;
    private readonly Dictionary<string, QuizAnswer> answered;

    public QuizStanding(Quiz quiz, Guid attempt, IReadOnlyCollection<QuizAnswer> answers, int? @try = null)
    {
        this.quiz = quiz;
        Latest = answers.Count == 0 ? 1 : answers.Max(answer => answer.Try);
        Try = @try ?? Latest;
        answered = answers.Where(answer => answer.Try == Try).ToDictionary(answer => answer.Question);
        LatestIsOver = answers.Count(answer => answer.Try == Latest) == quiz.AskedATry;
        LatestFailed = LatestIsOver && !Score(answers.Count(answer => answer.Try == Latest && answer.Correct)).Passed;
        Asked = QuizRules.Asked(quiz, attempt, Try);
    }

    /// <summary>The try that is looked at, from 1.</summary>
    public int Try { get; }

    /// <summary>The newest try with an answer in it, or the first.</summary>
    public int Latest { get; }

    public IReadOnlyList<AskedQuestion> Asked { get; }

    /// <summary>Whether an answer may be given in this try: in the newest, or in the next after one that was not passed.</summary>
    public bool IsOpen => (Try == Latest && !LatestIsOver) || (Try == Latest + 1 && MayTryAgain);

    /// <summary>The newest try was not passed, and another is left.</summary>
    public bool MayTryAgain => LatestFailed && TriesLeft is null or > 0;

    /// <summary>The newest try was not passed, and it was the last.</summary>
    public bool TriesUsed => LatestFailed && TriesLeft == 0;

    /// <summary>Tries after the newest; null is without limit.</summary>
    public int? TriesLeft => quiz.Attempts == 0 ? null : Math.Max(0, quiz.Attempts - Latest);

    public bool LatestIsOver { get; }

    public bool LatestFailed { get; }

    /// <summary>Every question of this try is answered.</summary>
    public bool IsOver => Unanswered.Count == 0;

    /// <summary>Numbers, as shown, of the questions without an answer.</summary>
    public IReadOnlyList<int> Unanswered =>
        [.. Asked.Index().Where(a => !answered.ContainsKey(a.Item.Question.Id)).Select(a => a.Index + 1)];

    public QuizAnswer? AnswerTo(Question question) => answered.GetValueOrDefault(question.Id);

    /// <summary>Of this try, as far as it is answered.</summary>
    public QuizScore Scored => Score(answered.Values.Count(answer => answer.Correct));

    private QuizScore Score(int right) => new(right, quiz.AskedATry, quiz.PassMark);
}
