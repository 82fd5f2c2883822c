using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What the pages about agencies ask in the same way.</summary>
internal static class AgencyFields
{
    /// <summary>The name of a field: "Input.Since".</summary>
    public static string Name(AgencyField field) => $"Input.{field}";

    /// <summary>The agencies to choose among, one of them left out with all below it.</summary>
    public static async Task<IReadOnlyList<(string Value, string Words)>> ChoicesAsync(LearningDb db, DateOnly today, Guid? without = null, CancellationToken stop = default)
    {
        var below = without is { } root ? (await AgencyTree.BelowAsync(db, [root], today, past: true, stop)).Select(place => place.Id).ToHashSet() : [];
        return [.. (await AgencyTree.AllAsync(db, today, stop: stop)).Where(place => !below.Contains(place.Id)).Select(place => (place.Id.ToString(), place.FullName))];
    }
}
