using System.Runtime.Serialization;

namespace Learning.ELearning;

/// <summary>The questions at a course's end: <c>quiz.yaml</c> (E3).</summary>
public sealed record Quiz
{
    public string Title { get; init; } = "";
    public int Minutes { get; init; }

    /// <summary>Percentage of questions that have to be right.</summary>
    public int PassMark { get; init; }

    /// <summary>Tries that an attempt at the course has; 0 is without limit.</summary>
    public int Attempts { get; init; }

    /// <summary>Questions and options come in another order at every try.</summary>
    public bool Shuffle { get; init; }

    /// <summary>How many questions of each pool a try draws, by the pool's name. A question without a pool is always asked.</summary>
    public IReadOnlyDictionary<string, int> Pools { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>How many questions a try has.</summary>
    public int AskedATry => Questions.Count(q => q.Pool is null) + Pools.Values.Sum();

    public Question? Find(string id) => Questions.FirstOrDefault(q => q.Id == id);
}

public sealed record Question
{
    public string Id { get; init; } = "";

    /// <summary>The numbers of the course's outcomes that the question tests.</summary>
    public IReadOnlyList<int> Outcome { get; init; } = [];

    /// <summary>The pool that it is drawn from; null: it is in every try.</summary>
    public string? Pool { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    public string Text { get; init; } = "";
    public QuestionKind Kind { get; init; }

    /// <summary>
    /// What is chosen from; of an ordering its steps in the right order; of a matching its left side; of a short text the answers that the author foresaw.
    /// </summary>
    public IReadOnlyList<QuestionOption> Options { get; init; } = [];

    /// <summary>Of a matching: what stands on the right side and matches nothing.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Of a short text: the feedback on what the author did not foresee.</summary>
    public string Otherwise { get; init; } = "";

    public IEnumerable<int> Right => Enumerable.Range(0, Options.Count).Where(i => Options[i].Right);

    /// <summary>It is answered by choosing among the options, not by placing or writing.</summary>
    public bool IsChoice => Kind is QuestionKind.OneRight or QuestionKind.SeveralRight;

    /// <summary>The right side of a matching, in an order that tells nothing.</summary>
    public IReadOnlyList<string> Matches => [.. Options.Select(option => option.Match).Concat(Others).Where(match => match.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The right matches of a matching, by their places in <see cref="Matches"/>.</summary>
    public IEnumerable<int> RightMatches => Matches.Index().ToDictionary(one => one.Item, one => one.Index) is var places ? Options.Select(option => places[option.Match]) : [];
}

/// <summary>
/// <c>single</c>: exactly one option is right. <c>multiple</c>: one or more are, and all of them have to be chosen. <c>ordering</c>: every step has its place. <c>matching</c>: every line has its
/// match. <c>short</c>: a few words, judged by a list.
/// </summary>
public enum QuestionKind
{
    [EnumMember(Value = "single")] OneRight,
    [EnumMember(Value = "multiple")] SeveralRight,
    [EnumMember(Value = "ordering")] InOrder,
    [EnumMember(Value = "matching")] Matched,
    [EnumMember(Value = "short")] InWords,
}

public sealed record QuestionOption
{
    public string Text { get; init; } = "";
    public bool Right { get; init; }
    public string Feedback { get; init; } = "";

    /// <summary>Of a matching: what belongs to it.</summary>
    public string Match { get; init; } = "";

    /// <summary>Of a short text: other words for the same answer.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];
}
