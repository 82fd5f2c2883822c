using System.Text;

using Learning.Time;

namespace Learning.ELearning.Packages;

/// <summary>Which names of a zip are a package's files, by what path, and which cannot be taken. Nothing is ever unpacked to a disk here; but whoever takes the package out again has one.</summary>
internal static class PackageNames
{
    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(one => new[] { $"COM{one}", $"LPT{one}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>What Macs and Windows leave in folders, and nobody meant to send.</summary>
    public static bool IsLitter(string path) => path.Split('/') is var parts
        && (parts[0] == "__MACOSX" || parts[^1] == ".DS_Store" || parts[^1].Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase));

    /// <summary>The path from the zip's top, with slashes and nothing needless in it; empty for the top itself.</summary>
    public static string PathOf(string name) =>
        string.Join('/', name.Replace('\\', '/').Split('/').Where(part => part is not ("" or "."))).Normalize(NormalizationForm.FormC);

    /// <summary>Why a name cannot be taken, or null.</summary>
    public static string? WhyNot(string name)
    {
        var slashed = name.Replace('\\', '/');
        var parts = slashed.TrimEnd('/').Split('/');
        return name.Any(char.IsControl) ? "its name has a character that no name has"
            : slashed.StartsWith('/') ? "its name begins at the top of a disk; names begin at the top of the package"
            : parts.Contains("..") ? "its name leads out of the package"
            : name.Contains(':', StringComparison.Ordinal) ? "its name has a colon, as only the names of disks and streams have"
            : slashed.Length > PackageLimits.LongestPath ? $"its name is longer than {PackageLimits.LongestPath} characters"
            : parts.Length > PackageLimits.Deepest ? $"it lies more than {PackageLimits.Deepest} folders deep"
            : Array.Find(parts, part => Reserved.Contains(part.Split('.')[0].TrimEnd(' '))) is { } device ? $"“{device}” is the name of a device on Windows, and of no file"
            : Array.Find(parts, part => part.Length > 0 && part != "." && part[^1] is '.' or ' ') is { } trailing ? $"“{trailing}” ends with a full stop or a space, which Windows drops"
            : parts[0] == "~" ? "the folder ~ at the top is kept for the player"
            : null;
    }

    /// <summary>The files of the package, each with its path; what is wrong with the others goes into the verdict.</summary>
    public static List<(string Path, ZipEntry Entry)> FilesOf(IReadOnlyList<ZipEntry> entries, Verdict verdict)
    {
        var (files, seen) = (new List<(string, ZipEntry)>(), new Dictionary<string, (string Path, ZipEntry Entry)>(StringComparer.Ordinal));
        foreach (var entry in entries)
        {
            if (IsLitter(entry.Name.Replace('\\', '/')))
            {
                continue;
            }

            if ((WhyNot(entry.Name) ?? (entry.IsSpecial ? "it is a link to another place, or a device; put the file itself into the zip" : entry.IsEncrypted ? "it is protected by a password; make the zip without one" : null)) is { } wrong)
            {
                verdict.Add(entry.Name.Length == 0 ? "(no name)" : entry.Name, wrong);
                continue;
            }

            if (entry.IsFolder || PathOf(entry.Name) is not { Length: > 0 } path)
            {
                continue;
            }

            // Browsers on Windows were forgiving, so content asks for files in whatever case: two that differ by nothing else cannot both be had.
            if (!seen.TryAdd(path.ToLowerInvariant(), (path, entry)))
            {
                var first = seen[path.ToLowerInvariant()];
                if ((first.Entry.Crc, first.Entry.Size) != (entry.Crc, entry.Size))
                {
                    verdict.Add(path, first.Path == path ? "it is in the zip twice, with different content" : $"its name differs from “{Verdict.Shown(first.Path)}” by capitals only, and its content is another");
                }

                continue;
            }

            files.Add((path, entry));
        }

        // A file cannot be a folder of another.
        foreach (var (path, _) in files)
        {
            for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                if (seen.ContainsKey(path[..slash].ToLowerInvariant()))
                {
                    verdict.Add(path, $"it lies in “{path[..slash]}”, which is a file");
                    break;
                }
            }
        }

        return files;
    }
}
