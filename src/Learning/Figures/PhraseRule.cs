using System.Globalization;

using Learning.Time;

namespace Learning.Figures;

/// <summary>How a figure is said in a sentence (rule F5): exactly, "over" a round number, or "approximately" the nearest ten.</summary>
public readonly record struct PhraseRule(PhraseRule.Manner How, int Step)
{
    /// <summary>The three manners of F5.</summary>
    public enum Manner { Exact, Over, Approximately }

    public static readonly PhraseRule Exact = new(Manner.Exact, 1);

    /// <summary>Every rule there is, as a definition writes it.</summary>
    public static readonly IReadOnlyList<string> All = ["exact", "over 10", "over 100", "approximately 10"];

    /// <summary>The rule of its words; false when there is none.</summary>
    public static bool TryParse(string words, out PhraseRule rule)
    {
        rule = words switch
        {
            "over 10" => new PhraseRule(Manner.Over, 10),
            "over 100" => new PhraseRule(Manner.Over, 100),
            "approximately 10" => new PhraseRule(Manner.Approximately, 10),
            _ => Exact,
        };
        return All.Contains(words);
    }

    /// <summary>
    /// A value in words: "512", "over 500", "approximately 160"; a round number is said as it is ("210"), and so is one that is less than a step,
    /// since "over 0" says nothing. A share is said in per cent. Null is "not known" (F3).
    /// </summary>
    public string Say(double? value, bool share = false)
    {
        if (value is not { } number)
        {
            return Breakdowns.NotKnown;
        }

        var (amount, sign) = share ? (number * 100, "%") : (number, "");
        var round = How switch
        {
            Manner.Over => Math.Floor(amount / Step) * Step,
            Manner.Approximately => Math.Round(amount / Step, MidpointRounding.AwayFromZero) * Step,
            _ => amount,
        };
        return How == Manner.Exact || round == 0 || (How == Manner.Over && round == amount)
            ? Number(amount) + sign
            : $"{(How == Manner.Over ? "over" : "approximately")} {Number(round)}{sign}";
    }

    /// <summary>How the rule says a number, for whoever reads the definition.</summary>
    public string InWords => How switch
    {
        Manner.Over => $"In a sentence it is rounded down to {Step}s and said as “over”; a round number is said as it is.",
        Manner.Approximately => $"In a sentence it is rounded to the nearest {Step} and said as “approximately”.",
        _ => "In a sentence it is said exactly.",
    };

    /// <summary>"1,234", "40.2": one decimal where there is one.</summary>
    public static string Number(double amount) => amount.ToString("#,##0.#", British.Culture);

    public override string ToString() => How == Manner.Exact ? "exact" : string.Create(CultureInfo.InvariantCulture, $"{How.ToString().ToLowerInvariant()} {Step}");
}
