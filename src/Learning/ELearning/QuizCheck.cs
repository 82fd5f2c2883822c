namespace Learning.ELearning;

/// <summary>What must hold for a quiz (E3): it can be judged, it can be passed, and it tests what the course promises.</summary>
public static class QuizCheck
{
    /// <summary>How many questions each outcome is owed (the experts' check list).</summary>
    public const int QuestionsAnOutcome = 2;

    public static IEnumerable<string> Of(CourseText course) =>
        course.Quiz is not { } quiz ? [] :
        [
            .. Settings(quiz).Select(m => $"{course.Files.At("quiz.yaml", m.Key, m.Value)}: {m.Sentence}"),
            .. quiz.Questions.SelectMany(question => QuestionCheck.Of(question).Select(mistake => $"{course.Files.At("quiz.yaml", "id", question.Id)}: {question.Id} {mistake}")),
            .. PoolCheck.Of(course.Files, quiz),
            .. Outcomes(course.Files, quiz, course.Head.Outcomes),
        ];

    private static IEnumerable<(string Key, string? Value, string Sentence)> Settings(Quiz quiz)
    {
        if (quiz.PassMark is < 1 or > 100)
        {
            yield return ("pass_mark", null, "pass_mark is a percentage from 1 to 100");
        }

        if (quiz.Attempts < 0)
        {
            yield return ("attempts", null, "attempts is 0 (without limit) or more");
        }

        if (quiz.Questions.Count == 0)
        {
            yield return ("questions", null, "has no questions");
        }

        foreach (var id in quiz.Questions.GroupBy(q => q.Id).Where(g => g.Key.Length == 0 || g.Count() > 1).Select(g => g.Key))
        {
            yield return ("id", id, $"the id '{id}' is empty or used twice");
        }
    }

    // A try of pools tests an outcome by what is in every drawing of it.
    private static IEnumerable<string> Outcomes(CourseFiles files, Quiz quiz, IReadOnlyDictionary<int, string> outcomes)
    {
        foreach (var outcome in outcomes.Keys.Order())
        {
            var questions = quiz.Questions.Count(q => q.Pool is null && q.Outcome.Contains(outcome))
                + quiz.Questions.Where(q => q.Pool is not null).GroupBy(q => q.Pool!)
                    .Sum(pool => Math.Max(0, quiz.Pools.GetValueOrDefault(pool.Key) - pool.Count(q => !q.Outcome.Contains(outcome))));
            if (questions < QuestionsAnOutcome)
            {
                yield return $"{files.At("quiz.yaml", "questions")}: outcome {outcome} is tested by {questions} questions{(quiz.Pools.Count > 0 ? " in every try" : "")}, it needs {QuestionsAnOutcome}";
            }
        }

        foreach (var question in quiz.Questions.Where(q => q.Outcome.Any(o => !outcomes.ContainsKey(o))))
        {
            yield return $"{files.At("quiz.yaml", "id", question.Id)}: {question.Id} tests an outcome that course.yaml does not name";
        }
    }
}
