namespace Learning.ELearning;

/// <summary>What must hold for one question of each kind: it can be put, judged and explained (E3). Each mistake is the rest of a sentence about the question.</summary>
internal static class QuestionCheck
{
    /// <summary>Fewer steps are guessed; more do not fit a phone.</summary>
    public const int FewestSteps = 3, MostSteps = 9;

    public static IEnumerable<string> Of(Question question) =>
    [
        .. Shared(question),
        .. question.Kind switch
        {
            QuestionKind.InOrder => InOrder(question),
            QuestionKind.Matched => Matched(question),
            QuestionKind.InWords => InWords(question),
            _ => Choice(question),
        },
    ];

    private static IEnumerable<string> Shared(Question question)
    {
        if (question.Options.Any(option => string.IsNullOrWhiteSpace(option.Text) || string.IsNullOrWhiteSpace(option.Feedback)))
        {
            yield return "has an option without text or feedback";
        }

        foreach (var twice in question.Options.GroupBy(option => option.Text).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            yield return $"has the option “{twice.Key}” twice";
        }

        if (question.Kind is QuestionKind.InOrder or QuestionKind.Matched && question.Options.Any(option => option.Right))
        {
            yield return question.Kind == QuestionKind.InOrder
                ? "marks a step as right: the steps of an ordering stand in the right order, without right"
                : "marks a line as right: what is right in a matching is each line’s match, without right";
        }

        if (question.Kind != QuestionKind.Matched && (question.Others.Count > 0 || question.Options.Any(option => option.Match.Length > 0)))
        {
            yield return "has match or others, which belong to kind: matching";
        }

        if (question.Kind != QuestionKind.InWords && (question.Otherwise.Length > 0 || question.Options.Any(option => option.Also.Count > 0)))
        {
            yield return "has also or otherwise, which belong to kind: short";
        }
    }

    private static IEnumerable<string> Choice(Question question)
    {
        if (question.Options.Count < 2)
        {
            yield return "has fewer than two options";
        }

        var right = question.Right.Count();
        if (question.Kind == QuestionKind.OneRight ? right != 1 : right == 0)
        {
            yield return $"has {right} right options" + (question.Kind == QuestionKind.OneRight ? ", a single one needs exactly 1" : "");
        }
    }

    private static IEnumerable<string> InOrder(Question question)
    {
        if (question.Options.Count is < FewestSteps or > MostSteps)
        {
            yield return $"has {question.Options.Count} steps, an ordering has {FewestSteps} to {MostSteps}";
        }
    }

    private static IEnumerable<string> Matched(Question question)
    {
        if (question.Options.Count is < 2 or > MostSteps)
        {
            yield return $"has {question.Options.Count} lines, a matching has 2 to {MostSteps}";
        }

        if (question.Options.Any(option => string.IsNullOrWhiteSpace(option.Match)))
        {
            yield return "has a line without a match";
        }
        else if (question.Matches.Count < 2)
        {
            yield return "has one match for everything: there is nothing to choose";
        }

        foreach (var other in question.Others.Where(other => string.IsNullOrWhiteSpace(other) || question.Options.Any(option => option.Match == other)))
        {
            yield return $"has “{other}” under others, which is empty or matches a line";
        }
    }

    private static IEnumerable<string> InWords(Question question)
    {
        if (!question.Options.Any(option => option.Right))
        {
            yield return "has no right answer in its list";
        }

        if (string.IsNullOrWhiteSpace(question.Otherwise))
        {
            yield return "has no feedback for an answer that is not in its list: write it under otherwise";
        }

        var spellings = question.Options.SelectMany(AnswerRules.Spellings).Where(spelling => !string.IsNullOrWhiteSpace(spelling)).ToList();
        foreach (var spelling in spellings.Where(spelling => AnswerRules.Plain(spelling).Length == 0 || spelling.Length > AnswerRules.LongestWords))
        {
            yield return $"has the answer “{spelling}”, which nobody can give: it has no letter or digit, or more than {AnswerRules.LongestWords} characters";
        }

        foreach (var same in spellings.GroupBy(AnswerRules.Plain).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            yield return $"has {string.Join(" and ", same.Select(spelling => $"“{spelling}”"))}, which are one answer: capitals, spaces and punctuation make no difference";
        }
    }
}
