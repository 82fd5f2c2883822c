using System.Xml.Linq;

using Learning.Time;

namespace Learning.ELearning.Packages;

/// <summary>
/// Reads a manifest of SCORM 1.2 or 2004 (2nd, 3rd and 4th edition) as authoring tools write them, not only as the standard has them. Its default organisation is what is played, else its first. Refused in words: no organisation,
/// nothing that starts, what starts is not in the zip or elsewhere on the web, names that stand for two things, a manifest within the manifest. Said and taken: names in other capitals, files that are listed and missing.
/// </summary>
internal sealed class ReadManifest
{
    private const int LongestTitle = 250, LongestIdentifier = 400, MostNotes = 20;

    private readonly string file;
    private readonly string folder;
    private readonly Verdict verdict;
    private readonly List<string> notes = [];
    private readonly ManifestResources resources;
    private readonly HashSet<string> identifiers = new(StringComparer.Ordinal);
    private ManifestSequencing sequencing = ManifestSequencing.None;
    private PackageEdition edition;

    private ReadManifest(string file, IEnumerable<string> paths, Verdict verdict)
    {
        (this.file, folder, this.verdict) = (file, file[..(file.LastIndexOf('/') + 1)], verdict);
        resources = new ManifestResources(file, new ManifestFiles(paths), verdict, Note);
    }

    /// <param name="file">The manifest's path in the zip; what it names lies in the same folder.</param>
    /// <param name="paths">Every file of the package.</param>
    /// <returns>Null: the verdict says why.</returns>
    public static PackageManifest? Of(XDocument xml, string file, IEnumerable<string> paths, Verdict verdict) => new ReadManifest(file, paths, verdict).Manifest(xml.Root!);

    private PackageManifest? Manifest(XElement root)
    {
        if (!root.Name.LocalName.Equals("manifest", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse($"it begins with <{Verdict.Shown(root.Name.LocalName)}>, and a manifest begins with <manifest>");
        }

        if (ManifestEdition.Of(root) is not { } known)
        {
            return Refuse($"it says “{Verdict.Shown(root.First("metadata", "schema").Line() ?? "")}”, which is not SCORM");
        }

        if (root.Descendants().Any(one => one.Name.LocalName.Equals("manifest", StringComparison.OrdinalIgnoreCase)))
        {
            return Refuse("it has a manifest within the manifest, which is not read; export the package as one");
        }

        var all = root.First("organizations")?.All("organization").ToList() ?? [];
        if (all.Count == 0)
        {
            return Refuse("it has no organisation, so there is nothing to show and nothing to start");
        }

        (edition, sequencing) = (known, ManifestSequencing.Of(root));
        var named = root.First("organizations").Said("default");
        var chosen = all.Find(one => one.Said("identifier") == named) ?? all[0];
        if (named is not null && chosen.Said("identifier") != named)
        {
            Note($"{file}: the default organisation “{Verdict.Shown(named)}” is not there; the first is taken");
        }

        resources.Read(root, folder);
        var items = Items(chosen, 1);
        var manifest = new PackageManifest(
            Cut(chosen.Said("identifier") ?? root.Said("identifier") ?? "organisation", LongestIdentifier), Title(root, chosen), edition, items)
        {
            Folder = folder, Notes = notes, ObjectivesGlobalToSystem = edition != PackageEdition.Scorm12 && ManifestXml.Yes(chosen.Said("objectivesGlobalToSystem")) != false,
        };
        return verdict.Any ? null : manifest.Launched.Any() ? manifest : Refuse("none of its items starts anything");
    }

    private PackageManifest? Refuse(string sentence)
    {
        verdict.Add(file, sentence);
        return null;
    }

    private void Note(string line)
    {
        if (notes.Count < MostNotes)
        {
            notes.Add(line);
        }
    }

    // Never through the middle of a character that takes two.
    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static string Title(XElement root, XElement organisation) => Cut(
        organisation.First("title").Line() ?? root.First("metadata", "lom", "general", "title", "langstring").Line() ?? root.First("metadata", "lom", "general", "title", "string").Line() ?? root.Said("identifier") ?? "Package", LongestTitle);

    private List<PackageItem> Items(XElement parent, int depth)
    {
        var items = new List<PackageItem>();
        foreach (var item in parent.All("item"))
        {
            if (depth > PackageLimits.DeepestItem || identifiers.Count >= PackageLimits.MostItems)
            {
                verdict.Add(file, depth > PackageLimits.DeepestItem ? $"its items lie more than {PackageLimits.DeepestItem} deep in each other" : $"it has more than {British.Number(PackageLimits.MostItems)} items");
                break;
            }

            var identifier = item.Said("identifier") ?? $"item-{identifiers.Count + 1}";
            if (!identifiers.Add(identifier) || identifier.Length > LongestIdentifier)
            {
                verdict.Add(file, identifier.Length > LongestIdentifier ? $"the identifier of the item “{Verdict.Shown(identifier)}” is longer than {LongestIdentifier} characters" : $"two items are called “{Verdict.Shown(identifier)}”");
                continue;
            }

            items.Add(Item(item, identifier, Items(item, depth + 1)));
        }

        return items;
    }

    private PackageItem Item(XElement item, string identifier, List<PackageItem> within)
    {
        var (reference, rules) = (item.Said("identifierref"), sequencing.RulesOf(item));
        var (element, href) = reference is null ? (null, null) : resources.Launch(item, identifier, reference);
        // 2004: what has items of its own is a heading, whatever it refers to (CAM 3.4.1.7).
        var starts = edition == PackageEdition.Scorm12 || within.Count == 0 ? href : null;
        return new PackageItem(identifier, Cut(item.First("title").Line() ?? identifier, LongestTitle), starts, starts is not null && element.Said("scormtype")?.Equals("sco", StringComparison.OrdinalIgnoreCase) == true, within)
        {
            Visible = ManifestXml.Yes(item.Said("isvisible")) != false, LaunchData = item.First("datafromlms").Text(), MasteryScore = ManifestXml.Number(item.First("masteryscore").Text(), 0, 100),
            MaxTimeAllowed = item.First("maxtimeallowed").Text() ?? rules.Limit, TimeLimitAction = item.First("timelimitaction").Line()?.ToLowerInvariant(), Prerequisites = item.First("prerequisites").Text(),
            CompletionThreshold = Threshold(item.First("completionThreshold")), ScaledPassingScore = rules.PassingScore,
        };
    }

    // 3rd edition: the element's text; 4th: attributes, of which the first says whether the second counts.
    private static decimal? Threshold(XElement? element) => element is null ? null
        : ManifestXml.Yes(element.Said("completedByMeasure")) is { } byMeasure ? byMeasure ? ManifestXml.Number(element.Said("minProgressMeasure") ?? "1", 0, 1) : null
        : ManifestXml.Number(element.Text(), 0, 1);
}
