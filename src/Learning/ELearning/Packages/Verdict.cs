using Learning.Time;

namespace Learning.ELearning.Packages;

/// <summary>What is wrong with a package, a line each that begins with the file that it is about; the first <see cref="PackageLimits.MostLines"/>, and how many more there are.</summary>
internal sealed class Verdict
{
    private const int LongestName = 200;

    private readonly List<string> lines = [];
    private int more;

    public bool Any => lines.Count > 0;

    public IReadOnlyList<string> Lines => more == 0 ? lines : [.. lines, $"and {British.Count(more, "more mistake")}"];

    /// <param name="file">A path inside the zip, or null for the zip as a whole.</param>
    public void Add(string? file, string sentence)
    {
        if (lines.Count >= PackageLimits.MostLines)
        {
            more++;
            return;
        }

        lines.Add(file is null ? sentence : $"{Shown(file)}: {sentence}");
    }

    /// <summary>A name as it can be shown: in one line, not without end.</summary>
    public static string Shown(string name)
    {
        var plain = string.Concat(name.Select(one => char.IsControl(one) || char.IsSurrogate(one) || one is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' ? '\ufffd' : one));
        return plain.Length <= LongestName ? plain : string.Concat(plain.AsSpan(0, LongestName), "…");
    }
}
