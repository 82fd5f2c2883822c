using System.Security.Cryptography;
using System.Text;

namespace Learning.ELearning;

/// <summary>A question as it is put in one try: its options in the order shown, each by its place in the text.</summary>
public sealed record AskedQuestion(Question Question, IReadOnlyList<int> Order)
{
    /// <summary>From places on the screen to places in the text; null if one of them is not there.</summary>
    public IReadOnlyList<int>? FromScreen(IEnumerable<int> places)
    {
        var chosen = places.Distinct().ToList();
        return chosen.All(place => place >= 0 && place < Order.Count) ? [.. chosen.Select(place => Order[place]).Order()] : null;
    }
}

/// <summary>How many of the questions were right; a score is whole questions, a percentage is for people to read.</summary>
public sealed record QuizScore(int Right, int Of, int PassMark)
{
    public decimal Percent => Math.Round(100m * Right / Of, 2);

    /// <summary>The pass mark itself passes: compared without rounding.</summary>
    public bool Passed => Right * 100 >= PassMark * Of;
}

/// <summary>How a quiz is put and judged (E3). Pure: the same attempt and try always see the same order.</summary>
public static class QuizRules
{
    public static IReadOnlyList<AskedQuestion> Asked(Quiz quiz, Guid attempt, int @try)
    {
        var questions = Drawn(quiz, attempt, @try).Select(question => new AskedQuestion(
            question,
            question.Kind == QuestionKind.InOrder
                ? Mixed(Enumerable.Range(0, question.Options.Count), i => $"{attempt}/{@try}/{question.Id}/{i}")
                : Shuffled(quiz, Enumerable.Range(0, question.Options.Count), i => $"{attempt}/{@try}/{question.Id}/{i}")));
        return Shuffled(quiz, questions, asked => $"{attempt}/{@try}/{asked.Question.Id}");
    }

    /// <summary>
    /// The questions of a try, in the order of the text: those without a pool, and as many of each pool as it says. Which ones follows from the attempt and the try alone, and both are kept:
    /// so they are the same on every device, after a restart and years later.
    /// </summary>
    public static IReadOnlyList<Question> Drawn(Quiz quiz, Guid attempt, int @try)
    {
        var drawn = quiz.Questions.Where(question => question.Pool is not null).GroupBy(question => question.Pool!)
            .SelectMany(pool => pool.OrderBy(question => Lot($"{attempt}/{@try}/draw/{question.Id}"), StringComparer.Ordinal).Take(quiz.Pools.GetValueOrDefault(pool.Key)))
            .ToHashSet();
        return [.. quiz.Questions.Where(question => question.Pool is null || drawn.Contains(question))];
    }

    /// <summary>A page's own question as it is put: as the author wrote it, but the steps of an ordering mixed, for everybody alike.</summary>
    public static AskedQuestion OnPage(Question check, string page) => new(
        check,
        check.Kind == QuestionKind.InOrder
            ? Mixed(Enumerable.Range(0, check.Options.Count), i => $"{page}/{check.Text}/{i}")
            : [.. Enumerable.Range(0, check.Options.Count)]);

    private static IReadOnlyList<T> Shuffled<T>(Quiz quiz, IEnumerable<T> items, Func<T, string> key) =>
        quiz.Shuffle
            ? [.. items.OrderBy(item => Lot(key(item)), StringComparer.Ordinal)]
            : [.. items];

    // Steps that stood in the right order would be an answer.
    private static List<int> Mixed(IEnumerable<int> steps, Func<int, string> key) =>
        steps.OrderBy(step => Lot(key(step)), StringComparer.Ordinal).ToList() is var mixed && mixed.SequenceEqual(mixed.Order()) ? [.. mixed.Skip(1), .. mixed.Take(1)] : mixed;

    private static string Lot(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
