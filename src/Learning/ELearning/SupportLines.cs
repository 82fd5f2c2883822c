namespace Learning.ELearning;

/// <summary>What stands behind "Support and contacts" on every page of every course: <c>content/programme/support.yaml</c>.</summary>
public sealed record SupportLines
{
    public string Line { get; init; } = "";
    public string Danger { get; init; } = "";
    public IReadOnlyList<SupportLine> Contacts { get; init; } = [];
    public IReadOnlyList<string> People { get; init; } = [];
}

public sealed record SupportLine
{
    public string Name { get; init; } = "";
    public string Phone { get; init; } = "";
    public string? Link { get; init; }
}
