namespace Learning.ELearning;

/// <summary>A story with decisions: <c>case.yaml</c>. It is for practice: nobody fails it, and every choice leads on.</summary>
public sealed record CaseStudy
{
    public string Title { get; init; } = "";
    public int Minutes { get; init; }
    public string Note { get; init; } = "";
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
    public string Ending { get; init; } = "";
}

public sealed record Decision
{
    public string Id { get; init; } = "";
    public string Title { get; init; } = "";
    public string Story { get; init; } = "";
    public IReadOnlyList<SeenThing> Seen { get; init; } = [];
    public string Question { get; init; } = "";
    public IReadOnlyList<DecisionOption> Options { get; init; } = [];
}

public sealed record SeenThing
{
    public string When { get; init; } = "";
    public string What { get; init; } = "";
}

/// <summary>A choice: its effect on the person, the reason, and how the next page of the story takes it up.</summary>
public sealed record DecisionOption
{
    public string Text { get; init; } = "";
    public string Effect { get; init; } = "";
    public string Reason { get; init; } = "";
    public string After { get; init; } = "";
    public bool Safest { get; init; }
}
