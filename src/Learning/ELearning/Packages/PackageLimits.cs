namespace Learning.ELearning.Packages;

/// <summary>How much a package may bring. Measured while it is unpacked, never by what its headers say.</summary>
public static class PackageLimits
{
    /// <summary>Bytes of the zip: an hour of video is half of it.</summary>
    public const long LargestZip = 500L * 1024 * 1024;

    /// <summary>Entries: what authoring tools write has some hundreds, a library of pictures some thousands.</summary>
    public const int MostEntries = 20_000;

    /// <summary>Bytes of a file, unpacked.</summary>
    public const long LargestFile = 250L * 1024 * 1024;

    /// <summary>Bytes of all files, unpacked.</summary>
    public const long LargestPackage = 1536L * 1024 * 1024;

    /// <summary>Times that a file may be larger than it lies in the zip. Text is packed to a tenth; a bomb to a thousandth.</summary>
    public const int HighestRatio = 200;

    /// <summary>Bytes from which on the ratio matters: a small empty picture is no bomb.</summary>
    public const long RatioFrom = 1024 * 1024;

    /// <summary>Characters of a path: as many as any Windows disk takes, with the folder that it was made in.</summary>
    public const int LongestPath = 400;

    /// <summary>Folders in each other.</summary>
    public const int Deepest = 32;

    /// <summary>Bytes of imsmanifest.xml: five thousand items are two million, and all of it is in memory at once.</summary>
    public const int LargestManifest = 4 * 1024 * 1024;

    /// <summary>Items of the table of contents.</summary>
    public const int MostItems = 5_000;

    /// <summary>Items in each other.</summary>
    public const int DeepestItem = 20;

    /// <summary>Lines of a verdict; whoever has to mend more than that begins with these.</summary>
    public const int MostLines = 100;
}
