using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Learning.Tests.Support;

/// <summary>Tests (`Class.Method`) and files that a document names, and whether they are there.</summary>
internal static partial class NamedInDocuments
{
    /// <summary>The folder of the whole project.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static readonly Lazy<Dictionary<string, string>> Tests = new(() => Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(group => group.Key, group => File.ReadAllText(group.First())));

    /// <summary>What stands between backticks.</summary>
    public static IEnumerable<string> Of(string text) => Named().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>Whether it is a file of the project, or a test that is looked for by its line.</summary>
    public static bool IsThere(string name) => File.Exists(Path.Combine(Root, name))
        || (name.Split('.') is [var type, var test] && Tests.Value.TryGetValue(type, out var source) && Regex.IsMatch(source, $@"^    public (async Task|Task|void|Property) {Regex.Escape(test)}\(", RegexOptions.Multiline));

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Named();
}
