namespace Learning.Attendance;

/// <summary>Marks as people read them.</summary>
public static class MarkWords
{
    /// <summary>"Attended", "In part (200 minutes)".</summary>
    public static string Of(MarkKind kind, int? minutes = null) => kind switch
    {
        MarkKind.Attended => "Attended",
        MarkKind.Part when minutes is { } here => $"In part ({here} minutes)",
        MarkKind.Part => "In part",
        MarkKind.Apologies => "Apologies",
        MarkKind.Dna => "Did not attend",
        MarkKind.Substitute => "Substitute",
        MarkKind.Vacant => "Vacant",
        MarkKind.NotAppointed => "Not appointed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>"20 attended, 1 substitute, 2 did not attend": what a part's register says, without what nobody is.</summary>
    public static string Tally(IEnumerable<MarkKind> marks)
    {
        var counts = marks.CountBy(mark => mark).ToDictionary();
        return string.Join(", ", Enum.GetValues<MarkKind>().Where(counts.ContainsKey).Select(kind => $"{counts[kind]} {Of(kind).ToLowerInvariant()}"));
    }
}
