using System.Xml.Linq;

namespace Learning.ELearning.Packages;

/// <summary>What of a manifest's sequencing (IMS SS) the runtime of one item needs: its own, over that of the collection which it refers to.</summary>
internal sealed class ManifestSequencing
{
    public static readonly ManifestSequencing None = new([]);

    private readonly Dictionary<string, XElement> collection;

    private ManifestSequencing(Dictionary<string, XElement> collection) => this.collection = collection;

    public static ManifestSequencing Of(XElement root) => new((root.First("sequencingCollection")?.All("sequencing") ?? [])
        .Where(one => one.Said("ID") is not null).GroupBy(one => one.Said("ID")!).ToDictionary(group => group.Key, group => group.First()));

    /// <summary>cmi.scaled_passing_score and cmi.max_time_allowed of an item.</summary>
    public (decimal? PassingScore, string? Limit) RulesOf(XElement item)
    {
        var own = item.First("sequencing");
        var shared = own.Said("IDRef") is { } reference ? collection.GetValueOrDefault(reference) : null;
        var primary = own.First("objectives", "primaryObjective") ?? shared.First("objectives", "primaryObjective");
        var score = ManifestXml.Yes(primary.Said("satisfiedByMeasure")) == true ? ManifestXml.Number(primary.First("minNormalizedMeasure").Text() ?? "1", -1, 1) : null;
        return (score, own.First("limitConditions").Said("attemptAbsoluteDurationLimit") ?? shared.First("limitConditions").Said("attemptAbsoluteDurationLimit"));
    }
}
