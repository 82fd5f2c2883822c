namespace Learning.ELearning;

/// <summary>What must hold for a quiz (E3): it can be judged, it can be passed, and it tests what the course promises.</summary>
public static class QuizCheck
{
    /// <summary>How many questions each outcome is owed (the experts' check list).</summary>
    public const int QuestionsAnOutcome = 2;

    public static IEnumerable<string> Of(CourseText course) =>
        course.Quiz is not { } quiz ? [] :
        [
            .. Settings(quiz),
            .. quiz.Questions.SelectMany(OfQuestion),
            .. Outcomes(quiz, course.Head.Outcomes),
        ];

    private static IEnumerable<string> Settings(Quiz quiz)
    {
        if (quiz.PassMark is < 1 or > 100)
        {
            yield return "quiz.yaml: pass_mark is a percentage from 1 to 100";
        }

        if (quiz.Attempts < 0)
        {
            yield return "quiz.yaml: attempts is 0 (without limit) or more";
        }

        if (quiz.Questions.Count == 0)
        {
            yield return "quiz.yaml: has no questions";
        }

        foreach (var id in quiz.Questions.GroupBy(q => q.Id).Where(g => g.Key.Length == 0 || g.Count() > 1).Select(g => g.Key))
        {
            yield return $"quiz.yaml: the id '{id}' is empty or used twice";
        }
    }

    private static IEnumerable<string> OfQuestion(Question question)
    {
        if (question.Options.Count < 2)
        {
            yield return $"quiz.yaml: {question.Id} has fewer than two options";
        }

        if (question.Options.Any(o => string.IsNullOrWhiteSpace(o.Text) || string.IsNullOrWhiteSpace(o.Feedback)))
        {
            yield return $"quiz.yaml: {question.Id} has an option without text or feedback";
        }

        var right = question.Right.Count();
        if (question.Kind == QuestionKind.OneRight ? right != 1 : right == 0)
        {
            yield return $"quiz.yaml: {question.Id} has {right} right options"
                + (question.Kind == QuestionKind.OneRight ? ", a single one needs exactly 1" : "");
        }
    }

    private static IEnumerable<string> Outcomes(Quiz quiz, IReadOnlyDictionary<int, string> outcomes)
    {
        foreach (var outcome in outcomes.Keys.Order())
        {
            var questions = quiz.Questions.Count(q => q.Outcome.Contains(outcome));
            if (questions < QuestionsAnOutcome)
            {
                yield return $"quiz.yaml: outcome {outcome} is tested by {questions} questions, it needs {QuestionsAnOutcome}";
            }
        }

        foreach (var question in quiz.Questions.Where(q => q.Outcome.Any(o => !outcomes.ContainsKey(o))))
        {
            yield return $"quiz.yaml: {question.Id} tests an outcome that course.yaml does not name";
        }
    }
}
