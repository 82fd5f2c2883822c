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
