using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

using Learning.Catalogue;
using Learning.ELearning.Packages;
using Learning.People;
using Learning.Tests.ELearning.Packages.Playing;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>SCORM packages in a browser (E4): played to completion in every edition, and nothing lost by leaving, by a network or a server that goes, by a second tab or by content that takes back what it said.</summary>
public class PlayedPackagesTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private Person learner = null!;

    public static TheoryData<PackageEdition> Editions => [.. Enum.GetValues<PackageEdition>()];

    [Theory] // E4, E2
    [MemberData(nameof(Editions))]
    public async Task Values_are_there_on_return_on_another_device_and_the_course_is_completed(PackageEdition edition)
    {
        var course = await GivenAsync(edition);
        var page = await BeginAsync(course);
        var content = await ContentAsync(page, "one");
        Assert.Equal("ab-initio", await TextAsync(content, "entry"));
        await SetAsync(content, edition, "location", "page 7");
        await SetAsync(content, edition, "suspend_data", new string('x', 60_000));
        await SetAsync(content, edition, "exit", "suspend");
        await page.FollowAsync("Save and leave");
        await page.ReachAsync("/my$");

        var elsewhere = await chromium.SignedInAsync(await ground.SiteAsync(), learner, width: 820);
        await elsewhere.GotoAsync($"/learn/{course.Code}");
        content = await ContentAsync(elsewhere, "one");
        Assert.Equal("resume", await TextAsync(content, "entry"));
        Assert.Equal("page 7", await GetAsync(content, edition, "location"));
        Assert.Equal(60_000, (await GetAsync(content, edition, "suspend_data")).Length);

        await CompleteAsync(content, edition, 80);
        await elsewhere.PressAsync("Finish");
        await Assertions.Expect(elsewhere.GetByText("You have completed")).ToBeVisibleAsync();
        await Assertions.Expect(elsewhere.GetByText("with 80%")).ToBeVisibleAsync();
        Assert.Equal(1, await CompletionsAsync());
    }

    [Fact] // E4: looking at it again
    public async Task A_completed_course_is_looked_at_in_review_and_nothing_changes()
    {
        var course = await GivenAsync(PackageEdition.Scorm2004Third);
        var page = await BeginAsync(course);
        var content = await ContentAsync(page, "one");
        await SetAsync(content, PackageEdition.Scorm2004Third, "location", "the end");
        await CompleteAsync(content, PackageEdition.Scorm2004Third, 90);
        await page.PressAsync("Finish");
        await Assertions.Expect(page.GetByText("You have completed")).ToBeVisibleAsync();
        await page.LooksRightAsync();
        await page.FollowAsync("Item one");

        content = await ContentAsync(page, "one");
        Assert.Equal(("review", "the end"), (await content.EvaluateAsync<string>("get('cmi.mode')"), await GetAsync(content, PackageEdition.Scorm2004Third, "location")));
        await SetAsync(content, PackageEdition.Scorm2004Third, "location", "elsewhere");
        await content.EvaluateAsync("commit()");
        await page.FollowAsync("Leave");
        await page.ReachAsync($"/learn/{course.Code}$");
        Assert.Equal("the end", await ground.Sql<string>($"select cmi ->> 'cmi.location' from package_states s join learning_attempts a on a.id = s.attempt_id where a.person_id = '{learner.Id}' and item = 'one'"));
        Assert.Equal(1, await CompletionsAsync());
    }

    [Fact] // E4, E2: what content saves while its tab is closed
    public async Task What_content_saves_as_its_page_goes_away_is_kept()
    {
        var course = await GivenAsync(PackageEdition.Scorm12, PlayablePackage.Zip(PackageEdition.Scorm12, "Saves at last", [new("one")], page:
            "<script>addEventListener('unload', () => { set('cmi.core.lesson_location', 'said at last'); set('cmi.core.exit', 'suspend'); end(); });</script>"));
        var page = await BeginAsync(course);
        await ContentAsync(page, "one");
        await SavedAsync(page);
        await page.CloseAsync(new() { RunBeforeUnload = true });

        await EventuallyAsync("said at last", () => LocationAsync());
    }

    [Fact] // E2: the network goes for a while
    public async Task Without_a_network_it_is_kept_on_the_device_and_sent_afterwards()
    {
        var course = await GivenAsync(PackageEdition.Scorm2004Fourth);
        var page = await BeginAsync(course);
        var content = await ContentAsync(page, "one");
        await SavedAsync(page);
        await page.Context.SetOfflineAsync(true);
        await SetAsync(content, PackageEdition.Scorm2004Fourth, "location", "in the tunnel");
        await Assertions.Expect(page.GetByText("Not saved yet: no connection. It is kept on this device.")).ToBeVisibleAsync();

        // The tab is closed there, and the course opened again with the network.
        await page.CloseAsync();
        Assert.NotEqual("in the tunnel", await LocationAsync());
        await page.Context.SetOfflineAsync(false);
        page = await page.Context.NewPageAsync();
        await page.GotoAsync($"/learn/{course.Code}");
        Assert.Equal("in the tunnel", await GetAsync(await ContentAsync(page, "one"), PackageEdition.Scorm2004Fourth, "location"));
    }

    [Fact] // E2: the server goes, and comes back
    public async Task A_server_that_was_stopped_gets_what_was_said_meanwhile()
    {
        var course = await GivenAsync(PackageEdition.Scorm2004Third);
        var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock);
        var port = site.Address.Port;
        var page = await chromium.SignedInAsync(site, learner);
        await page.GotoAsync($"/learn/{course.Code}");
        await page.PressAsync("Begin");
        var content = await ContentAsync(page, "one");
        await SavedAsync(page);
        await site.DisposeAsync();
        await SetAsync(content, PackageEdition.Scorm2004Third, "location", "while it was down");
        await content.EvaluateAsync("commit()");
        await Assertions.Expect(page.GetByText("Not saved yet")).ToBeVisibleAsync();

        await using var again = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, settings: plain => plain with { Port = port });
        await EventuallyAsync("while it was down", () => LocationAsync());
        await SavedAsync(page);
    }

    [Fact] // E4: never backwards
    public async Task What_content_takes_back_stays_on_the_record()
    {
        var course = await GivenAsync(PackageEdition.Scorm12, new WrittenItem("one"), new WrittenItem("two"));
        var page = await BeginAsync(course);
        await CompleteAsync(await ContentAsync(page, "one"), PackageEdition.Scorm12, 90);
        await Assertions.Expect(page.GetByText("passed")).ToBeVisibleAsync();
        await page.PressAsync("Next");
        await ContentAsync(page, "two");
        await page.PressAsync("Item one");
        var content = await ContentAsync(page, "one");
        await content.EvaluateAsync("set('cmi.core.lesson_status', 'incomplete'); set('cmi.core.score.raw', '10'); commit()");
        await SavedAsync(page);

        await EventuallyAsync("incomplete", () => ground.Sql<string>($"select cmi ->> 'cmi.core.lesson_status' from package_states s join learning_attempts a on a.id = s.attempt_id where a.person_id = '{learner.Id}' and item = 'one'"));
        await Assertions.Expect(page.GetByText("passed")).ToBeVisibleAsync();
        Assert.Equal(90m, await ground.Sql<decimal>($"select score from package_states s join learning_attempts a on a.id = s.attempt_id where a.person_id = '{learner.Id}' and item = 'one'"));
    }

    [Fact] // E2: of two tabs the newer saves
    public async Task An_older_tab_says_that_it_saves_nothing_any_more()
    {
        var course = await GivenAsync(PackageEdition.Scorm12);
        var older = await BeginAsync(course);
        await ContentAsync(older, "one");
        var newer = await older.Context.NewPageAsync();
        await newer.GotoAsync($"/learn/{course.Code}");
        var content = await ContentAsync(newer, "one");

        await Assertions.Expect(older.GetByText("You have opened this course in another tab")).ToBeVisibleAsync();
        await SetAsync(content, PackageEdition.Scorm12, "location", "in the newer");
        await EventuallyAsync("in the newer", () => LocationAsync());
    }

    [Fact] // E4: SCORM 2004's sequencing
    public async Task Rules_of_sequencing_open_one_part_after_the_other_and_roll_up_the_course()
    {
        const string flow = "<imsss:sequencing><imsss:controlMode choice=\"true\" flow=\"true\"/></imsss:sequencing>";
        static string Objective(string id, string? before) => $"""
            <imsss:sequencing>{(before is null ? "" : "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination=\"any\"><imsss:ruleCondition referencedObjective=\"before\" operator=\"not\" condition=\"satisfied\"/><imsss:ruleCondition referencedObjective=\"before\" operator=\"not\" condition=\"objectiveStatusKnown\"/></imsss:ruleConditions><imsss:ruleAction action=\"disabled\"/></imsss:preConditionRule></imsss:sequencingRules>")}
            <imsss:objectives><imsss:primaryObjective objectiveID="own"><imsss:mapInfo targetObjectiveID="g-{id}" readSatisfiedStatus="true" readNormalizedMeasure="false" writeSatisfiedStatus="true"/></imsss:primaryObjective>
            {(before is null ? "" : $"<imsss:objective objectiveID=\"before\"><imsss:mapInfo targetObjectiveID=\"g-{before}\" readSatisfiedStatus=\"true\" writeSatisfiedStatus=\"false\"/></imsss:objective>")}</imsss:objectives>
            <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>
            """;
        var course = await GivenAsync(PackageEdition.Scorm2004Third, PlayablePackage.Zip(PackageEdition.Scorm2004Third, "In order", [new("one", Objective("one", null)), new("two", Objective("two", "one"))], flow));
        var page = await BeginAsync(course);
        var content = await ContentAsync(page, "one");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Item two" })).ToBeDisabledAsync();
        await content.EvaluateAsync("set('cmi.location', 'half')");

        // Left in the middle, and gone on with.
        await page.FollowAsync("Save and leave");
        await page.ReachAsync("/my$");
        await page.GotoAsync($"/learn/{course.Code}");
        content = await ContentAsync(page, "one");
        Assert.Equal(("resume", "half"), (await TextAsync(content, "entry"), await content.EvaluateAsync<string>("get('cmi.location')")));
        await CompleteAsync(content, PackageEdition.Scorm2004Third, 70);
        await page.PressAsync("Next");
        await CompleteAsync(await ContentAsync(page, "two"), PackageEdition.Scorm2004Third, 90);
        await page.PressAsync("Next");
        await Assertions.Expect(page.GetByText("There is nothing more to open")).ToBeVisibleAsync();
        await page.PressAsync("Finish");
        await Assertions.Expect(page.GetByText("with 80%")).ToBeVisibleAsync();
        Assert.Equal(1, await CompletionsAsync());
    }

    [Fact] // E4: content in a window of its own
    public async Task Content_that_opens_a_window_finds_the_runtime()
    {
        var course = await GivenAsync(PackageEdition.Scorm12, PlayablePackage.Zip(PackageEdition.Scorm12, "In a window", [new("one")], page: "<button onclick=\"window.open('one.html?again')\">Open</button>"));
        var page = await BeginAsync(course);
        var content = await ContentAsync(page, "one");
        var window = await page.Context.RunAndWaitForPageAsync(() => content.Locator("button").ClickAsync());
        await window.WaitForLoadStateAsync();
        await window.EvaluateAsync("set('cmi.core.lesson_location', 'said in the window'); commit()");

        await EventuallyAsync("said in the window", () => LocationAsync());
    }

    [Fact] // WCAG 2.2 AA
    public async Task The_player_is_accessible_and_fits_every_width_and_is_worked_by_keyboard()
    {
        var course = await GivenAsync(PackageEdition.Scorm12, new WrittenItem("one"), new WrittenItem("two", IsSco: false), new WrittenItem("three"));
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), learner);
        await page.GotoAsync($"/learn/{course.Code}");
        await page.LooksRightAsync();
        await page.PressAsync("Begin");
        await ContentAsync(page, "one");
        await SavedAsync(page);
        // What is inside the frame is the package's.
        var result = await page.RunAxe(new AxeRunOptions { Iframes = false });
        Assert.True(result.Violations.Length == 0, string.Join("; ", result.Violations.Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})")));
        await page.FitsEveryWidthAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Item three" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await ContentAsync(page, "three");
        await Assertions.Expect(page.Locator("[aria-current=true]")).ToHaveTextAsync("Item three");
    }

    private async Task<Course> GivenAsync(PackageEdition edition, params WrittenItem[] items) => await GivenAsync(edition, PlayablePackage.Zip(edition, "A written package", items.Length == 0 ? [new("one")] : items));

    private async Task<Course> GivenAsync(PackageEdition edition, byte[] zip)
    {
        learner = await ground.Given.Person(await ground.Given.Agency());
        var (course, package) = await PlayablePackage.ImportAsync(ground, zip);
        Assert.Equal(edition, package.Edition);
        return course;
    }

    private async Task<IPage> BeginAsync(Course course)
    {
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), learner);
        await page.GotoAsync($"/learn/{course.Code}");
        await page.PressAsync("Begin");
        return page;
    }

    // The content inside the frame inside the page, once it has begun.
    private static async Task<IFrame> ContentAsync(IPage page, string item)
    {
        var outer = page.FrameLocator("iframe.app-package__frame").FrameLocator("iframe");
        await Assertions.Expect(outer.Locator("h1")).ToHaveTextAsync(item);
        var frame = page.Frames.Last(one => one.Url.Contains($"/{item}.html", StringComparison.Ordinal));
        if (await frame.Locator("#begun").CountAsync() > 0)
        {
            await Assertions.Expect(frame.Locator("#begun")).ToHaveTextAsync("true");
        }

        return frame;
    }

    private static Task<string> TextAsync(IFrame content, string id) => content.Locator($"#{id}").InnerTextAsync();

    private static string Element(PackageEdition edition, string name) =>
        edition != PackageEdition.Scorm12 ? $"cmi.{name}" : name switch { "location" => "cmi.core.lesson_location", "exit" => "cmi.core.exit", _ => $"cmi.{name}" };

    private static async Task SetAsync(IFrame content, PackageEdition edition, string name, string value) => Assert.Equal("true", await content.EvaluateAsync<string>("([element, value]) => set(element, value)", new[] { Element(edition, name), value }));

    private static Task<string> GetAsync(IFrame content, PackageEdition edition, string name) => content.EvaluateAsync<string>("element => get(element)", Element(edition, name));

    private static async Task CompleteAsync(IFrame content, PackageEdition edition, int score) => await content.EvaluateAsync(edition == PackageEdition.Scorm12
        ? $"set('cmi.core.score.raw', '{score}'); set('cmi.core.lesson_status', 'passed'); commit()"
        : $"set('cmi.score.scaled', '{score / 100m}'); set('cmi.success_status', 'passed'); set('cmi.completion_status', 'completed'); commit()");

    private static Task SavedAsync(IPage page) => Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");

    private async Task<string> LocationAsync() =>
        await ground.Sql<object>($"select coalesce(max(coalesce(cmi ->> 'cmi.core.lesson_location', cmi ->> 'cmi.location')), '') from package_states s join learning_attempts a on a.id = s.attempt_id where a.person_id = '{learner.Id}' and item = 'one'") as string ?? "";

    private async Task<long> CompletionsAsync() => await ground.Sql<long>($"select count(*) from completions where person_id = '{learner.Id}'");

    private static async Task EventuallyAsync(string expected, Func<Task<string>> ask)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        string seen;
        while ((seen = await ask()) != expected)
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalMilliseconds < Windows.Patience, $"It is “{seen}” still, and not “{expected}”.");
            await Task.Delay(50);
        }
    }
}
