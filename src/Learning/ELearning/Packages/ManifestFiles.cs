using System.Text;

namespace Learning.ELearning.Packages;

/// <summary>The files of a package, as a manifest asks for them.</summary>
internal sealed class ManifestFiles
{
    private readonly HashSet<string> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> lower = new(StringComparer.Ordinal);

    public ManifestFiles(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            exact.Add(path);
            lower.TryAdd(path.ToLowerInvariant(), path);
        }
    }

    /// <summary>The file that an address within a folder means: as it is written, else with its %20 read, else in other capitals. With the query and fragment, and whether the name is spelled as the file's.</summary>
    public (string? Path, string Tail, bool Spelled) Find(string folder, string href)
    {
        var (name, tail) = LaunchAddress.Split(href);
        foreach (var one in new[] { (Name: href, Tail: ""), (Name: name, Tail: tail), (Name: Uri.UnescapeDataString(name), Tail: tail) })
        {
            if (LaunchAddress.Join(folder, one.Name)?.Normalize(NormalizationForm.FormC) is not { } path)
            {
                continue;
            }

            if (exact.Contains(path))
            {
                return (path, one.Tail, true);
            }

            if (lower.TryGetValue(path.ToLowerInvariant(), out var other))
            {
                return (other, one.Tail, false);
            }
        }

        return (null, tail, false);
    }
}
