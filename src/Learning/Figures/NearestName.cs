using Learning.History;

namespace Learning.Figures;

/// <summary>What somebody may have meant by a name that is not known.</summary>
internal static class NearestName
{
    /// <summary>" (did you mean 'people'?)", or nothing when no known name is near.</summary>
    public static string Offer(string name, IEnumerable<string> known) => Of(name, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <summary>The known name that is near; null when none is.</summary>
    public static string? Of(string name, IEnumerable<string> known) => name.Length > 60 ? null : Nearest.Of(name, known, Math.Max(2, name.Length / 3));
}
