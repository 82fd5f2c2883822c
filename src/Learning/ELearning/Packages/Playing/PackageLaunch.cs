using System.Security.Cryptography;
using System.Text.Json.Nodes;

using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages.Playing;

/// <summary>An item as the player's scripts know it.</summary>
public sealed record LaunchItem(
    string Id, string Title, string? Href, bool Sco, bool Visible, string? LaunchData, decimal? MasteryScore, string? MaxTime, string? TimeLimitAction, string? Prerequisites, decimal? CompletionThreshold,
    decimal? PassingScore, IReadOnlyList<LaunchItem> Items)
{
    internal static LaunchItem Of(PackageItem item) => new(
        item.Identifier, item.Title, item.Href, item.IsSco, item.Visible, item.LaunchData, item.MasteryScore, item.MaxTimeAllowed, item.TimeLimitAction, item.Prerequisites, item.CompletionThreshold, item.ScaledPassingScore,
        [.. item.Items.Select(Of)]);
}

/// <summary>What stands of an item, for the content to go on with.</summary>
/// <param name="Exit">none, suspend or ended: how its last session ended.</param>
/// <param name="Seconds">Of all sessions.</param>
public sealed record LaunchState(string Completion, string Success, decimal? Score, string Exit, long Seconds, IReadOnlyDictionary<string, string> Cmi);

/// <summary>All that the player's scripts need to begin with: the package, where it stands, and who learns.</summary>
/// <param name="Mode">normal, or review: then nothing is kept.</param>
/// <param name="Learner">A name that means nothing elsewhere.</param>
/// <param name="Sequencing">The activity tree, or null.</param>
/// <param name="Last">The item that was opened last.</param>
public sealed record LaunchAnswer(
    Guid Attempt, string Edition, string Mode, string Learner, string Name, string Title, string? Last, IReadOnlyList<LaunchItem> Items, JsonObject? Sequencing, IReadOnlyDictionary<string, LaunchState> States)
{
    /// <summary>The address of the frame on the content's origin, which lives as long as its pass.</summary>
    public required string Frame { get; init; }

    /// <summary>The number of the newest commit of this device that stands.</summary>
    public required int After { get; init; }
}

/// <summary>What an attempt on a package begins or goes on with. Asked only for the person whose attempt it is (S2).</summary>
public sealed class PackageLaunch(LearningDb db)
{
    private sealed record Spent(string Item, long Seconds);

    /// <param name="frame">The address of the content's frame for this package and attempt.</param>
    /// <returns>Null where the person has no such attempt on a package.</returns>
    public async Task<LaunchAnswer?> AskAsync(Guid person, Guid attemptId, Guid device, Func<Package, string> frame, CancellationToken stop = default)
    {
        if (await db.AttemptsOf(person).AsNoTracking().SingleOrDefaultAsync(one => one.Id == attemptId && one.EndedAt == null, stop) is not { } attempt
            || await db.Packages.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == attempt.CourseId && one.Digest == attempt.Version, stop) is not { } package)
        {
            return null;
        }

        var (manifest, who) = (package.Read(), await db.Persons.AsNoTracking().SingleAsync(one => one.Id == attempt.PersonId, stop));
        var text = (await db.CourseVersions.AsNoTracking().SingleAsync(one => one.CourseId == attempt.CourseId && one.Digest == attempt.Version, stop)).Files.Texts.GetValueOrDefault("imsmanifest.xml", "");
        var states = await db.PackageStates.AsNoTracking().Where(one => one.AttemptId == attempt.Id).ToListAsync(stop);
        var times = await db.PackageTimes.AsNoTracking().Where(one => one.AttemptId == attempt.Id).GroupBy(one => one.Item).Select(group => new Spent(group.Key, group.Sum(one => (long)one.Seconds))).ToDictionaryAsync(one => one.Item, one => one.Seconds, stop);
        return new LaunchAnswer(
            attempt.Id, package.Edition == PackageEdition.Scorm12 ? "1.2" : package.Edition == PackageEdition.Scorm2004Fourth ? "2004 4th" : "2004", attempt.CompletedAt is null ? "normal" : "review",
            Pseudonym(attempt), $"{who.FamilyName}, {who.GivenName}", manifest.Title, states.Exists(one => one.Item == attempt.LastPage) ? attempt.LastPage : null,
            [.. manifest.Items.Select(LaunchItem.Of)], package.Edition == PackageEdition.Scorm12 ? null : ReadSequencing.From(text, manifest),
            states.ToDictionary(one => one.Item, one => new LaunchState(
                Database.Words.Word(one.Completion), Database.Words.Word(one.Success), one.Score, Database.Words.Word(one.Exit), times.GetValueOrDefault(one.Item), one.Written)))
        {
            Frame = frame(package), After = states.Where(one => one.Device == device).Select(one => one.Number).DefaultIfEmpty().Max(),
        };
    }

    // The same in each attempt of a person on a course, so that content can know them again, and no name of theirs anywhere else.
    private static string Pseudonym(LearningAttempt attempt) =>
        Convert.ToHexStringLower(SHA256.HashData([.. "package learner"u8, .. attempt.PersonId.ToByteArray(), .. attempt.CourseId.ToByteArray()]))[..24];
}
