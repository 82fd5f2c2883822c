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
    public IReadOnlyList<QuestionOption> Options { get; init; } = [];

    public IEnumerable<int> Right => Enumerable.Range(0, Options.Count).Where(i => Options[i].Right);
}

/// <summary><c>single</c>: exactly one option is right. <c>multiple</c>: one or more are, and all of them have to be chosen.</summary>
public enum QuestionKind
{
    [EnumMember(Value = "single")] OneRight,
    [EnumMember(Value = "multiple")] SeveralRight,
}

public sealed record QuestionOption
{
    public string Text { get; init; } = "";
    public bool Right { get; init; }
    public string Feedback { get; init; } = "";
}
