using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Learning.Tests.Permissions;

/// <summary>The names of the forms that a page may show: its own and those of the parts that it is made of, as its source says.</summary>
internal static partial class SiteForms
{
    private static readonly Dictionary<string, string> Sources = Directory
        .EnumerateFiles(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "src", "Learning")), "*.razor", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .ToDictionary(Key, File.ReadAllText);

    // Two areas may have a page of one name: "Records.AgencyPage".
    private static string Key(string file) => $"{Path.GetFileName(Path.GetDirectoryName(file))}.{Path.GetFileNameWithoutExtension(file)}";

    private static string Key(Type page) => $"{page.Namespace!.Split('.')[^1]}.{page.Name}";

    // A part is of the page's own area, or of another.
    private static IEnumerable<string> Named(string name, string by) =>
        Sources.ContainsKey($"{by.Split('.')[0]}.{name}") ? [$"{by.Split('.')[0]}.{name}"] : Sources.Keys.Where(key => key.EndsWith($".{name}", StringComparison.Ordinal));

    public static IEnumerable<string> Of(Type page)
    {
        var (seen, open) = (new HashSet<string> { Key(page) }, new Queue<string>([Key(page)]));
        var forms = new SortedSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var part))
        {
            foreach (var name in FormName().Matches(Sources[part]).Select(match => match.Groups[1].Value))
            {
                Assert.False(name.Contains('@', StringComparison.Ordinal), $"{part}.razor: a form's name is a plain word, so that its rule can be written down. Put what differs into a hidden field.");
                forms.Add(name);
            }

            foreach (var child in Tag().Matches(Sources[part]).SelectMany(match => Named(match.Groups[1].Value, part)).Where(seen.Add))
            {
                open.Enqueue(child);
            }
        }

        return forms;
    }

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("""@formname=["']([^"']*)["']""")]
    private static partial Regex FormName();

    [GeneratedRegex("<([A-Z][A-Za-z0-9]+)")]
    private static partial Regex Tag();
}
