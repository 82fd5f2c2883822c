using System.Text.RegularExpressions;

namespace Learning.ELearning.Packages.Playing;

/// <summary>A commit as a device sends it.</summary>
/// <param name="Id">Made on the device: the same again changes nothing.</param>
/// <param name="Session">Of the content's session, made at its launch.</param>
/// <param name="At">By the device's clock.</param>
/// <param name="N">Counted up on the device.</param>
/// <param name="Cmi">Element of the data model, to value: all that the content has written. Empty: the item was opened, and nothing is said of it.</param>
/// <param name="Seconds">Of this session so far.</param>
/// <param name="End">Whether the content ended the session.</param>
/// <param name="Over">Whether the session is over without the content having ended it: the learner went elsewhere.</param>
/// <param name="Part">Only what changed: what stands beside it stays.</param>
public sealed partial record SentCommit(Guid Id, string? Item, Guid Session, Guid Device, DateTimeOffset At, int N, IReadOnlyDictionary<string, string>? Cmi, double Seconds, bool End, bool Part = false, bool Over = false)
{
    /// <summary>Elements that a commit has at most: a thousand interactions with a dozen fields each.</summary>
    public const int MostElements = 12_000;

    private const int LongestElement = 300;

    public IReadOnlyDictionary<string, string> Elements => Cmi ?? new Dictionary<string, string>();

    /// <summary>Why it cannot be kept, or null.</summary>
    public string? WhyNot(PackageManifest manifest) =>
        Id == Guid.Empty || Session == Guid.Empty || Device == Guid.Empty ? "it has no id, or names no session or device"
        : Item is null || (Item != PackageState.Course && manifest.Launched.All(item => item.Identifier != Item)) ? "the package has no such item"
        : Elements.Count > MostElements ? $"it has more than {MostElements:N0} elements"
        : Elements.Any(one => one.Value is null || one.Key.Length > LongestElement || !Element().IsMatch(one.Key)) ? "it has an element that is in no data model"
        : null;

    [GeneratedRegex(@"^(cmi|adl|course)(\.[A-Za-z0-9_~-]+)+$")]
    private static partial Regex Element();
}
