using System.Text;
using System.Text.RegularExpressions;

namespace Learning.ELearning.Packages;

/// <summary>How a manifest's file names become addresses inside the package: bases joined (XML Base), folders walked, parameters put on (SCORM 2004 CAM 3.4.1.12).</summary>
internal static partial class LaunchAddress
{
    private const string Plain = "-._~!$&'()*+,;=:@/?#%[]";

    /// <summary>Whether it leads to another place than the package: "https:…", "//host/…", "javascript:…".</summary>
    public static bool IsAbsolute(string href) => Scheme().IsMatch(href) || href.Replace('\\', '/').StartsWith("//", StringComparison.Ordinal);

    /// <summary>A folder or file within a folder; null where it leads out of the package.</summary>
    /// <param name="folder">Empty, or with a slash at its end.</param>
    public static string? Join(string folder, string path)
    {
        var slashed = path.Replace('\\', '/');
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in slashed.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts) + (parts.Count > 0 && (slashed.EndsWith('/') || slashed is "" or "." || slashed.EndsWith("/.", StringComparison.Ordinal) || slashed.EndsWith("..", StringComparison.Ordinal)) ? "/" : "");
    }

    /// <summary>What stands before the query and the fragment, and those.</summary>
    public static (string Path, string Tail) Split(string href)
    {
        var end = href.IndexOfAny(['?', '#']);
        return end < 0 ? (href, "") : (href[..end], href[end..]);
    }

    /// <summary>A file's path as an address relative to the package's top, with the manifest's query or fragment and the item's parameters.</summary>
    public static string Of(string path, string tail, string? parameters)
    {
        var address = string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + Escaped(tail);
        var more = Escaped((parameters ?? "").Trim().TrimStart('?', '&'));
        return more.Length == 0 || (more[0] == '#' && address.Contains('#', StringComparison.Ordinal)) ? address
            : more[0] == '#' ? address + more
            : address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + more;
    }

    private static string Escaped(string text) =>
        string.Concat(text.EnumerateRunes().Select(one => one.IsAscii && (Rune.IsLetterOrDigit(one) || Plain.Contains((char)one.Value, StringComparison.Ordinal)) ? one.ToString() : Uri.EscapeDataString(one.ToString())));

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:")]
    private static partial Regex Scheme();
}
