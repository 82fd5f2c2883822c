using System.Globalization;

namespace Learning.ELearning.Packages.Playing;

/// <summary>What a commit says of its item.</summary>
/// <param name="Score">Per cent.</param>
/// <param name="Exit">How the content would have the session end, once it has.</param>
public sealed record Said(ItemCompletion Completion, ItemSuccess Success, decimal? Score, LastExit Exit)
{
    public static readonly Said Nothing = new(ItemCompletion.NotAttempted, ItemSuccess.Unknown, null, LastExit.None);

    /// <summary>The better of both, in each. It does not matter which came first, nor how often.</summary>
    public Said Or(Said other) => this with
    {
        Completion = (ItemCompletion)Math.Max((int)Completion, (int)other.Completion), Success = (ItemSuccess)Math.Max((int)Success, (int)other.Success),
        Score = Score is { } mine && other.Score is { } theirs ? Math.Max(mine, theirs) : Score ?? other.Score,
    };
}

/// <summary>
/// What the elements of the data model come to, judged here whatever the browser made of them: the mastery score of SCORM 1.2 (RTE 3.4.4), passing score and completion threshold of SCORM 2004
/// (RTE 4.2.4.1, 4.2.22.1). Pure.
/// </summary>
public static class RuntimeRules
{
    /// <summary>Seconds that one session has at most: whoever leaves a tab open for a week has not learned for a week.</summary>
    public const int LongestSession = 24 * 3600;

    public static Said Read(PackageEdition edition, PackageItem item, SentCommit commit) =>
        // What talks to nobody is done once it is opened, or, where it should have talked, once it has been looked at and left.
        !item.IsSco || (commit.End && commit.Elements.Count == 0) ? Said.Nothing with { Completion = ItemCompletion.Completed, Exit = LastExit.Ended }
        : edition == PackageEdition.Scorm12 ? Of12(item, commit) : Of2004(item, commit);

    /// <summary>What the sequencing says of the whole course.</summary>
    public static Said ReadCourse(SentCommit commit) => new(
        Completion(commit.Elements.GetValueOrDefault("course.completion_status")), Success(commit.Elements.GetValueOrDefault("course.success_status")),
        Percent(Number(commit.Elements.GetValueOrDefault("course.score.scaled")) * 100), LastExit.None);

    /// <summary>Seconds of a session, as far as they can be believed.</summary>
    public static int Seconds(double said) => double.IsNaN(said) ? 0 : (int)Math.Clamp(said, 0, LongestSession);

    private static Said Of12(PackageItem item, SentCommit commit)
    {
        var said = commit.Elements;
        var status = said.GetValueOrDefault("cmi.core.lesson_status");
        var raw = Number(said.GetValueOrDefault("cmi.core.score.raw"));
        var exit = Exit(said.GetValueOrDefault("cmi.core.exit"), commit.End);
        // Content that ends without a word on its status is completed (RTE 3.4.4).
        var over = status is "passed" or "failed" or "completed" || (exit == LastExit.Ended && status is null or "" or "not attempted");
        var success = (over || exit == LastExit.Ended) && item.MasteryScore is { } mastery && raw is { } points ? points >= mastery ? ItemSuccess.Passed : ItemSuccess.Failed : Success(status);
        return new Said(
            over || success == ItemSuccess.Passed ? ItemCompletion.Completed : ItemCompletion.Incomplete, success,
            Share(raw, Number(said.GetValueOrDefault("cmi.core.score.min")), Number(said.GetValueOrDefault("cmi.core.score.max"))),
            exit);
    }

    private static Said Of2004(PackageItem item, SentCommit commit)
    {
        var said = commit.Elements;
        var scaled = Number(said.GetValueOrDefault("cmi.score.scaled"));
        var progress = Number(said.GetValueOrDefault("cmi.progress_measure"));
        var completion = item.CompletionThreshold is { } threshold && progress is { } reached
            ? reached >= threshold ? ItemCompletion.Completed : ItemCompletion.Incomplete
            : Completion(said.GetValueOrDefault("cmi.completion_status"));
        var success = item.ScaledPassingScore is { } needed && scaled is { } got
            ? got >= needed ? ItemSuccess.Passed : ItemSuccess.Failed
            : Success(said.GetValueOrDefault("cmi.success_status"));
        var exit = Exit(said.GetValueOrDefault("cmi.exit"), commit.End);
        return new Said(
            completion != ItemCompletion.NotAttempted ? completion
            // Content that ends without a word on it is completed (SN UP.4).
            : exit == LastExit.Ended && item.CompletionThreshold is null ? ItemCompletion.Completed : ItemCompletion.Incomplete,
            success,
            scaled is { } share ? Percent(share * 100) : Share(Number(said.GetValueOrDefault("cmi.score.raw")), Number(said.GetValueOrDefault("cmi.score.min")), Number(said.GetValueOrDefault("cmi.score.max"))),
            exit);
    }

    private static LastExit Exit(string? exit, bool end) => exit == "suspend" ? LastExit.Suspend : end ? LastExit.Ended : LastExit.None;

    private static ItemCompletion Completion(string? word) => word switch
    {
        "completed" => ItemCompletion.Completed,
        "incomplete" => ItemCompletion.Incomplete,
        _ => ItemCompletion.NotAttempted,
    };

    private static ItemSuccess Success(string? word) => word switch
    {
        "passed" => ItemSuccess.Passed,
        "failed" => ItemSuccess.Failed,
        _ => ItemSuccess.Unknown,
    };

    // No score has more than nine digits, and none is to be too large to be reckoned with.
    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, -1_000_000_000, 1_000_000_000) : null;

    // Points from min to max as a share; without them they are taken for per cent, as the standards have it.
    private static decimal? Share(decimal? raw, decimal? min, decimal? max) =>
        raw is not { } points ? null
        : max is { } most && most > (min ?? 0) ? Percent((Math.Clamp(points, min ?? 0, most) - (min ?? 0)) / (most - (min ?? 0)) * 100)
        : Percent(points);

    // A share below nothing, which SCORM 2004 knows, is nothing here.
    private static decimal? Percent(decimal? percent) => percent is { } number ? Math.Round(Math.Clamp(number, 0, 100), 2, MidpointRounding.AwayFromZero) : null;
}
