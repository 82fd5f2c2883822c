using Learning.ELearning.Packages;
using Learning.ELearning.Packages.Playing;

namespace Learning.Tests.ELearning.Packages.Playing;

/// <summary>The rules of a manifest of SCORM 2004, as the runtime takes them (E4).</summary>
public class ReadSequencingTests
{
    private static readonly PackageManifest Package = new("org", "A course", PackageEdition.Scorm2004Fourth, [new("a", "A", "a.html", true, []), new("b", "B", "b.html", true, [])]);

    private static string Manifest(string items, string organization = "", string collection = "") => $"""
        <manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
          <organizations default="org"><organization identifier="other"/><organization identifier="org"><title>A course</title>{items}{organization}</organization></organizations>
          {collection}
        </manifest>
        """;

    [Fact]
    public void A_manifest_without_rules_has_none() => Assert.Null(ReadSequencing.From(Manifest("""<item identifier="a"/><item identifier="b"/>"""), Package));

    [Fact]
    public void What_is_no_XML_has_none() => Assert.Null(ReadSequencing.From("<manifest>", Package));

    [Fact] // SN 3.2
    public void What_a_manifest_leaves_out_is_as_the_standard_has_it()
    {
        var tree = ReadSequencing.From(Manifest("""<item identifier="a"><imsss:sequencing><imsss:controlMode choiceExit="false"/></imsss:sequencing></item>"""), Package)!;

        Assert.Equal("""{"choice":true,"choiceExit":true,"flow":false,"forwardOnly":false}""", tree["sequencingControls"]!.ToJsonString());
        Assert.Equal("""{"choice":true,"choiceExit":false,"flow":false,"forwardOnly":false}""", tree["children"]![0]!["sequencingControls"]!.ToJsonString());
    }

    [Fact] // SN 3.4
    public void Conditions_and_actions_come_over()
    {
        var tree = ReadSequencing.From(Manifest("""
            <item identifier="b"><imsss:sequencing><imsss:sequencingRules>
              <imsss:preConditionRule><imsss:ruleConditions conditionCombination="any"><imsss:ruleCondition referencedObjective="before" operator="not" condition="satisfied"/>
                <imsss:ruleCondition condition="objectiveMeasureGreaterThan" measureThreshold="0.5"/></imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule>
              <imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions><imsss:ruleAction action="exitAll"/></imsss:postConditionRule>
            </imsss:sequencingRules><imsss:limitConditions attemptLimit="2"/></imsss:sequencing></item>
            """), Package)!;
        var item = tree["children"]![0]!;

        Assert.Equal(
            """[{"action":"disabled","conditionCombination":"any","conditions":[{"condition":"satisfied","operator":"not","referencedObjective":"before"},{"condition":"objectiveMeasureGreaterThan","parameters":{"threshold":0.5}}]}]""",
            item["sequencingRules"]!["preConditionRules"]!.ToJsonString());
        Assert.Equal("exitAll", (string?)item["sequencingRules"]!["postConditionRules"]![0]!["action"]);
        Assert.Equal(2m, (decimal?)item["attemptLimit"]);
    }

    [Fact] // SN 3.3.2
    public void What_an_item_says_itself_wins_over_what_it_refers_to()
    {
        var tree = ReadSequencing.From(Manifest(
            """<item identifier="a"><imsss:sequencing IDRef="shared"><imsss:deliveryControls completionSetByContent="false"/></imsss:sequencing></item>""", "",
            """<imsss:sequencingCollection><imsss:sequencing ID="shared"><imsss:rollupRules rollupObjectiveSatisfied="false" objectiveMeasureWeight="0"/><imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing></imsss:sequencingCollection>"""), Package)!;

        Assert.Equal(
            """{"choice":true,"choiceExit":true,"flow":false,"forwardOnly":false,"completionSetByContent":false,"rollupObjectiveSatisfied":false,"objectiveMeasureWeight":0}""",
            tree["children"]![0]!["sequencingControls"]!.ToJsonString());
    }

    [Fact] // SN 3.10, 4th edition
    public void Objectives_share_what_the_manifest_lets_them()
    {
        var tree = ReadSequencing.From(Manifest("""
            <item identifier="a"><imsss:sequencing>
              <imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective>
                <imsss:objective objectiveID="before"><imsss:mapInfo targetObjectiveID="everybodys" readSatisfiedStatus="true" writeSatisfiedStatus="false"/></imsss:objective></imsss:objectives>
              <adlseq:objectives><adlseq:objective objectiveID="before"><adlseq:mapInfo targetObjectiveID="done" readCompletionStatus="true" writeCompletionStatus="true"/></adlseq:objective></adlseq:objectives>
            </imsss:sequencing></item>
            """), Package)!;
        var item = tree["children"]![0]!;

        Assert.Equal("""{"objectiveID":"a-primary","satisfiedByMeasure":true,"minNormalizedMeasure":0.8}""", item["primaryObjective"]!.ToJsonString());
        var maps = item["objectives"]![0]!["mapInfo"]!.AsArray();
        Assert.Equal(["everybodys", "done"], maps.Select(map => (string)map!["targetObjectiveID"]!));
        Assert.Equal((true, false, false), ((bool)maps[0]!["readSatisfiedStatus"]!, (bool)maps[0]!["readCompletionStatus"]!, (bool)maps[1]!["readSatisfiedStatus"]!));
        Assert.True((bool)maps[1]!["writeCompletionStatus"]!);
    }

    [Fact] // SN 3.7
    public void Roll_up_comes_over()
    {
        var tree = ReadSequencing.From(Manifest("""<item identifier="a"/>""", """
            <imsss:sequencing><imsss:controlMode flow="true"/><imsss:rollupRules><imsss:rollupRule childActivitySet="atLeastCount" minimumCount="1"><imsss:rollupConditions><imsss:rollupCondition operator="not" condition="satisfied"/></imsss:rollupConditions><imsss:rollupAction action="completed"/></imsss:rollupRule></imsss:rollupRules></imsss:sequencing>
            """), Package)!;

        Assert.Equal(
            """[{"action":"completed","consideration":"atLeastCount","conditionCombination":"any","minimumCount":1,"conditions":[{"condition":"satisfied","operator":"not"}]}]""", tree["rollupRules"]!["rules"]!.ToJsonString());
    }

    [Fact] // SN 5.2 presentation; CAM 4th edition
    public void Buttons_to_hide_thresholds_and_shared_data_come_over()
    {
        var tree = ReadSequencing.From(Manifest("""
            <item identifier="a"><adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI><adlnav:hideLMSUI>previous</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>
              <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.75" progressWeight="0.5"/><adlcp:data><adlcp:map targetID="notes"/></adlcp:data><imsss:sequencing IDRef="none"/></item>
            """), Package)!;
        var item = tree["children"]![0]!;

        Assert.Equal("""["continue","previous"]""", item["hideLmsUi"]!.ToJsonString());
        Assert.Equal("""{"completedByMeasure":true,"minProgressMeasure":0.75,"progressWeight":0.5}""", item["completionThreshold"]!.ToJsonString());
        Assert.Equal("""[{"targetID":"notes","writeSharedData":true}]""", item["sharedDataMaps"]!.ToJsonString());
    }
}
