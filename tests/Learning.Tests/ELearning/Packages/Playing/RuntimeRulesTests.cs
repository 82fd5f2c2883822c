using FsCheck;
using FsCheck.Fluent;

using Learning.ELearning.Packages;
using Learning.ELearning.Packages.Playing;

namespace Learning.Tests.ELearning.Packages.Playing;

/// <summary>What commits come to (E4): pure, in any order, however often.</summary>
public class RuntimeRulesTests
{
    private static readonly PackageItem Item = new("one", "One", "one.html", true, []);

    private static readonly Gen<Said> AnySaid =
        from completion in Gen.Elements(Enum.GetValues<ItemCompletion>())
        from success in Gen.Elements(Enum.GetValues<ItemSuccess>())
        from score in Gen.OneOf(Gen.Constant((decimal?)null), Gen.Choose(0, 100).Select(number => (decimal?)number))
        select new Said(completion, success, score, LastExit.None);

    [Fact] // E4, E2
    public void Whatever_order_commits_come_in_and_however_often_they_come_to_the_same() =>
        Prop.ForAll(AnySaid.ListOf().Where(all => all.Count > 0).SelectMany(all => Gen.Shuffle(all.Concat(all).ToArray()).Select(twice => (all, twice))).ToArbitrary(), pair =>
            pair.all.Aggregate((best, said) => said.Or(best)).Equals(pair.twice.Aggregate((best, said) => said.Or(best)))).QuickCheckThrowOnFailure();

    [Fact] // E4
    public void Nothing_goes_backwards() =>
        Prop.ForAll(AnySaid.SelectMany(stood => AnySaid.Select(said => (stood, said))).ToArbitrary(), pair =>
        {
            var best = pair.said.Or(pair.stood);
            return best.Completion >= pair.stood.Completion && best.Success >= pair.stood.Success && (best.Score ?? -1) >= (pair.stood.Score ?? -1);
        }).QuickCheckThrowOnFailure();

    [Theory] // E4
    [InlineData("incomplete", "", ItemCompletion.Incomplete, ItemSuccess.Unknown, null)]
    [InlineData("completed", "", ItemCompletion.Completed, ItemSuccess.Unknown, null)]
    [InlineData("passed", "85", ItemCompletion.Completed, ItemSuccess.Passed, 85)]
    [InlineData("failed", "20", ItemCompletion.Completed, ItemSuccess.Failed, 20)]
    [InlineData("browsed", "", ItemCompletion.Incomplete, ItemSuccess.Unknown, null)]
    [InlineData("", "", ItemCompletion.Incomplete, ItemSuccess.Unknown, null)]
    [InlineData("nonsense", "1e99", ItemCompletion.Incomplete, ItemSuccess.Unknown, null)]
    [InlineData("completed", "250", ItemCompletion.Completed, ItemSuccess.Unknown, 100)]
    public void Content_of_1_2_says_both_in_one_word(string status, string raw, ItemCompletion completion, ItemSuccess success, int? score) =>
        Assert.Equal(new Said(completion, success, score, LastExit.None), Read(PackageEdition.Scorm12, Item, ("cmi.core.lesson_status", status), ("cmi.core.score.raw", raw)));

    [Theory] // E4: RTE 3.4.4
    [InlineData("completed", "79", ItemSuccess.Failed)]
    [InlineData("completed", "80", ItemSuccess.Passed)]
    [InlineData("passed", "10", ItemSuccess.Failed)]
    [InlineData("incomplete", "90", ItemSuccess.Unknown)]
    [InlineData("completed", "", ItemSuccess.Unknown)]
    public void A_mastery_score_is_judged_here_whatever_the_content_makes_of_it(string status, string raw, ItemSuccess success) =>
        Assert.Equal(success, Read(PackageEdition.Scorm12, Item with { MasteryScore = 80 }, ("cmi.core.lesson_status", status), ("cmi.core.score.raw", raw)).Success);

    [Theory] // E4: RTE 4.2.22.1
    [InlineData("passed", "0.79", ItemSuccess.Failed)]
    [InlineData("failed", "0.8", ItemSuccess.Passed)]
    [InlineData("passed", "", ItemSuccess.Passed)]
    public void A_passing_score_is_judged_here(string status, string scaled, ItemSuccess success) =>
        Assert.Equal(success, Read(PackageEdition.Scorm2004Third, Item with { ScaledPassingScore = 0.8m }, ("cmi.success_status", status), ("cmi.score.scaled", scaled)).Success);

    [Theory] // E4: RTE 4.2.4.1
    [InlineData("completed", "0.5", ItemCompletion.Incomplete)]
    [InlineData("incomplete", "0.9", ItemCompletion.Completed)]
    [InlineData("completed", "", ItemCompletion.Completed)]
    public void A_completion_threshold_is_judged_here(string status, string progress, ItemCompletion completion) =>
        Assert.Equal(completion, Read(PackageEdition.Scorm2004Fourth, Item with { CompletionThreshold = 0.9m }, ("cmi.completion_status", status), ("cmi.progress_measure", progress)).Completion);

    [Theory]
    [InlineData("0.755", null, null, 75.5)]
    [InlineData("-0.4", null, null, 0)]
    [InlineData(null, "8", "10", 80)]
    public void A_score_is_kept_as_per_cent(string? scaled, string? raw, string? max, double score) => Assert.Equal((decimal)score, Read(
        PackageEdition.Scorm2004Second, Item, [.. new[] { ("cmi.score.scaled", scaled), ("cmi.score.raw", raw), ("cmi.score.max", max) }.Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!))]).Score);

    [Theory] // E4: RTE 3.4.4, SN UP.4
    [InlineData(PackageEdition.Scorm12, "", false, ItemCompletion.Incomplete)]
    [InlineData(PackageEdition.Scorm12, "", true, ItemCompletion.Completed)]
    [InlineData(PackageEdition.Scorm2004Third, "unknown", false, ItemCompletion.Incomplete)]
    [InlineData(PackageEdition.Scorm2004Third, "unknown", true, ItemCompletion.Completed)]
    [InlineData(PackageEdition.Scorm2004Third, "incomplete", true, ItemCompletion.Incomplete)]
    public void Content_that_ends_without_a_word_on_its_status_is_completed(PackageEdition edition, string status, bool end, ItemCompletion completion)
    {
        var commit = new SentCommit(Guid.CreateVersion7(), "one", Guid.CreateVersion7(), Guid.CreateVersion7(), default, 1, new Dictionary<string, string> { ["cmi.completion_status"] = status, ["cmi.location"] = "1" }, 0, end);
        Assert.Equal(completion, RuntimeRules.Read(edition, Item, commit).Completion);
        Assert.Equal(ItemCompletion.Incomplete, RuntimeRules.Read(edition, Item, commit with { Cmi = new Dictionary<string, string> { ["cmi.exit"] = "suspend", ["cmi.core.exit"] = "suspend" } }).Completion);
    }

    [Fact]
    public void What_talks_to_nobody_is_done_once_it_is_opened() => Assert.Equal(ItemCompletion.Completed, Read(PackageEdition.Scorm12, Item with { IsSco = false }).Completion);

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(90.7, 90)]
    [InlineData(1e12, RuntimeRules.LongestSession)]
    [InlineData(double.NaN, 0)]
    public void A_session_lasts_as_long_as_can_be_believed(double said, int seconds) => Assert.Equal(seconds, RuntimeRules.Seconds(said));

    private static Said Read(PackageEdition edition, PackageItem item, params (string Element, string Value)[] cmi) =>
        RuntimeRules.Read(edition, item, new SentCommit(Guid.CreateVersion7(), "one", Guid.CreateVersion7(), Guid.CreateVersion7(), default, 1, cmi.ToDictionary(one => one.Element, one => one.Value), 0, false));
}
