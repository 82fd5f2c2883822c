using System.Globalization;
using System.Text.RegularExpressions;

using Learning.Time;

namespace Learning.Figures;

/// <summary>What a sentence says a number is of.</summary>
public enum ClaimedUnit
{
    /// <summary>No word of it says.</summary>
    NotSaid,
    People,

    /// <summary>Professionals, practitioners, staff: people without the workforces that F1 leaves out.</summary>
    Professionals,
    Attendances,
    Completions,
    Sessions,
    Places,
    Courses,
    Agencies,
    Trainers,
}

/// <summary>How a sentence says its number.</summary>
public enum ClaimedManner
{
    Exactly,
    Over,
    AtLeast,
    Approximately,
    Nearly,
    Under,
    AtMost,
}

/// <summary>The number that a sentence claims: "over 500 professionals".</summary>
/// <param name="Decimals">With how many decimals it is said.</param>
/// <param name="Average">The sentence speaks of an average.</param>
/// <param name="Trained">It says that somebody was trained.</param>
public sealed record Claimed(ClaimedManner Manner, double Number, int Decimals, bool Share, ClaimedUnit Unit, bool Average, bool Trained)
{
    /// <summary>"over 500", "94%".</summary>
    public string Said => $"{(Manner == ClaimedManner.Exactly ? "" : ClaimWords.Of(Manner) + " ")}{Number.ToString($"N{Decimals}", British.Culture)}{(Share ? "%" : "")}";
}

/// <summary>
/// Reads what a sentence claims (C1). Pure. Of several numbers it is the first that a counted word follows ("over 500 professionals"); years, dates and levels ("2023/24", "24 November", "level 3") are none.
/// </summary>
public static partial class ClaimWords
{
    private static readonly Dictionary<string, double> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["twenty"] = 20,
        ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["a"] = 1,
    };

    private static readonly Dictionary<string, ClaimedUnit> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["people"] = ClaimedUnit.People, ["person"] = ClaimedUnit.People, ["persons"] = ClaimedUnit.People, ["individuals"] = ClaimedUnit.People, ["attendees"] = ClaimedUnit.People, ["attendee"] = ClaimedUnit.People,
        ["delegates"] = ClaimedUnit.People, ["participants"] = ClaimedUnit.People, ["learners"] = ClaimedUnit.People,
        ["professionals"] = ClaimedUnit.Professionals, ["professional"] = ClaimedUnit.Professionals, ["practitioners"] = ClaimedUnit.Professionals, ["practitioner"] = ClaimedUnit.Professionals,
        ["staff"] = ClaimedUnit.Professionals, ["workers"] = ClaimedUnit.Professionals, ["colleagues"] = ClaimedUnit.Professionals,
        ["attendances"] = ClaimedUnit.Attendances, ["attendance"] = ClaimedUnit.Attendances, ["completions"] = ClaimedUnit.Completions, ["completion"] = ClaimedUnit.Completions,
        ["sessions"] = ClaimedUnit.Sessions, ["session"] = ClaimedUnit.Sessions, ["workshops"] = ClaimedUnit.Sessions, ["workshop"] = ClaimedUnit.Sessions, ["webinars"] = ClaimedUnit.Sessions,
        ["places"] = ClaimedUnit.Places, ["place"] = ClaimedUnit.Places, ["courses"] = ClaimedUnit.Courses, ["course"] = ClaimedUnit.Courses,
        ["agencies"] = ClaimedUnit.Agencies, ["agency"] = ClaimedUnit.Agencies, ["organisations"] = ClaimedUnit.Agencies, ["trainers"] = ClaimedUnit.Trainers, ["trainer"] = ClaimedUnit.Trainers,
    };

    private static readonly (string Words, ClaimedManner Manner)[] Manners =
    [
        ("no more than", ClaimedManner.AtMost), ("not more than", ClaimedManner.AtMost), ("at most", ClaimedManner.AtMost), ("up to", ClaimedManner.AtMost),
        ("no fewer than", ClaimedManner.AtLeast), ("not fewer than", ClaimedManner.AtLeast), ("no less than", ClaimedManner.AtLeast), ("at least", ClaimedManner.AtLeast),
        ("more than", ClaimedManner.Over), ("in excess of", ClaimedManner.Over), ("upwards of", ClaimedManner.Over), ("over", ClaimedManner.Over), ("above", ClaimedManner.Over),
        ("fewer than", ClaimedManner.Under), ("less than", ClaimedManner.Under), ("under", ClaimedManner.Under), ("below", ClaimedManner.Under),
        ("approximately", ClaimedManner.Approximately), ("approx", ClaimedManner.Approximately), ("about", ClaimedManner.Approximately), ("around", ClaimedManner.Approximately),
        ("roughly", ClaimedManner.Approximately), ("some", ClaimedManner.Approximately), ("circa", ClaimedManner.Approximately),
        ("nearly", ClaimedManner.Nearly), ("almost", ClaimedManner.Nearly), ("close to", ClaimedManner.Nearly),
    ];

    /// <summary>The words of a manner: "over", "at least".</summary>
    public static string Of(ClaimedManner manner) => manner switch
    {
        ClaimedManner.AtLeast => "at least",
        ClaimedManner.AtMost => "at most",
        _ => manner.ToString().ToLowerInvariant(),
    };

    /// <summary>What it claims; null when it says no number.</summary>
    public static Claimed? Read(string sentence)
    {
        var text = Space().Replace(sentence.Trim(), " ");
        var found = Number().Matches(text).Where(match => !IsDate(text, match)).Select(match => (Match: match, Unit: UnitAfter(text, match), Share: match.Groups["share"].Success)).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var chosen = found.FirstOrDefault(number => number.Unit != ClaimedUnit.NotSaid || number.Share, found[0]);
        var written = chosen.Match.Groups["number"].Value;
        var value = Numbers.TryGetValue(written.Split(' ')[0], out var word) ? word * (written.EndsWith("hundred", StringComparison.OrdinalIgnoreCase) ? 100 : 1) : double.Parse(written.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var unit = chosen.Unit == ClaimedUnit.NotSaid && !chosen.Share ? UnitOf(text[..chosen.Match.Index].Split(' ').Reverse()) : chosen.Unit;
        return new Claimed(
            Manner(text, chosen.Match), value, written.Contains('.', StringComparison.Ordinal) ? written.Split('.')[1].Length : 0, chosen.Share, unit,
            Average().IsMatch(text), Trained().IsMatch(text));
    }

    private static ClaimedManner Manner(string text, Match number)
    {
        var before = text[..number.Index].TrimEnd(' ', '.').ToLowerInvariant();
        var after = text[(number.Index + number.Length)..].TrimStart().ToLowerInvariant();
        if (after.StartsWith("or more", StringComparison.Ordinal) || number.Value.EndsWith('+'))
        {
            return ClaimedManner.AtLeast;
        }

        return Manners.Where(manner => before.EndsWith(manner.Words, StringComparison.Ordinal) && (before.Length == manner.Words.Length || !char.IsLetter(before[^(manner.Words.Length + 1)])))
            .Select(manner => manner.Manner).FirstOrDefault(ClaimedManner.Exactly);
    }

    // The first counted word of the next few, before the next number or the end of what is said.
    private static ClaimedUnit UnitAfter(string text, Match number)
    {
        var after = text[(number.Index + number.Length)..];
        var end = End().Match(after);
        return UnitOf((end.Success ? after[..end.Index] : after).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(7));
    }

    private static ClaimedUnit UnitOf(IEnumerable<string> words) =>
        words.Select(word => Units.GetValueOrDefault(word.Trim('.', ',', ';', ':', '!', '(', ')', '“', '”', '"', '’', '\''), ClaimedUnit.NotSaid)).FirstOrDefault(unit => unit != ClaimedUnit.NotSaid);

    private static bool IsDate(string text, Match number)
    {
        var (before, after) = (text[..number.Index], text[(number.Index + number.Length)..]);
        return DateAfter().IsMatch(after) || LevelBefore().IsMatch(before) || (MonthBefore().IsMatch(before) && DayOrYear().IsMatch(number.Value)) || (Year().IsMatch(number.Value) && UnitAfter(text, number) == ClaimedUnit.NotSaid);
    }

    [GeneratedRegex(@"(?<![\w/.,-])(?<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|a(?=\s+hundred))(?:\s+hundred)?(?!\w))(?<share>\s?%|\sper\s?cent)?\+?(?![\w/])", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:\s+to\s+\d+)?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")]
    private static partial Regex DateAfter();

    [GeneratedRegex(@"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+$")]
    private static partial Regex MonthBefore();

    [GeneratedRegex(@"\b(?:level|day|part|round|quarter|page|section|chapter|profile|module)\s+$", RegexOptions.IgnoreCase)]
    private static partial Regex LevelBefore();

    [GeneratedRegex(@"^(?:\d|[12]\d|3[01]|(?:19|20)\d\d)$")]
    private static partial Regex DayOrYear();

    [GeneratedRegex(@"^(?:19|20)\d\d$")]
    private static partial Regex Year();

    [GeneratedRegex(@"[.;!?](?:\s|$)|\d|=")]
    private static partial Regex End();

    [GeneratedRegex(@"\b(?:average|mean|each|per)\b(?!\s+cent)", RegexOptions.IgnoreCase)]
    private static partial Regex Average();

    [GeneratedRegex(@"\btrained\b", RegexOptions.IgnoreCase)]
    private static partial Regex Trained();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
