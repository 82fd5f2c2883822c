using System.Globalization;

namespace Learning.Accounts;

/// <summary>
/// Which passwords are taken: twelve characters or more of any kind, none of which anybody would try first. No rule asks for capitals, digits or signs, and none makes a password old
/// (NCSC, NIST SP 800-63B).
/// </summary>
public static class PasswordRules
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 12;

    private const int Longest = 128;
    private static readonly string[] Rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp"];

    private static readonly Dictionary<char, char> Lookalikes = new()
    {
        ['0'] = 'o', ['1'] = 'i', ['3'] = 'e', ['4'] = 'a', ['5'] = 's', ['7'] = 't', ['8'] = 'b', ['@'] = 'a', ['$'] = 's', ['!'] = 'i', ['€'] = 'e', ['£'] = 'e',
    };

    /// <summary>Why a password is not taken, as a sentence for its owner; null where it is. <paramref name="own"/> are the person's names and addresses.</summary>
    public static string? WhyNot(string password, IReadOnlySet<string> commonest, IEnumerable<string> own) => new StringInfo(password).LengthInTextElements switch
    {
        < Shortest => $"Use {Shortest} characters or more. Three words that have nothing to do with each other are good",
        > Longest => $"Use {Longest} characters or fewer",
        _ when Forms(password).Any(form => IsCommon(form, commonest)) => "That is among the passwords that are tried first. Three words that have nothing to do with each other are good",
        _ when IsMadeOf(password, own) => "Leave your name and your e-mail address out of it",
        _ => null,
    };

    // "P@ssw0rd-2024!" is "password2024", and "password".
    private static IEnumerable<string> Forms(string password)
    {
        var lower = password.ToLowerInvariant();
        var plain = new string([.. lower.Where(char.IsLetterOrDigit)]);
        var read = new string([.. lower.Select(letter => Lookalikes.GetValueOrDefault(letter, letter))]);
        // What stands at the end may be a look-alike or only be hung on: each way to cut it off is tried.
        var tail = lower.Length - lower.TrimEnd([.. "0123456789!?.,-_#*£$ "]).Length;
        return new[] { lower, plain, Letters(lower) }.Concat(Enumerable.Range(0, tail + 1).Select(cut => Letters(read[..^cut]))).Where(form => form.Length > 0).Distinct();
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetter)]);

    private static bool IsCommon(string form, IReadOnlySet<string> commonest) =>
        IsWordAfterWord(form, commonest) || (form.Length >= Shortest && (form.Distinct().Count() <= 3 || IsRepeated(form) || IsRun(form)));

    // "passwordpassword", "welcomesunshine": every part is in the list.
    private static bool IsWordAfterWord(string form, IReadOnlySet<string> commonest)
    {
        var reached = new bool[form.Length + 1];
        reached[0] = true;
        for (var end = 1; end <= form.Length; end++)
        {
            for (var start = Math.Max(0, end - 30); start < end && !reached[end]; start++)
            {
                reached[end] = reached[start] && commonest.Contains(form[start..end]);
            }
        }

        return reached[form.Length];
    }

    // "abc1abc1abc1": a few characters over and over.
    private static bool IsRepeated(string form) => Enumerable.Range(1, 6).Any(length =>
        form.Length >= 2 * length && Enumerable.Range(length, form.Length - length).All(i => form[i] == form[i - length]));

    // "123456789012", "qwertyuiopas": neighbours on the keyboard or in the alphabet, nearly all of them.
    private static bool IsRun(string form)
    {
        var pairs = form.Zip(form.Skip(1), (one, next) => $"{one}{next}").ToList();
        return pairs.Count(pair => pair[0] == pair[1] || Rows.Any(row => row.Contains(pair, StringComparison.Ordinal) || row.Contains($"{pair[1]}{pair[0]}", StringComparison.Ordinal))) >= pairs.Count * 0.8;
    }

    // With the person's own words taken out, fewer than four letters are left.
    private static bool IsMadeOf(string password, IEnumerable<string> own)
    {
        var left = password.ToLowerInvariant();
        var words = own.SelectMany(word => word.ToLowerInvariant().Split([' ', '.', '-', '_', '@', '+', '\''])).Where(word => word.Length >= 3).Distinct().OrderByDescending(word => word.Length);
        var without = words.Aggregate(left, (text, word) => text.Replace(word, " ", StringComparison.Ordinal));
        return without != left && Letters(without).Length < 4;
    }
}
