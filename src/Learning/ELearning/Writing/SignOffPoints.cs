namespace Learning.ELearning.Writing;

/// <summary>What a subject expert checks: <c>content/programme/sign-off.yaml</c>.</summary>
public sealed record SignOffPoints
{
    public IReadOnlyList<string> Points { get; init; } = [];
}
