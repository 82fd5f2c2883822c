using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Learning.ELearning.Packages.Playing;

/// <summary>The objectives of an activity and how they share what is known of them with others (SN 3.10, and ADL's additions of the 4th edition). Pure.</summary>
internal static class SequencingObjectives
{
    private static readonly string[] Own = ["readSatisfiedStatus", "readNormalizedMeasure", "writeSatisfiedStatus", "writeNormalizedMeasure"];

    private static readonly string[] Added = ["readRawScore", "readMinScore", "readMaxScore", "readCompletionStatus", "readProgressMeasure", "writeRawScore", "writeMinScore", "writeMaxScore", "writeCompletionStatus", "writeProgressMeasure"];

    /// <param name="identifier">The activity's: a primary objective without a name of its own is known by it.</param>
    public static void Say(JsonObject activity, string identifier, XElement? sequencing, IReadOnlyDictionary<string, XElement> shared)
    {
        var meant = shared.GetValueOrDefault(sequencing?.Text("IDRef") ?? "");
        // Both namespaces have an element of this name: IMS's, and ADL's with what it adds to an objective of the same name.
        var all = new[] { sequencing, meant }.OfType<XElement>().SelectMany(one => one.Elements().Where(part => part.Name.LocalName == "objectives")).ToList();
        var ims = all.Where(one => !IsAdls(one)).Take(1).SelectMany(one => one.Elements()).ToList();
        var adl = all.Where(IsAdls).Take(1).SelectMany(one => one.Elements()).Where(one => one.Text("objectiveID") is not null).ToLookup(one => one.Text("objectiveID")!);
        var others = new JsonArray();
        foreach (var objective in ims)
        {
            var (primary, name) = (objective.Name.LocalName == "primaryObjective", objective.Text("objectiveID"));
            if (name is null && !primary || (primary && name is null && objective.Text("satisfiedByMeasure") is null && objective.Child("mapInfo") is null))
            {
                continue;
            }

            var said = Objective(objective, name ?? $"{identifier}-primary", adl[name ?? ""]);
            if (primary)
            {
                activity["primaryObjective"] = said;
            }
            else
            {
                others.Add(said);
            }
        }

        if (others.Count > 0)
        {
            activity["objectives"] = others;
        }
    }

    private static bool IsAdls(XElement objectives) => objectives.Name.NamespaceName.Contains("adlseq", StringComparison.OrdinalIgnoreCase);

    private static JsonObject Objective(XElement objective, string name, IEnumerable<XElement> added)
    {
        var said = new JsonObject { ["objectiveID"] = name };
        ReadSequencing.Flags(said, objective, "satisfiedByMeasure");
        if (objective.Child("minNormalizedMeasure") is { } least && decimal.TryParse(least.Value, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var measure))
        {
            said["minNormalizedMeasure"] = measure;
        }
        else if (objective.Text("satisfiedByMeasure") == "true")
        {
            said["minNormalizedMeasure"] = 1m;
        }

        var maps = new Dictionary<string, JsonObject>();
        foreach (var map in objective.Elements().Concat(added.SelectMany(one => one.Elements())).Where(one => one.Name.LocalName == "mapInfo" && one.Text("targetObjectiveID") is not null))
        {
            var target = map.Text("targetObjectiveID")!;
            var isNew = !maps.TryGetValue(target, out var known);
            known ??= maps[target] = new JsonObject { ["targetObjectiveID"] = target };
            ReadSequencing.Flags(known, map, [.. Own, .. Added]);
            // What one namespace does not speak of is not shared by the other's map: the runtime would otherwise read all of it.
            foreach (var flag in isNew ? Silent(IsAdls(map)) : [])
            {
                known[flag] ??= false;
            }
        }

        if (maps.Count > 0)
        {
            said["mapInfo"] = new JsonArray([.. maps.Values]);
        }

        return said;
    }

    // IMS's map reads satisfaction and measure unless it says otherwise; ADL's reads what it adds unless it says otherwise.
    private static string[] Silent(bool adls) => adls ? Own : Added;
}
