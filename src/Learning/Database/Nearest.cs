namespace Learning.Database;

/// <summary>Finds the known name that a mistyped one was meant to be. Case matters not; two neighbouring letters that changed places are one slip.</summary>
internal static class Nearest
{
    // Longer than any name that somebody would mistype, and slow to compare with many.
    private const int Longest = 60;

    /// <summary>" (did you mean 'people'?)", or nothing when no known name is near.</summary>
    public static string Offer(string word, IEnumerable<string> known) => Near(word, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <summary>The nearest known name that is at most a third of the letters away, or two; null when none is so near.</summary>
    public static string? Near(string word, IEnumerable<string> known) => word.Length > Longest ? null : Of(word, known, Math.Max(2, word.Length / 3));

    /// <summary>The known name with the fewest slips, or null where all need more than <paramref name="atMost"/>. Of several, the first in the alphabet.</summary>
    public static string? Of(string word, IEnumerable<string> known, int atMost = int.MaxValue)
    {
        string? best = null;
        foreach (var name in known)
        {
            var slips = Slips(word, name, atMost);
            if (slips < atMost || (slips == atMost && (best is null || string.CompareOrdinal(name, best) < 0)))
            {
                (best, atMost) = (name, slips);
            }
        }

        return best;
    }

    /// <summary>How many letters are missing, too many, wrong or swapped; more than <paramref name="atMost"/> need not be exact.</summary>
    public static int Slips(string one, string other, int atMost = int.MaxValue)
    {
        if (Math.Abs(one.Length - other.Length) > atMost)
        {
            return atMost + 1;
        }

        var (before, last, now) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }

                least = Math.Min(least, now[j]);
            }

            if (least > atMost)
            {
                return atMost + 1;
            }

            (before, last, now) = (last, now, before);
        }

        return last[other.Length];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
