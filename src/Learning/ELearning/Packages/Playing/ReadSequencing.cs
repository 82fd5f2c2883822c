using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Learning.ELearning.Packages.Playing;

/// <summary>
/// The rules of sequencing in a manifest of SCORM 2004 (IMS Simple Sequencing with ADL's additions), as the activity tree that the runtime in the browser takes (<c>ActivitySettings</c> of scorm-again). Elements
/// are known by their names alone, since editions differ in their namespaces. Pure.
/// </summary>
public static class ReadSequencing
{
    /// <summary>The activity tree; null where the manifest has no rules that matter: then every item can be chosen.</summary>
    /// <param name="manifest">The text of imsmanifest.xml.</param>
    public static JsonObject? From(string manifest, PackageManifest package)
    {
        var root = Read(manifest);
        var organization = root?.Descendants().FirstOrDefault(one => one.Name.LocalName == "organization" && one.Text("identifier") == package.Identifier)
            ?? root?.Descendants().FirstOrDefault(one => one.Name.LocalName == "organization");
        if (organization is null)
        {
            return null;
        }

        var shared = root!.Descendants().Where(one => one.Name.LocalName == "sequencing" && one.Text("ID") is not null).DistinctBy(one => one.Text("ID")).ToDictionary(one => one.Text("ID")!);
        return Matters(organization, package) ? Activity(organization, package.Identifier, shared) : null;
    }

    private static XElement? Read(string manifest)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(manifest), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // One item with nothing but control modes has nowhere to go.
    private static bool Matters(XElement organization, PackageManifest package) =>
        organization.Descendants().Where(one => one.Name.LocalName == "sequencing").Any(one => one.Text("IDRef") is not null
            || one.Elements().Any(part => package.Launched.Skip(1).Any() || part.Name.LocalName is not ("controlMode" or "deliveryControls")));

    private static JsonObject Activity(XElement item, string identifier, IReadOnlyDictionary<string, XElement> shared)
    {
        var parts = Parts(item.Child("sequencing"), shared);
        XElement? Part(string name) => parts.GetValueOrDefault(name);
        var activity = new JsonObject { ["id"] = identifier, ["title"] = item.Child("title")?.Value.Trim() ?? identifier, ["isVisible"] = item.Text("isvisible") != "false" };
        var controls = new JsonObject { ["choice"] = true, ["choiceExit"] = true, ["flow"] = false, ["forwardOnly"] = false };
        Flags(controls, Part("controlMode"), "choice", "choiceExit", "flow", "forwardOnly", "useCurrentAttemptObjectiveInfo", "useCurrentAttemptProgressInfo");
        Flags(controls, Part("constrainedChoiceConsiderations"), "preventActivation", "constrainChoice");
        Flags(controls, Part("deliveryControls"), "tracked", "completionSetByContent", "objectiveSetByContent");
        Flags(controls, Part("rollupRules"), "rollupObjectiveSatisfied", "rollupProgressCompletion");
        Numbers(controls, Part("rollupRules"), "objectiveMeasureWeight");
        if (Part("randomizationControls") is { } chance)
        {
            Words(controls, chance, "randomizationTiming", "selectionTiming");
            Numbers(controls, chance, "selectCount");
            Flags(controls, chance, "reorderChildren");
            controls["selectionCountStatus"] = chance.Text("selectCount") is not null;
            controls["randomizeChildren"] = chance.Text("reorderChildren") == "true";
        }

        activity["sequencingControls"] = controls;
        Add(activity, "sequencingRules", SequencingRules.Of(Part("sequencingRules")));
        Add(activity, "rollupRules", SequencingRules.RollUp(Part("rollupRules")));
        Numbers(activity, Part("limitConditions"), "attemptLimit");
        Words(activity, Part("limitConditions"), "attemptAbsoluteDurationLimit", "activityAbsoluteDurationLimit");
        if (Part("rollupConsiderations") is { } considered)
        {
            var considerations = new JsonObject();
            Words(considerations, considered, "requiredForSatisfied", "requiredForNotSatisfied", "requiredForCompleted", "requiredForIncomplete");
            Flags(considerations, considered, "measureSatisfactionIfActive");
            activity["rollupConsiderations"] = considerations;
        }

        SequencingObjectives.Say(activity, identifier, item.Child("sequencing"), shared);
        if (item.Child("completionThreshold") is { } threshold)
        {
            var said = new JsonObject();
            Flags(said, threshold, "completedByMeasure");
            Numbers(said, threshold, "minProgressMeasure", "progressWeight");
            if (decimal.TryParse(threshold.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var least))
            {
                (said["completedByMeasure"], said["minProgressMeasure"]) = (true, least);
            }

            activity["completionThreshold"] = said;
        }

        var hidden = (item.Child("presentation")?.Descendants().Where(one => one.Name.LocalName == "hideLMSUI").Select(one => (JsonNode?)one.Value.Trim()) ?? []).ToArray();
        if (hidden.Length > 0)
        {
            activity["hideLmsUi"] = new JsonArray(hidden);
        }

        var buckets = (item.Child("data")?.Elements().Where(one => one.Name.LocalName == "map" && one.Text("targetID") is not null) ?? []).Select(map =>
        {
            var said = new JsonObject { ["targetID"] = map.Text("targetID") };
            Flags(said, map, "readSharedData", "writeSharedData");
            said["writeSharedData"] ??= true;
            return (JsonNode?)said;
        }).ToArray();
        if (buckets.Length > 0)
        {
            activity["sharedDataMaps"] = new JsonArray(buckets);
        }

        var children = item.Elements().Where(one => one.Name.LocalName == "item" && one.Text("identifier") is not null).Select(one => (JsonNode?)Activity(one, one.Text("identifier")!, shared)).ToArray();
        if (children.Length > 0)
        {
            activity["children"] = new JsonArray(children);
        }

        return activity;
    }

    /// <summary>The parts of an item's sequencing by name. What stands in the item wins over what it refers to (SN 3.3.2).</summary>
    private static Dictionary<string, XElement> Parts(XElement? sequencing, IReadOnlyDictionary<string, XElement> shared)
    {
        var own = sequencing?.Elements() ?? [];
        var meant = shared.GetValueOrDefault(sequencing?.Text("IDRef") ?? "")?.Elements() ?? [];
        return own.Concat(meant).DistinctBy(one => one.Name.LocalName).ToDictionary(one => one.Name.LocalName);
    }

    private static void Add(JsonObject to, string name, JsonObject? part)
    {
        if (part is not null)
        {
            to[name] = part;
        }
    }

    internal static void Flags(JsonObject to, XElement? from, params string[] names) => Say(to, from, names, text => text is "true" or "1" ? true : text is "false" or "0" ? false : null);

    internal static void Words(JsonObject to, XElement? from, params string[] names) => Say(to, from, names, text => text);

    internal static void Numbers(JsonObject to, XElement? from, params string[] names) =>
        Say(to, from, names, text => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null);

    private static void Say(JsonObject to, XElement? from, string[] names, Func<string, JsonNode?> read)
    {
        foreach (var name in names)
        {
            if (from?.Text(name) is { } text && read(text) is { } value)
            {
                to[name] = value;
            }
        }
    }

    /// <summary>An attribute by its name, whatever its namespace.</summary>
    internal static string? Text(this XElement element, string name) => element.Attributes().FirstOrDefault(one => one.Name.LocalName == name)?.Value.Trim();

    internal static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(one => one.Name.LocalName == name);
}
