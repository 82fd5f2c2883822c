using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Learning.ELearning.Packages.Playing;

/// <summary>The conditions and actions of an activity's sequencing: before it, at its exit, after it, and how it rolls up. Pure.</summary>
internal static class SequencingRules
{
    public static JsonObject? Of(XElement? rules)
    {
        if (rules is null)
        {
            return null;
        }

        JsonArray All(string name) => new([.. rules.Elements().Where(one => one.Name.LocalName == name).Select(Rule).OfType<JsonObject>()]);
        return new JsonObject { ["preConditionRules"] = All("preConditionRule"), ["exitConditionRules"] = All("exitConditionRule"), ["postConditionRules"] = All("postConditionRule") };
    }

    public static JsonObject? RollUp(XElement? rules)
    {
        var all = rules?.Elements().Where(one => one.Name.LocalName == "rollupRule").Select(RollUpRule).OfType<JsonObject>().ToArray() ?? [];
        return all.Length == 0 ? null : new JsonObject { ["rules"] = new JsonArray([.. all]) };
    }

    private static JsonObject? Rule(XElement rule)
    {
        if (rule.Child("ruleAction")?.Text("action") is not { } action)
        {
            return null;
        }

        var conditions = rule.Child("ruleConditions");
        return new JsonObject
        {
            ["action"] = action,
            ["conditionCombination"] = conditions?.Text("conditionCombination") ?? "all",
            ["conditions"] = new JsonArray([.. (conditions?.Elements().Where(one => one.Name.LocalName == "ruleCondition") ?? []).Select(Condition)]),
        };
    }

    private static JsonNode Condition(XElement condition)
    {
        var said = new JsonObject { ["condition"] = condition.Text("condition") ?? "always" };
        if (condition.Text("operator") == "not")
        {
            said["operator"] = "not";
        }

        ReadSequencing.Words(said, condition, "referencedObjective");
        var threshold = new JsonObject();
        ReadSequencing.Numbers(threshold, condition, "measureThreshold");
        if (threshold["measureThreshold"] is { } measure)
        {
            said["parameters"] = new JsonObject { ["threshold"] = measure.DeepClone() };
        }

        return said;
    }

    private static JsonObject? RollUpRule(XElement rule)
    {
        if (rule.Child("rollupAction")?.Text("action") is not { } action)
        {
            return null;
        }

        var conditions = rule.Child("rollupConditions");
        var said = new JsonObject { ["action"] = action, ["consideration"] = rule.Text("childActivitySet") ?? "all", ["conditionCombination"] = conditions?.Text("conditionCombination") ?? "any" };
        ReadSequencing.Numbers(said, rule, "minimumCount", "minimumPercent");
        said["conditions"] = new JsonArray([.. (conditions?.Elements().Where(one => one.Name.LocalName == "rollupCondition") ?? []).Select(one =>
            (JsonNode)new JsonObject { ["condition"] = one.Text("condition") ?? "always", ["operator"] = one.Text("operator") ?? "noOp" })]);
        return said;
    }
}
