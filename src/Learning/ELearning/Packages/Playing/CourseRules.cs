namespace Learning.ELearning.Packages.Playing;

/// <summary>When a course that is a package is completed, from what stands of its items (E4). Pure.</summary>
public static class CourseRules
{
    /// <summary>
    /// Where the sequencing of SCORM 2004 has rolled up the whole course, what it says; else every item is completed, and passed where passing is known of it or asked for. An item that only shows
    /// something is completed once it is opened. Of one item alone nothing is rolled up.
    /// </summary>
    public static bool IsCompleted(PackageManifest manifest, IReadOnlyDictionary<string, Said> states) =>
        states.TryGetValue(PackageState.Course, out var course) && manifest.Launched.Skip(1).Any()
            ? course is { Completion: ItemCompletion.Completed, Success: not ItemSuccess.Failed }
            : manifest.Launched.Any() && manifest.Launched.All(item => states.TryGetValue(item.Identifier, out var state) && IsDone(item, state));

    /// <summary>Per cent: what the sequencing says, which may be none; without sequencing of the one item that has a score, or the mean of several.</summary>
    public static decimal? Score(PackageManifest manifest, IReadOnlyDictionary<string, Said> states)
    {
        if (states.TryGetValue(PackageState.Course, out var course) && manifest.Launched.Skip(1).Any())
        {
            return course.Score;
        }

        var scores = manifest.Launched.Select(item => states.GetValueOrDefault(item.Identifier)?.Score).OfType<decimal>().ToList();
        return scores.Count == 0 ? null : Math.Round(scores.Average(), 2, MidpointRounding.AwayFromZero);
    }

    private static bool IsDone(PackageItem item, Said state) =>
        state.Completion == ItemCompletion.Completed ? state.Success == ItemSuccess.Passed || (state.Success == ItemSuccess.Unknown && item.ScaledPassingScore is null)
        // Content that speaks of nothing but passing has said all.
        : state.Success == ItemSuccess.Passed && item.CompletionThreshold is null;
}
