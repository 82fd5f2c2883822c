using System.Runtime.Serialization;

namespace Learning.ELearning.Packages;

/// <summary>The standard that a package is written to.</summary>
public enum PackageEdition
{
    [EnumMember(Value = "SCORM 1.2")]
    Scorm12,

    /// <summary>Also what calls itself "CAM 1.3".</summary>
    [EnumMember(Value = "SCORM 2004 2nd Edition")]
    Scorm2004Second,

    [EnumMember(Value = "SCORM 2004 3rd Edition")]
    Scorm2004Third,

    [EnumMember(Value = "SCORM 2004 4th Edition")]
    Scorm2004Fourth,
}

/// <summary>What the default organisation of a package's manifest says, as far as a page and the player need it (SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3).</summary>
/// <param name="Identifier">The organisation's: the root of the activity tree.</param>
public sealed record PackageManifest(string Identifier, string Title, PackageEdition Edition, IReadOnlyList<PackageItem> Items)
{
    /// <summary>The folder inside the zip that the manifest lies in, with a slash at the end; empty at the top.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether global objectives outlive an attempt (adlseq:objectivesGlobalToSystem).</summary>
    public bool ObjectivesGlobalToSystem { get; init; }

    /// <summary>What was not as it should be, and was taken: a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every item that can be launched, in the order of the manifest.</summary>
    public IEnumerable<PackageItem> Launched => Items.SelectMany(Flat).Where(item => item.Href is not null);

    private static IEnumerable<PackageItem> Flat(PackageItem item) => item.Items.SelectMany(Flat).Prepend(item);
}

/// <summary>An item of the table of contents.</summary>
/// <param name="Href">What is launched: an address relative to the zip's top, escaped, with the query or fragment and the parameters that the manifest adds; null for a heading.</param>
/// <param name="IsSco">Whether it talks to the runtime; otherwise it is an asset, done once it is opened.</param>
public sealed record PackageItem(string Identifier, string Title, string? Href, bool IsSco, IReadOnlyList<PackageItem> Items)
{
    /// <summary>Whether the table of contents shows it.</summary>
    public bool Visible { get; init; } = true;

    /// <summary>cmi.launch_data.</summary>
    public string? LaunchData { get; init; }

    /// <summary>SCORM 1.2: adlcp:masteryscore, 0 to 100.</summary>
    public decimal? MasteryScore { get; init; }

    /// <summary>adlcp:maxtimeallowed, or imsss:limitConditions attemptAbsoluteDurationLimit, as written.</summary>
    public string? MaxTimeAllowed { get; init; }

    /// <summary>adlcp:timelimitaction, as written.</summary>
    public string? TimeLimitAction { get; init; }

    /// <summary>SCORM 1.2: adlcp:prerequisites, as written.</summary>
    public string? Prerequisites { get; init; }

    /// <summary>SCORM 2004: adlcp:completionThreshold, 0 to 1.</summary>
    public decimal? CompletionThreshold { get; init; }

    /// <summary>SCORM 2004: the primary objective's minNormalizedMeasure where it is satisfied by measure, -1 to 1.</summary>
    public decimal? ScaledPassingScore { get; init; }
}
