using System.Text;
using System.Text.RegularExpressions;

namespace Learning.Attendance.Meetings;

/// <summary>Names as programs for meetings write them: "Okafor, Ada", "Ada Okafor (Guest)", "[Council] Ada Okafor", "iPhone (Ada Okafor)". Pure.</summary>
internal static partial class MeetingNames
{
    /// <summary>By what two names are one: without what the program added, with the family name last, in small letters and single spaces.</summary>
    public static string Key(string name)
    {
        var plain = Company().Replace(name, "");
        while (Added().Match(plain) is { Success: true } match)
        {
            plain = plain[..match.Index];
        }

        plain = plain.Split(',') is [{ Length: > 0 } family, { Length: > 0 } given] && !string.IsNullOrWhiteSpace(family) && !string.IsNullOrWhiteSpace(given) ? $"{given} {family}" : plain;
        return string.Join(' ', plain.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The keys under which somebody may be known: the name that is shown, and the one in brackets that they came with.</summary>
    public static IReadOnlySet<string> Keys(string name)
    {
        var keys = new HashSet<string> { Key(name) };
        if (Bracketed().Match(name.Trim()) is { Success: true } match)
        {
            keys.UnionWith([Key(match.Groups["shown"].Value), Key(match.Groups["own"].Value)]);
        }

        keys.Remove("");
        return keys;
    }

    /// <summary>The keys of somebody whom we know: the given name first, or the family name.</summary>
    public static IReadOnlyList<string> KeysOf(string given, string family) => [Key($"{given} {family}"), Key($"{family} {given}")];

    [GeneratedRegex(@"^\s*\[[^\]]*\]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Company();

    [GeneratedRegex(@"\s*\((guest|external|unverified|host|co-host|organi[sz]er|presenter|me|you)\)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Added();

    [GeneratedRegex(@"^(?<shown>[^()]+)\((?<own>[^()]+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();
}
