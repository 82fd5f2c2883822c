using System.Security.Cryptography;
using System.Text;

namespace Learning.ELearning;

/// <summary>
/// The texts of one course as its author wrote them: path inside the course's folder to text. The digest names this very
/// version (E1): the same texts always have the same digest, and one changed letter gives another.
/// </summary>
public sealed class CourseFiles
{
    public CourseFiles(IEnumerable<KeyValuePair<string, string>> texts)
    {
        Texts = new SortedDictionary<string, string>(
            texts.ToDictionary(t => t.Key, t => t.Value.ReplaceLineEndings("\n")), StringComparer.Ordinal);
        Digest = DigestOf(Texts);
    }

    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>Files of the folder that could not be taken in, each as <c>file:line: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The recordings in the folder. They are no part of the version; a version that is read from the database does not know them.</summary>
    public IReadOnlyList<string>? Recordings { get; init; }

    /// <summary>
    /// Where something stands, as <c>file:line</c>: the line on which <paramref name="key"/> has that value, then the first one after it that has each of <paramref name="below"/>. What is
    /// not found stands on the line that was reached, so that a message always has one.
    /// </summary>
    public string At(string file, string? key = null, string? value = null, params string[] below)
    {
        var lines = Texts.GetValueOrDefault(file, "").Split('\n');
        var line = 0;
        foreach (var (name, text) in new[] { (key, value) }.Concat(below.Select(one => ((string?)one, (string?)null))))
        {
            var found = name is null ? -1 : Array.FindIndex(lines, line, one => Has(one, name, text));
            line = found < 0 ? line : found;
        }

        return $"{file}:{line + 1}";
    }

    private static bool Has(string line, string key, string? value)
    {
        var place = line.IndexOf(key + ":", StringComparison.Ordinal);
        return place >= 0
            && (place == 0 || line[place - 1] is ' ' or '{' or ',' or '-')
            && (value is null || line[(place + key.Length + 1)..].TrimStart(' ', '"', '\'').StartsWith(value, StringComparison.Ordinal));
    }

    /// <summary>Lower-case hexadecimal SHA-256 over every path and text.</summary>
    public string Digest { get; }

    /// <summary>There is something to play, not only a description for the catalogue.</summary>
    public bool Playable => Texts.Keys.Any(IsPage);

    public IEnumerable<string> Pages => Texts.Keys.Where(IsPage);

    private static bool IsPage(string path) =>
        path.StartsWith("pages/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal);

    // Lengths stand before the texts, so that moving a line from one file to the next is another version.
    private static string DigestOf(IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
