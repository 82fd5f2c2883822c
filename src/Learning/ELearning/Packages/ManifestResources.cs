using System.Xml.Linq;

namespace Learning.ELearning.Packages;

/// <summary>The resources of a manifest: what its items start, and where in the package that lies.</summary>
/// <param name="file">The manifest's path in the zip.</param>
/// <param name="note">Takes what is not as it should be and is taken.</param>
internal sealed class ManifestResources(string file, ManifestFiles files, Verdict verdict, Action<string> note)
{
    private readonly Dictionary<string, (XElement Element, string Folder)> resources = new(StringComparer.Ordinal);

    /// <summary>Takes in what the manifest lists.</summary>
    /// <param name="folder">The manifest's own.</param>
    public void Read(XElement root, string folder)
    {
        var parent = root.First("resources");
        var outer = LaunchAddress.Join(folder, root.Said("base") ?? "") is { } top ? LaunchAddress.Join(top, parent.Said("base") ?? "") : null;
        foreach (var resource in parent?.All("resource") ?? [])
        {
            if (resource.Said("identifier") is not { } identifier)
            {
                continue;
            }

            var within = outer is null ? null : LaunchAddress.Join(outer, resource.Said("base") ?? "");
            if (within is null || LaunchAddress.IsAbsolute(resource.Said("base") ?? "") || LaunchAddress.IsAbsolute(parent.Said("base") ?? "") || LaunchAddress.IsAbsolute(root.Said("base") ?? ""))
            {
                verdict.Add(file, $"the folder of the resource “{Verdict.Shown(identifier)}” (xml:base) is outside of the package");
                continue;
            }

            if (!resources.TryAdd(identifier, (resource, within)))
            {
                verdict.Add(file, $"two resources are called “{Verdict.Shown(identifier)}”");
            }

            foreach (var listed in resource.All("file").Select(one => one.Said("href")).OfType<string>().Where(href => !LaunchAddress.IsAbsolute(href) && files.Find(within, href).Path is null))
            {
                note($"{Verdict.Shown(listed)}: the manifest lists it, and it is not in the zip");
            }
        }
    }

    /// <summary>The resource that an item starts, and its address; nothing where it cannot be started, which the verdict then says.</summary>
    public (XElement? Resource, string? Href) Launch(XElement item, string identifier, string reference)
    {
        if (!resources.TryGetValue(reference, out var resource))
        {
            verdict.Add(file, $"the item “{Verdict.Shown(identifier)}” starts the resource “{Verdict.Shown(reference)}”, which is not there");
            return default;
        }

        if (resource.Element.Said("href") is not { } href)
        {
            verdict.Add(file, $"the resource “{Verdict.Shown(reference)}”, which the item “{Verdict.Shown(identifier)}” starts, names no file (href)");
            return default;
        }

        if (LaunchAddress.IsAbsolute(href))
        {
            verdict.Add(file, $"the item “{Verdict.Shown(identifier)}” starts {Verdict.Shown(href)}, which is outside of the package; a package brings what it shows");
            return default;
        }

        var (path, tail, spelled) = files.Find(resource.Folder, href);
        if (path is null)
        {
            verdict.Add(LaunchAddress.Split(href).Path, $"the item “{Verdict.Shown(identifier)}” starts it, and it is not in the zip");
            return default;
        }

        if (!spelled)
        {
            note($"{path}: the manifest spells its name in other capitals; it is taken");
        }

        return (resource.Element, LaunchAddress.Of(path, tail, item.Said("parameters")));
    }
}
