namespace Learning.ELearning.Packages;

/// <summary>A file of a package that was read through once.</summary>
internal sealed record ReadFile(string Path, ZipEntry Entry, long Size);

/// <summary>A package that can be taken.</summary>
/// <param name="Text">The manifest as it is written.</param>
internal sealed record ReadPackage(PackageManifest Manifest, string Text, IReadOnlyList<ReadFile> Files)
{
    private const string Name = "imsmanifest.xml";

    public long Size => Files.Sum(file => file.Size);

    /// <summary>Reads all of a zip and keeps nothing but the manifest. What is wrong goes into the verdict, as much of it as can be found in one reading.</summary>
    public static async Task<ReadPackage?> OfAsync(Stream zip, Verdict verdict, CancellationToken stop)
    {
        List<ZipEntry> entries;
        try
        {
            entries = ZipEntries.Read(zip);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            verdict.Add(null, e is InvalidDataException ? e.Message : "It is damaged, or only a part of the package. Send it again.");
            return null;
        }

        var files = PackageNames.FilesOf(entries, verdict);
        // What lies in the zip once cannot be longer than the zip: files that share their bytes are a bomb.
        if (entries.Sum(entry => (decimal)entry.Packed) > zip.Length)
        {
            verdict.Add(null, "Files in it share their bytes, as in no zip that a program makes.");
            return null;
        }

        if (ManifestOf([.. files.Select(file => file.Path)], verdict) is not { } path)
        {
            return null;
        }

        var (read, bytes) = await MeasureAsync(zip, files, path, verdict, stop);
        if (bytes is null)
        {
            return null;
        }

        var (text, xml, unread) = ManifestText.Read(bytes);
        if (xml is null)
        {
            verdict.Add(path, unread!);
            return null;
        }

        var manifest = ReadManifest.Of(xml, path, files.Select(file => file.Path), verdict);
        return manifest is null || verdict.Any ? null : new ReadPackage(manifest, text!, read);
    }

    private static string? ManifestOf(IReadOnlyList<string> paths, Verdict verdict)
    {
        var found = paths.Where(path => path.Split('/') is { Length: <= 2 } parts && parts[^1].Equals(Name, StringComparison.OrdinalIgnoreCase)).OrderBy(path => path.Count(one => one == '/')).ToList();
        if (found.Count == 1 || (found.Count > 1 && !found[0].Contains('/', StringComparison.Ordinal)))
        {
            return found[0];
        }

        verdict.Add(null, found.Count > 1 ? $"It holds {found.Count} packages: {string.Join(" and ", found.Take(5).Select(Verdict.Shown))}. Send each by itself."
            : paths.Any(path => path.EndsWith("tincan.xml", StringComparison.OrdinalIgnoreCase)) ? "It has no imsmanifest.xml. It has tincan.xml, so it is an xAPI package; export it as SCORM."
            : paths.Any(path => path.EndsWith("cmi5.xml", StringComparison.OrdinalIgnoreCase)) ? "It has no imsmanifest.xml. It has cmi5.xml, so it is a cmi5 package; export it as SCORM."
            : paths.FirstOrDefault(path => path.EndsWith("/" + Name, StringComparison.OrdinalIgnoreCase)) is { } deep ? $"Its manifest is {Verdict.Shown(deep)}. It has to be at the top of the zip, or in a folder at the top."
            : paths.Any(path => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) && paths.Count < 5 ? "It has no imsmanifest.xml, but a zip inside the zip. Send the inner one."
            : "It has no imsmanifest.xml, so it is no SCORM package.");
        return null;
    }

    // Every file is unpacked to nowhere, so that what is refused has left nothing anywhere.
    private static async Task<(List<ReadFile> Read, byte[]? Manifest)> MeasureAsync(Stream zip, List<(string Path, ZipEntry Entry)> files, string manifest, Verdict verdict, CancellationToken stop)
    {
        var (read, bytes, buffer, all) = (new List<ReadFile>(), (MemoryStream?)null, new byte[PackageFile.PieceLength], 0L);
        foreach (var (path, entry) in files)
        {
            var kept = path == manifest ? bytes = new MemoryStream() : null;
            try
            {
                var size = await Unpack.EachAsync(zip, entry, buffer, kept is null ? PackageLimits.LargestFile : PackageLimits.LargestManifest, filling =>
                {
                    kept?.Write(filling.Span);
                    all += filling.Length;
                    return all <= PackageLimits.LargestPackage ? ValueTask.CompletedTask : throw new TooLargeException();
                }, stop);
                read.Add(new ReadFile(path, entry, size));
            }
            catch (InvalidDataException e)
            {
                verdict.Add(path, e.Message);
                bytes = path == manifest ? null : bytes;
            }
            catch (TooLargeException)
            {
                verdict.Add(path, $"with it, the package is larger than {Time.British.Number(PackageLimits.LargestPackage / 1_048_576)} MB unpacked");
                return (read, null);
            }
        }

        return (read, bytes?.ToArray());
    }

    private sealed class TooLargeException : Exception;
}
