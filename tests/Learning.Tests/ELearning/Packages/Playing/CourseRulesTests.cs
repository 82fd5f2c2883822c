using Learning.ELearning.Packages;
using Learning.ELearning.Packages.Playing;

namespace Learning.Tests.ELearning.Packages.Playing;

/// <summary>When a course that is a package is completed (E4).</summary>
public class CourseRulesTests
{
    private static readonly Said Done = new(ItemCompletion.Completed, ItemSuccess.Unknown, null, LastExit.Ended);

    private static PackageManifest Of(params PackageItem[] items) => new("org", "A course", PackageEdition.Scorm2004Third, items);

    private static PackageItem Item(string id) => new(id, id, id + ".html", true, []);

    [Fact] // E4
    public void Several_items_are_all_needed()
    {
        var manifest = Of(Item("a"), Item("b"));

        Assert.False(CourseRules.IsCompleted(manifest, new Dictionary<string, Said> { ["a"] = Done }));
        Assert.True(CourseRules.IsCompleted(manifest, new Dictionary<string, Said> { ["a"] = Done, ["b"] = Done }));
    }

    [Theory] // E4
    [InlineData(ItemCompletion.Completed, ItemSuccess.Failed, false)]
    [InlineData(ItemCompletion.Completed, ItemSuccess.Passed, true)]
    [InlineData(ItemCompletion.Incomplete, ItemSuccess.Passed, true)]
    [InlineData(ItemCompletion.Incomplete, ItemSuccess.Unknown, false)]
    public void Who_has_failed_an_item_has_not_completed_the_course(ItemCompletion completion, ItemSuccess success, bool completed) =>
        Assert.Equal(completed, CourseRules.IsCompleted(Of(Item("a")), new Dictionary<string, Said> { ["a"] = new(completion, success, null, LastExit.None) }));

    [Fact]
    public void Where_passing_is_asked_for_completing_is_not_enough() =>
        Assert.False(CourseRules.IsCompleted(Of(Item("a") with { ScaledPassingScore = 0.8m }), new Dictionary<string, Said> { ["a"] = Done }));

    [Fact] // E4: the roll-up of SCORM 2004
    public void What_the_sequencing_says_of_the_course_counts_before_its_items()
    {
        var manifest = Of(Item("a"), Item("test"));

        Assert.True(CourseRules.IsCompleted(manifest, new Dictionary<string, Said> { ["test"] = Done, [PackageState.Course] = Done }));
        Assert.False(CourseRules.IsCompleted(manifest, new Dictionary<string, Said> { ["a"] = Done, ["test"] = Done, [PackageState.Course] = Done with { Completion = ItemCompletion.Incomplete } }));
        Assert.False(CourseRules.IsCompleted(manifest, new Dictionary<string, Said> { ["a"] = Done, ["test"] = Done, [PackageState.Course] = Done with { Success = ItemSuccess.Failed } }));
    }

    [Fact]
    public void The_score_is_the_courses_own_or_the_mean_of_those_that_there_are()
    {
        var manifest = Of(Item("a"), Item("b"), Item("c"));
        var states = new Dictionary<string, Said> { ["a"] = Done with { Score = 60 }, ["b"] = Done with { Score = 75 }, ["c"] = Done };

        Assert.Equal(67.5m, CourseRules.Score(manifest, states));
        states[PackageState.Course] = Done with { Score = 90 };
        Assert.Equal(90, CourseRules.Score(manifest, states));
        Assert.Null(CourseRules.Score(manifest, new Dictionary<string, Said> { ["a"] = Done }));
    }
}
