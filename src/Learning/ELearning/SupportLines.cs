namespace Learning.ELearning;

/// <summary>What stands behind "Support and contacts" on every page of every course: <c>content/programme/support.yaml</c>.</summary>
public sealed record SupportLines
{
    public string Line { get; init; } = "";

    /// <summary>Where "Leave this page quickly" leads: a site that anybody may have open.</summary>
    public string LeaveTo { get; init; } = "https://www.bbc.co.uk/weather";
    public string Danger { get; init; } = "";
    public IReadOnlyList<SupportLine> Contacts { get; init; } = [];
    public IReadOnlyList<string> People { get; init; } = [];
}

public sealed record SupportLine
{
    public string Name { get; init; } = "";
    public string Phone { get; init; } = "";
    public string? Link { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
}
