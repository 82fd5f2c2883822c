using System.Globalization;
using System.Text;

namespace Learning.ELearning;

/// <summary>What a press sends for a question: the chosen options by their places on the screen, or what stands in its selects or its box, in the order of the screen.</summary>
public sealed record Sent(IReadOnlyCollection<int> Chosen, IReadOnlyList<string?>? Written = null)
{
    public bool IsEmpty => Chosen.Count == 0 && (Written ?? []).All(string.IsNullOrWhiteSpace);
}

/// <summary>An answer as it is kept: places in the text, which do not change with the screen, or the learner's own words.</summary>
/// <param name="Chosen">Of a choice the options, in order; of an ordering its steps in the order given; of a matching the place in <see cref="Question.Matches"/> for each option; of words nothing.</param>
public sealed record GivenAnswer(IReadOnlyList<string> Chosen, string? Words = null)
{
    public bool IsSame(IEnumerable<string> chosen, string? words) => Words == words && Chosen.SequenceEqual(chosen);
}

/// <summary>How an answer of each kind is read and judged (E3). Pure.</summary>
public static class AnswerRules
{
    /// <summary>Characters that a written answer has at most.</summary>
    public const int LongestWords = 200;

    private const string NotOnThePage = "Choose one of the answers on the page";

    /// <summary>The answer, or why it is none, as a sentence for the learner. Nothing given is not a wrong answer.</summary>
    public static (GivenAnswer? Answer, string? WhyNot) Read(AskedQuestion asked, Sent sent) => asked.Question.Kind switch
    {
        QuestionKind.InOrder => InOrder(asked, sent.Written ?? []),
        QuestionKind.Matched => Matched(asked, sent.Written ?? []),
        QuestionKind.InWords => InWords(sent.Written ?? []),
        var kind => Choice(asked, sent.Chosen, kind),
    };

    /// <summary>Right means every right option and no other; every step in its place; every line its match; words that the list calls right.</summary>
    public static bool IsRight(Question question, GivenAnswer answer) => question.Kind switch
    {
        QuestionKind.InOrder => answer.Chosen.SequenceEqual(Enumerable.Range(0, question.Options.Count).Select(place => $"{place}")),
        QuestionKind.Matched => answer.Chosen.SequenceEqual(question.RightMatches.Select(place => $"{place}")),
        QuestionKind.InWords => Foreseen(question, answer.Words ?? "") is { Right: true },
        _ => question.Right.Select(option => $"{option}").ToHashSet().SetEquals(answer.Chosen),
    };

    /// <summary>The answer of the author's list that these words are, or null.</summary>
    public static QuestionOption? Foreseen(Question question, string words) =>
        Plain(words) is var plain ? question.Options.FirstOrDefault(option => Spellings(option).Any(spelling => Plain(spelling) == plain)) : null;

    /// <summary>The words by which one answer of a short text is known.</summary>
    public static IEnumerable<string> Spellings(QuestionOption option) => option.Also.Prepend(option.Text);

    /// <summary>Letters and digits alone, small and without accents: capitals, spaces and punctuation make no other answer.</summary>
    public static string Plain(string words)
    {
        var plain = new StringBuilder(words.Length);
        foreach (var letter in words.Normalize(NormalizationForm.FormKD).Where(char.IsLetterOrDigit))
        {
            plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }

    private static (GivenAnswer?, string?) Choice(AskedQuestion asked, IReadOnlyCollection<int> places, QuestionKind kind) => asked.FromScreen(places) switch
    {
        null => (null, NotOnThePage),
        { Count: 0 } => (null, "Choose an answer first"),
        { Count: > 1 } when kind == QuestionKind.OneRight => (null, "Choose one answer only"),
        var chosen => (new GivenAnswer([.. chosen.Select(option => $"{option}")]), null),
    };

    private static (GivenAnswer?, string?) InOrder(AskedQuestion asked, IReadOnlyList<string?> written)
    {
        if (Numbers(written, asked.Order.Count, from: 1) is not { } numbers)
        {
            return (null, NotOnThePage);
        }

        var twice = numbers.OfType<int>().GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key).Order().ToList();
        return twice.Count > 0 ? (null, $"Use each number once. {(twice.Count == 1 ? "Number" : "Numbers")} {string.Join(" and ", twice)} {(twice.Count == 1 ? "stands" : "stand")} there twice or more")
            : numbers.Contains(null) ? (null, numbers.All(number => number is null) ? "Give each step a number first" : "Give each step a number. Some have none yet")
            : (new GivenAnswer([.. numbers.Index().OrderBy(one => one.Item).Select(one => $"{asked.Order[one.Index]}")]), null);
    }

    private static (GivenAnswer?, string?) Matched(AskedQuestion asked, IReadOnlyList<string?> written)
    {
        if (Numbers(written, asked.Order.Count, from: 0, asked.Question.Matches.Count) is not { } numbers)
        {
            return (null, NotOnThePage);
        }

        return numbers.Contains(null)
            ? (null, numbers.All(number => number is null) ? "Choose a match for each line first" : "Choose a match for each line. Some have none yet")
            : (new GivenAnswer([.. asked.Order.Index().OrderBy(one => one.Item).Select(one => $"{numbers[one.Index]}")]), null);
    }

    private static (GivenAnswer?, string?) InWords(IReadOnlyList<string?> written)
    {
        var words = string.Concat((written.Count == 1 ? written[0] ?? "" : "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))).Trim();
        return words.Length == 0 ? (null, "Write an answer first")
            : words.Length > LongestWords ? (null, $"An answer has {LongestWords} characters at most, and this one has {words.Length}")
            : Plain(words).Length == 0 ? (null, "Write the answer in letters or numbers")
            : (new GivenAnswer([], words), null);
    }

    // What stands in as many selects, null where nothing was chosen; null altogether where that is not what the page has.
    private static List<int?>? Numbers(IReadOnlyList<string?> written, int lines, int from, int? count = null)
    {
        if (written.Count == 0)
        {
            return [.. Enumerable.Repeat((int?)null, lines)];
        }

        var numbers = written.Select(text => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)-1).ToList();
        return numbers.Count == lines && numbers.All(number => number is null || (number >= from && number < from + (count ?? lines))) ? numbers : null;
    }
}
