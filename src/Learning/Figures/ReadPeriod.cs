using YamlDotNet.RepresentationModel;

namespace Learning.Figures;

/// <summary>Reads a period of a definition, a report's or a figure's own (T2).</summary>
internal static class ReadPeriod
{
    private static readonly IReadOnlyList<string> Keys = ["from", "to", "until"];

    /// <summary>{from: 2023-04-01, to: 2024-04-01}, or to date: {from: 2026-04-01, to: today, until: 2027-04-01}; null where it is a mistake, which is told.</summary>
    public static DefinedPeriod? From(string file, YamlNode node, List<DefinitionMistake> mistakes)
    {
        var map = new YamlMap(file, node, "a period", Keys, mistakes);
        var toDate = map.Text("to")?.Text == "today";
        if (!toDate && map.Text("until") is { } alone)
        {
            map.Wrong(alone, "'until' goes with 'to: today'");
            return null;
        }

        var end = toDate ? "until" : "to";
        var (from, to) = (map.Date("from"), map.Date(end));
        if (from >= to)
        {
            map.Wrong(map.Text(end)!.Value, $"'{end}' is not after 'from' (it is the day after the period's last day)");
            return null;
        }

        return from is null || to is null ? null : new DefinedPeriod(new Period(from.Value, to.Value), toDate);
    }
}
