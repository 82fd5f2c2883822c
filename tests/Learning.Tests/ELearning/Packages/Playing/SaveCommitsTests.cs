using FsCheck;
using FsCheck.Fluent;

using Learning.Catalogue;
using Learning.ELearning;
using Learning.ELearning.Packages;
using Learning.ELearning.Packages.Playing;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.ELearning.Packages.Playing;

/// <summary>What content commits is kept once, in any order, from any device, and never goes backwards (E4, E2).</summary>
public class SaveCommitsTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly Guid Tablet = Guid.CreateVersion7(), Desk = Guid.CreateVersion7();

    private Course course = null!;
    private Package package = null!;
    private Person learner = null!;
    private Guid attempt;

    [Fact] // E4, E2
    public async Task What_was_written_stands_and_the_same_again_changes_nothing()
    {
        await BeginAsync();
        var commit = Said(1, ("cmi.core.lesson_location", "page 3"), ("cmi.suspend_data", new string('x', 64_000)), ("cmi.core.lesson_status", "incomplete")) with { Seconds = 90 };
        var first = await SaveAsync(commit);
        var again = await SaveAsync(commit, commit);

        Assert.Equal([commit.Id], first.Stored);
        Assert.Equal([commit.Id], again.Stored);
        var launch = await LaunchAsync();
        Assert.Equal("page 3", launch.States["one"].Cmi["cmi.core.lesson_location"]);
        Assert.Equal(64_000, launch.States["one"].Cmi["cmi.suspend_data"].Length);
        Assert.Equal(90, launch.States["one"].Seconds);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from package_commits where attempt_id = '{attempt}'"));
    }

    [Fact] // E4, E2, P2
    public async Task The_commit_that_completes_the_course_records_one_completion_with_score_and_agency()
    {
        await BeginAsync();
        var commit = Said(1, ("cmi.core.lesson_status", "passed"), ("cmi.core.score.raw", "85")) with { End = true };
        Assert.True((await SaveAsync(commit)).Completed);
        await SaveAsync(commit, Said(2, ("cmi.core.lesson_status", "passed"), ("cmi.core.score.raw", "95")));

        await using var db = ground.Db();
        var completion = await db.Completions.SingleAsync(one => one.AttemptId == attempt);
        var agency = (await db.Employments.SingleAsync(one => one.PersonId == learner.Id)).AgencyId;
        Assert.Equal((85m, agency, ground.Zone.Today, learner.Id), (completion.Score, completion.AgencyId!.Value, completion.CompletedOn, completion.PersonId));
    }

    [Fact] // E4: much content calls itself completed on the page of its test, and says then how the test went
    public async Task Content_that_is_still_there_may_say_how_its_test_went_before_the_course_is_completed()
    {
        await BeginAsync();
        var first = await SaveAsync(Said(1, ("cmi.core.lesson_status", "completed")));
        Assert.Equal((false, true), (first.Completed, first.Ripe));
        await SaveAsync(Said(2, ("cmi.core.lesson_status", "passed"), ("cmi.core.score.raw", "70")));
        Assert.Equal(70m, await ground.Sql<decimal>($"select score from completions where attempt_id = '{attempt}'"));

        await BeginAsync();
        await SaveAsync(Said(1, ("cmi.core.lesson_status", "completed")));
        Assert.False((await SaveAsync(Said(2, ("cmi.core.lesson_status", "failed"), ("cmi.core.score.raw", "20")) with { End = true })).Completed);
    }

    [Theory] // E4
    [InlineData("end")]
    [InlineData("over")]
    [InlineData("opened again")]
    public async Task Content_that_has_gone_says_no_more_and_the_course_is_completed(string how)
    {
        await BeginAsync();
        Assert.False((await SaveAsync(Said(1, ("cmi.core.lesson_status", "completed")))).Completed);
        Assert.True((await SaveAsync(how == "opened again" ? Said(2) : Said(2, ("cmi.core.lesson_status", "completed")) with { End = how == "end", Over = how == "over" })).Completed);
    }

    [Fact] // E4: completed stays completed, passed stays passed, the better score stays; what the content reads is what it wrote
    public async Task What_is_said_later_takes_nothing_back()
    {
        await BeginAsync(PackageEdition.Scorm2004Fourth, new WrittenItem("one"), new WrittenItem("two"));
        await SaveAsync(Said(1, ("cmi.completion_status", "completed"), ("cmi.success_status", "passed"), ("cmi.score.scaled", "0.9")));
        await SaveAsync(Said(2, ("cmi.completion_status", "incomplete"), ("cmi.success_status", "failed"), ("cmi.score.scaled", "0.2")));

        var state = (await LaunchAsync()).States["one"];
        Assert.Equal(("completed", "passed", 90m), (state.Completion, state.Success, state.Score!.Value));
        Assert.Equal("incomplete", state.Cmi["cmi.completion_status"]);
        Assert.Contains("better score", await ground.Sql<string>($"select kept_back from package_commits where attempt_id = '{attempt}' and number = 2"), StringComparison.Ordinal);
    }

    [Fact] // E4, I: whatever writes there
    public async Task The_database_itself_lets_no_state_go_backwards()
    {
        await BeginAsync();
        await SaveAsync(Said(1, ("cmi.core.lesson_status", "completed"), ("cmi.core.score.raw", "70")));

        foreach (var back in new[] { "completion = 'incomplete'", "score = 60", "score = null" })
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update package_states set {back} where attempt_id = '{attempt}'"));
            Assert.Contains("never goes backwards", refused.MessageText, StringComparison.Ordinal);
        }
    }

    [Fact] // E2: of two devices the newest stands, whenever it arrives
    public async Task What_an_older_device_sends_late_replaces_nothing_and_still_counts()
    {
        await BeginAsync();
        var now = ground.Zone.Now;
        await SaveAsync(Said(1, ("cmi.core.lesson_location", "new"), ("cmi.core.lesson_status", "incomplete")) with { Device = Desk, At = now.AddMinutes(-1) });
        await SaveAsync(Said(7, ("cmi.core.lesson_location", "old"), ("cmi.core.lesson_status", "completed")) with { Device = Tablet, At = now.AddMinutes(-30) });

        var state = (await LaunchAsync()).States["one"];
        Assert.Equal(("new", "completed"), (state.Cmi["cmi.core.lesson_location"], state.Completion));
    }

    [Fact] // E2: a device whose clock is three hours fast is not therefore the newest
    public async Task A_clock_that_is_wrong_is_put_right()
    {
        await BeginAsync();
        var now = ground.Zone.Now;
        await SaveAsync(now.AddHours(3), Said(1, ("cmi.core.lesson_location", "of the fast clock")) with { Device = Tablet, At = now.AddHours(3).AddMinutes(-20) });
        await SaveAsync(Said(1, ("cmi.core.lesson_location", "newer")) with { Device = Desk, At = now.AddMinutes(-5) });

        Assert.Equal("newer", (await LaunchAsync()).States["one"].Cmi["cmi.core.lesson_location"]);
    }

    [Fact] // E4: each session counts once, the longest that was said of it
    public async Task Time_only_grows_and_nothing_is_added_twice()
    {
        await BeginAsync();
        var (morning, evening) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await SaveAsync(Said(1) with { Session = morning, Seconds = 60 }, Said(2) with { Session = morning, Seconds = 120 }, Said(3) with { Session = evening, Seconds = 30 });
        await SaveAsync(Said(4) with { Session = morning, Seconds = 100 });

        Assert.Equal(150, (await LaunchAsync()).States["one"].Seconds);
    }

    [Fact] // E4: a shorter commit of a page that goes away leaves the rest as it is
    public async Task A_part_of_what_was_written_leaves_the_rest()
    {
        await BeginAsync();
        await SaveAsync(Said(1, ("cmi.suspend_data", "long"), ("cmi.core.lesson_location", "3"), ("cmi.core.lesson_status", "incomplete")));
        await SaveAsync(Said(2, ("cmi.core.lesson_location", "4"), ("cmi.core.exit", "suspend")) with { Part = true, End = true });

        var state = (await LaunchAsync()).States["one"];
        Assert.Equal(("long", "4", "suspend", "incomplete"), (state.Cmi["cmi.suspend_data"], state.Cmi["cmi.core.lesson_location"], state.Exit, state.Completion));
    }

    [Fact] // E4: opening an item says nothing of it
    public async Task Opening_an_item_again_keeps_what_was_written()
    {
        await BeginAsync();
        await SaveAsync(Said(1, ("cmi.core.lesson_location", "3")) with { End = true });
        await SaveAsync(Said(2));

        var state = (await LaunchAsync()).States["one"];
        Assert.Equal(("3", "none"), (state.Cmi["cmi.core.lesson_location"], state.Exit));
    }

    [Fact] // E4: a hostile package may lie about its own attempt, in form
    public async Task What_is_no_commit_is_refused_in_words_and_the_rest_is_stored()
    {
        await BeginAsync();
        var (good, wrongItem, wrongElement) = (Said(1, ("cmi.core.lesson_location", "a\0b")), Said(2) with { Item = "of another package" }, Said(3, ("__proto__", "x")));
        var saved = await SaveAsync(wrongItem, good, wrongElement, good with { Id = Guid.Empty });

        Assert.Equal([good.Id], saved.Stored);
        Assert.Equal(["it has an element that is in no data model", "it has no id, or names no session or device", "the package has no such item"], saved.Refused.Values.Order());
        Assert.Equal("ab", (await LaunchAsync()).States["one"].Cmi["cmi.core.lesson_location"]);
    }

    [Fact] // S2
    public async Task Nobody_saves_in_or_looks_at_somebody_elses_attempt()
    {
        await BeginAsync();
        var other = await ground.Given.Person();

        Assert.IsType<SaveOutcome.NotFound>(await ground.With((SaveCommits save) => save.DoAsync(other.Id, new SentCommits(attempt, ground.Zone.Now, [Said(1)]))));
        Assert.Null(await ground.With((PackageLaunch launch) => launch.AskAsync(other.Id, attempt, Tablet, _ => "")));
    }

    [Fact] // E1
    public async Task A_withdrawn_version_is_kept_and_not_finished_and_the_next_attempt_begins_the_new_one()
    {
        await BeginAsync();
        var newer = (await PlayablePackage.ImportAsync(ground, PlayablePackage.Zip(PackageEdition.Scorm12, "A newer version", [new("one")]), course)).Package;
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.Null(await ground.With((WithdrawPackage withdraw) => withdraw.DoAsync(unit, course.Code, 1, "It is wrong.")));
        var saved = await SaveAsync(Said(1, ("cmi.core.lesson_status", "completed")));

        Assert.Equal((true, false), (saved.Withdrawn, saved.Completed));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from completions where attempt_id = '{attempt}'"));
        var actor = await ground.Given.Actor(learner);
        await ground.With((StartCourse start) => start.DoAsync(actor, course.Code));
        Assert.Equal(newer.Digest, await ground.Sql<string>($"select version from learning_attempts where person_id = '{learner.Id}' and ended_at is null"));
    }

    [Fact] // E1
    public async Task Whoever_is_in_the_middle_finishes_the_version_that_they_began()
    {
        await BeginAsync();
        await PlayablePackage.ImportAsync(ground, PlayablePackage.Zip(PackageEdition.Scorm12, "A newer version", [new("other")]), course);

        Assert.Equal(["one"], (await LaunchAsync()).Items.Select(item => item.Id));
        Assert.True((await SaveAsync(Said(1, ("cmi.core.lesson_status", "completed")) with { End = true })).Completed);
    }

    [Fact] // E2: two tabs, two devices
    public async Task Commits_at_once_take_turns_and_complete_once()
    {
        await BeginAsync();
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => SaveAsync(Said(number, ("cmi.core.lesson_status", "completed"), ("cmi.core.lesson_location", $"{number}")) with { End = true, Device = number % 2 == 0 ? Tablet : Desk })));

        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from completions where attempt_id = '{attempt}'"));
    }

    [Fact] // E2: whatever the network does to them
    public async Task Commits_of_one_device_come_to_the_same_in_any_order_and_twice()
    {
        var now = ground.Zone.Now;
        var sent = Enumerable.Range(1, 6).Select(number => Said(number, ("cmi.core.lesson_location", $"{number}"), ("cmi.core.lesson_status", number == 4 ? "completed" : "incomplete")) with { At = now.AddMinutes(number - 10), Seconds = number * 10 }).ToList();
        var come = new HashSet<(string, string, string, long)>();
        foreach (var order in Gen.Shuffle(sent.Concat(sent).ToArray()).Sample(5))
        {
            await BeginAsync();
            foreach (var batch in order.Select(one => one with { Id = Mixed(one.Id) }).Chunk(5))
            {
                await SaveAsync(batch);
            }

            var state = (await LaunchAsync()).States["one"];
            come.Add((state.Completion, state.Cmi["cmi.core.lesson_location"], state.Cmi["cmi.core.lesson_status"], state.Seconds));
        }

        Assert.Equal([("completed", "6", "incomplete", 60L)], come);
    }

    [Fact] // P5: the log's words go after a year, and nothing else of it
    public async Task The_words_of_the_log_go_after_a_year()
    {
        await BeginAsync();
        await SaveAsync(Said(1, ("cmi.comments", "something personal")));
        await ground.With((ForgetCommits forget) => forget.RunAsync());
        Assert.NotEqual("{}", await ground.Sql<string>($"select cmi::text from package_commits where attempt_id = '{attempt}'"));

        ground.Clock.Advance(TimeSpan.FromDays(370));
        Assert.True(await ground.With((ForgetCommits forget) => forget.RunAsync()) > 0);
        Assert.Equal("{}", await ground.Sql<string>($"select cmi::text from package_commits where attempt_id = '{attempt}'"));
        Assert.Equal("something personal", (await LaunchAsync()).States["one"].Cmi["cmi.comments"]);
    }

    private async Task BeginAsync(PackageEdition edition = PackageEdition.Scorm12, params WrittenItem[] items)
    {
        (course, package) = await PlayablePackage.ImportAsync(ground, edition, items.Length == 0 ? [new("one")] : items);
        learner = await ground.Given.Person(await ground.Given.Agency());
        var actor = await ground.Given.Actor(learner);
        attempt = Assert.IsType<StartOutcome.Begun>(await ground.With((StartCourse start) => start.DoAsync(actor, course.Code))).AttemptId;
    }

    private SentCommit Said(int number, params (string Element, string Value)[] cmi) =>
        new(Guid.CreateVersion7(), "one", Session, Tablet, ground.Zone.Now, number, cmi.ToDictionary(one => one.Element, one => one.Value), 0, false);

    private static readonly Guid Session = Guid.CreateVersion7();

    // The same commit of another attempt is another.
    private Guid Mixed(Guid id) => new([.. id.ToByteArray().Zip(attempt.ToByteArray(), (one, other) => (byte)(one ^ other))]);

    private Task<SaveOutcome.Saved> SaveAsync(params SentCommit[] commits) => SaveAsync(ground.Zone.Now, commits);

    private async Task<SaveOutcome.Saved> SaveAsync(DateTimeOffset now, params SentCommit[] commits) =>
        Assert.IsType<SaveOutcome.Saved>(await ground.With((SaveCommits save) => save.DoAsync(learner.Id, new SentCommits(attempt, now, commits))));

    private async Task<LaunchAnswer> LaunchAsync() => (await ground.With((PackageLaunch launch) => launch.AskAsync(learner.Id, attempt, Tablet, _ => "")))!;
}
