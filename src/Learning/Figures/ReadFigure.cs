using Learning.Catalogue;
using Learning.Database;

namespace Learning.Figures;

/// <summary>Reads one figure of a definition, and refuses what its measure cannot answer.</summary>
internal static class ReadFigure
{
    public static readonly IReadOnlyList<string> Keys =
    [
        "id", "title", "measure", "programme", "courses", "kind", "board", "sector", "owner", "agency", "level", "who", "period", "window", "by", "phrase", "sentence", "easy", "heading",
    ];

    private static readonly Dictionary<string, Measure> MeasureNames = Enum.GetValues<Measure>().ToDictionary(measure => measure.Word());
    private static readonly Dictionary<string, Window> WindowNames = new() { ["in-period"] = Window.InPeriod, ["since-start"] = Window.SinceStart };
    private static readonly Dictionary<string, bool> WhoNames = new() { ["professionals"] = true };

    /// <summary>The figure; null when a mistake leaves nothing to go on with.</summary>
    public static FigureDefinition? From(string file, YamlMap map, List<DefinitionMistake> mistakes)
    {
        var id = map.Text("id");
        var measure = Measure(map);
        var filter = new FigureFilter(
            map.List("programme"), map.List("courses"), map.Words<CourseKind>("kind"), map.Words<Board>("board"),
            map.List("sector"), map.List("owner"), map.List("agency"), map.Word("who", WhoNames) ?? false) { Levels = map.List("level") };
        var own = map.Node("period") is { } dates ? ReadPeriod.From(file, dates, mistakes) : null;
        var window = map.Word("window", WindowNames) ?? Window.InPeriod;
        var by = map.Words<Breakdown>("by");
        var phrase = Phrase(map);
        var (sentence, easy) = (Sentence(map, "sentence"), Sentence(map, "easy"));
        if (measure is not { } counted || id is not { } name)
        {
            return null;
        }

        Fit(map, counted, filter, window, by);
        return new FigureDefinition(name.Text, (map.Text("title") ?? name).Text, counted, filter, window, by, phrase, sentence) { Own = own, Easy = easy, Heading = map.Text("heading")?.Text };
    }

    private static Measure? Measure(YamlMap map) => map.RequiredText("measure") is null ? null : map.Word("measure", MeasureNames);

    private static PhraseRule Phrase(YamlMap map)
    {
        if (map.Text("phrase") is not { } written)
        {
            return PhraseRule.Exact;
        }

        if (!PhraseRule.TryParse(written.Text, out var rule))
        {
            map.Wrong(written, $"'phrase' cannot be '{written}': it is one of {string.Join(", ", PhraseRule.All)}");
        }

        return rule;
    }

    private static string? Sentence(YamlMap map, string key)
    {
        if (map.Text(key) is { } written && !written.Text.Contains("{phrase}", StringComparison.Ordinal))
        {
            map.Wrong(written, $"'{key}' has no {{phrase}} where the number goes");
        }

        return map.Text(key)?.Text;
    }

    private static void Fit(YamlMap map, Measure measure, FigureFilter filter, Window window, IReadOnlyList<Breakdown> by)
    {
        if (by.Count > 2)
        {
            map.Wrong(map.List("by")[2], "'by' names more than two breakdowns");
        }

        // With an unknown word among them the two lists do not run side by side; that word is the mistake to tell.
        var words = map.List("by");
        foreach (var (breakdown, written) in words.Count == by.Count ? by.Zip(words) : [])
        {
            if (!breakdown.Fits(measure))
            {
                map.Wrong(written, $"'{measure.Word()}' has no {written} to be broken down by");
            }
        }

        foreach (var (key, limits) in new[] { ("sector", filter.Sectors.Count > 0), ("agency", filter.Agencies.Count > 0) })
        {
            if (limits && !measure.KnowsAgency())
            {
                map.Wrong(map.List(key)[0], $"'{measure.Word()}' knows no agency of a person, so '{key}' cannot limit it ('owner' limits by the course's owner)");
            }
        }

        foreach (var key in measure.KnowsCourse() ? [] : new[] { "programme", "courses", "kind", "board", "owner" })
        {
            if (map.List(key) is [var limit, ..])
            {
                map.Wrong(limit, $"'{measure.Word()}' is what agencies return, of no course, so '{key}' cannot limit it ('level' and 'agency' can)");
            }
        }

        if (filter.Levels.Count > 0 && measure.KnowsCourse())
        {
            map.Wrong(filter.Levels[0], $"'{measure.Word()}' is not what agencies return by level, so 'level' cannot limit it");
        }

        if (filter.Professionals && !measure.KnowsWorkforce())
        {
            map.Wrong(map.Text("who")!.Value, $"'{measure.Word()}' does not know who is a professional, so 'who' cannot limit it");
        }

        if (window == Window.SinceStart && !measure.KnowsCourse())
        {
            map.Wrong(map.Text("window")!.Value, $"'{measure.Word()}' is of no programme, so it has no start to count from");
        }

        if (window == Window.SinceStart && !measure.KnowsDate())
        {
            map.Wrong(map.Text("window")!.Value, $"'{measure.Word()}' is counted at the period's end, so it has no window");
        }
    }
}
