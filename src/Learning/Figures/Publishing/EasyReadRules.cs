using System.Text.RegularExpressions;

namespace Learning.Figures.Publishing;

/// <summary>A sentence of an Easy Read text, and what breaks its rules.</summary>
public sealed record HardToRead(string Sentence, string What);

/// <summary>
/// What makes a text hard to read for people with learning disabilities, as far as a program can tell: sentences of more than 15 words, more than one idea, hard words that nobody explains. It finds what
/// breaks the rules; whether a text is good, only the people who read it can say. Pure.
/// </summary>
public static partial class EasyReadRules
{
    /// <summary>The longest sentence.</summary>
    public const int MostWords = 15;

    private const int MostLetters = 12;
    private static readonly string[] Joins = ["which", "because", "although", "whereas", "however", "therefore", "while", "unless"];

    /// <summary>What breaks the rules, in the order of the text.</summary>
    /// <param name="text">Sentences, each on a line or after another.</param>
    /// <param name="names">Names of courses, agencies and the like: hard or not, they are what they are.</param>
    public static IReadOnlyList<HardToRead> Check(IEnumerable<string> text, EasyWords words, IEnumerable<string> names) => Check(text, words, [.. names.SelectMany(name => Word().Matches(name)).Select(word => word.Value)]);

    private static List<HardToRead> Check(IEnumerable<string> text, EasyWords words, HashSet<string> names)
    {
        var found = new List<HardToRead>();
        foreach (var sentence in text.SelectMany(line => Sentence().Matches(line)).Select(match => match.Value.Trim()).Where(sentence => sentence.Length > 0))
        {
            var all = Word().Matches(sentence).Select(match => match.Value).ToList();
            if (all.Count > MostWords)
            {
                found.Add(new HardToRead(sentence, $"It has {all.Count} words. Use {MostWords} or fewer"));
            }

            if (Ideas(sentence, all) is { } joined)
            {
                found.Add(new HardToRead(sentence, $"It may say more than one thing ({joined}). Make two sentences of it"));
            }

            found.AddRange(all.Distinct().Select(word => Hard(word, words, names)).OfType<string>().Select(what => new HardToRead(sentence, what)));
        }

        return found;
    }

    private static string? Ideas(string sentence, List<string> all)
    {
        if (Marks().Match(sentence) is { Success: true } mark)
        {
            return $"it has “{mark.Value.Trim()}”";
        }

        if (all.FirstOrDefault(word => Joins.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } join)
        {
            return $"it has “{join}”";
        }

        return all.Count(word => word.Equals("and", StringComparison.OrdinalIgnoreCase)) > 1 ? "it has “and” twice" : Comma().Count(sentence) > 1 ? "it has more than one comma" : null;
    }

    private static string? Hard(string word, EasyWords words, HashSet<string> names)
    {
        if (words.Plainer.FirstOrDefault(pair => pair.Key.Equals(word, StringComparison.OrdinalIgnoreCase)) is { Key: not null } plainer)
        {
            return $"“{word}” is a hard word. Write “{plainer.Value}”";
        }

        if (names.Contains(word) || words.Explained.Keys.Any(known => word.StartsWith(known, StringComparison.OrdinalIgnoreCase) || known.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (word.EndsWith("n’t", StringComparison.OrdinalIgnoreCase) || word.EndsWith("n't", StringComparison.OrdinalIgnoreCase))
        {
            return $"Write “{word}” in full";
        }

        return word.Length > 1 && word.All(char.IsUpper) ? $"“{word}” is an abbreviation. Write it in full"
            : word.Count(char.IsLetter) > MostLetters ? $"“{word}” is a long word. Write a shorter one, or have it explained" : null;
    }

    [GeneratedRegex(@"[^.!?\r\n]*(?:\.(?=\d)[^.!?\r\n]*)*[.!?]*")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:[’'\-.,][\p{L}\p{N}]+)*%?")]
    private static partial Regex Word();

    [GeneratedRegex(@"[;()]|:\s|\s[–—-]\s")]
    private static partial Regex Marks();

    [GeneratedRegex(@",(?!\d)")]
    private static partial Regex Comma();
}
