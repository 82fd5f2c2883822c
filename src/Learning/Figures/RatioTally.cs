using System.Security.Cryptography;
using System.Text;

namespace Learning.Figures;

/// <summary>Puts the numerators of a ratio over denominators that were counted apart (F3).</summary>
internal static class RatioTally
{
    /// <param name="known">For each breakdown, whether the denominator is counted by it; where it is not, every row is over the sum.</param>
    public static Tally Of(Tally numerator, Tally denominator, IReadOnlyList<bool> known)
    {
        var denominators = denominator.Rows.ToDictionary(row => Name(row.Key), row => row.Value);
        denominators[Name(denominator.Total.Key)] = denominator.Total.Value;
        var rows = numerator.Rows.Append(numerator.Total)
            .ToDictionary(row => Name(row.Key), row => row with { Of = denominators.GetValueOrDefault(Name(Known(row.Key))) });
        if (!known.Contains(false))
        {
            foreach (var row in denominator.Rows.Where(row => !rows.ContainsKey(Name(row.Key))))
            {
                rows[Name(row.Key)] = new TallyRow(row.Key, 0, row.Value, 0, 0);
            }
        }

        rows.Remove(Name(numerator.Total.Key), out var total);
        return new Tally(total!, [.. rows.Values], Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{numerator.Digest}/{denominator.Digest}"))));

        IReadOnlyList<string> Known(IReadOnlyList<string> key) => [.. key.Where((_, i) => known[i])];
    }

    private static string Name(IEnumerable<string> key) => string.Join('\n', key);
}
