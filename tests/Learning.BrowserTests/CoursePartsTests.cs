using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A page with everything that a page can have, as a learner sees it and as an author writes it, at every width, scanned.</summary>
public sealed class CoursePartsTests : IClassFixture<Ground>, IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly Ground ground;
    private readonly Chromium chromium;
    private readonly string folder = Directory.CreateTempSubdirectory("learning-parts-").FullName;
    private WebsiteUnderTest site = null!;

    public CoursePartsTests(Ground ground, Chromium chromium) => (this.ground, this.chromium) = (ground, chromium);

    public async Task InitializeAsync()
    {
        foreach (var part in new[] { "courses/parts/pages", "courses/parts/pictures", "courses/parts/videos", "programme" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        Write("programme/local.yaml", "illustrative: true\n");
        Write("programme/support.yaml", "line: You can stop.\ndanger: Call 999.\nleave_to: https://weather.example/\n");
        Write("courses/parts/course.yaml", "code: PARTS\ntitle: Asking safely\nsummary: S.\ndescription: D.\naudience: Everyone.\nminutes: 5\nlevel: Awareness\nyou_receive: A completion.\nas_at: 2024-03-31\nreview_by: 2025-03-31\nillustrative: true\nquick_exit: true\n");
        Write("courses/parts/pictures/two-doors.svg", """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320"><rect x="60" y="40" width="180" height="260" fill="none" stroke="#15272b" stroke-width="8"/><rect x="400" y="40" width="180" height="260" fill="#e4f0ef" stroke="#0e666d" stroke-width="8"/><circle cx="220" cy="180" r="8"/></svg>""");
        Write("courses/parts/videos/visit.mp4", "");
        Write("courses/parts/videos/visit.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\nChloe: Come in.\n");
        Write("courses/parts/videos/visit.md", "Chloe opens the door and says: Come in.\n");
        Write("courses/parts/pages/01-asking.md", """
            ---
            title: Asking
            minutes: 3
            check:
              text: When do you ask?
              options:
                - {text: When they are alone, right: true, feedback: Yes. Nobody else hears the answer.}
                - {text: When both are there, feedback: Not the safest choice. One of them cannot answer.}
            reflection: Think of the last time you wondered and did not ask. What would make it easier?
            video: {title: A visit, file: videos/visit.mp4, captions: videos/visit.vtt, transcript: videos/visit.md, warning: It speaks of a parent who shouts.}
            ---
            Ask when somebody is alone, and when it is safe.

            ![Two doors: one shut, one open](pictures/two-doors.svg)

            Then listen.

            """);
        Write("courses/parts/pages/02-listening.md", "---\ntitle: Listening\nminutes: 2\n---\nListen.\n");
        Write("courses/parts/quiz.yaml", """
            title: Check what you know
            minutes: 2
            pass_mark: 60
            questions:
              - id: steps
                text: In which order do you go on?
                kind: ordering
                options:
                  - {text: Listen to what they tell you and do not interrupt, feedback: First you listen.}
                  - {text: Write it down in their own words, feedback: Then you write.}
                  - {text: Tell your safeguarding lead, feedback: Then you tell your lead.}
              - id: pairs
                text: What belongs to what?
                kind: matching
                options:
                  - {text: A child who is cold, match: Ask who wakes them and what they wear, feedback: Go through one day.}
                  - {text: An adult who says no, match: Ask again on another day, feedback: A no today need not be a no tomorrow.}
                others: [Close the case]
              - id: words
                text: Somebody is in danger now. Which number do you call?
                kind: short
                options:
                  - {text: "999", also: [nine nine nine], right: true, feedback: Yes. First the call.}
                otherwise: Not in danger. Look at the page again.

            """);
        if (await ground.Sql<long>("select count(*) from courses where code = 'PARTS'") == 0)
        {
            await ground.Given.Course(CourseKind.ELearning, code: "PARTS", title: "Asking safely");
        }

        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ContentFolder(folder)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_page_with_everything_that_a_page_can_have_looks_right_on_every_width()
    {
        var page = await LearnerAsync();
        await page.GotoAsync("/learn/PARTS");
        await page.LooksRightAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('img.app-picture').naturalWidth > 0"));
        await page.GetByLabel("When both are there").CheckAsync();
        await page.GetByRole(AriaRole.Textbox).FillAsync("A thought of mine");
        await page.PressAsync("Check answer");
        await page.ReachAsync("#feedback$");
        await page.GetByText("Transcript of the video").ClickAsync();
        await page.LooksRightAsync();
        Assert.Equal("A thought of mine", await page.GetByRole(AriaRole.Textbox).InputValueAsync());

        await page.GotoAsync("/my/notes");
        await page.LooksRightAsync();
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.GotoAsync("/learn/PARTS");
        // The colours are the browser's own, which the scanner does not know.
        await page.FitsEveryWidthAsync();
    }

    [Fact] // E3
    public async Task Each_kind_of_question_is_answered_by_the_keyboard_alone_on_a_phone_and_looks_right_before_and_after()
    {
        var page = await LearnerAsync();
        await page.GotoAsync("/learn/PARTS");
        await page.PressAsync("Next");
        await page.PressAsync("Next");
        await ChooseAsync(page, ("Listen to what they tell you and do not interrupt", "1"), ("Write it down in their own words", "2"), ("Tell your safeguarding lead", "2"));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Number 2 stands there twice or more");
        Assert.Equal("2", await page.GetByLabel("Tell your safeguarding lead").InputValueAsync());
        await page.LooksRightAsync();
        await ChooseAsync(page, ("Tell your safeguarding lead", "3"));
        await page.ReachAsync("#feedback$");
        await Assertions.Expect(page.GetByText("Your answer is right")).ToBeVisibleAsync();
        await page.LooksRightAsync();

        await page.PressAsync("Next");
        await page.LooksRightAsync();
        await ChooseAsync(page, ("A child who is cold", "Close"), ("An adult who says no", "Ask again"));
        await page.ReachAsync("#feedback$");
        await Assertions.Expect(page.Locator(".app-line b", new() { HasText = "Ask who wakes them and what they wear" })).ToBeVisibleAsync();
        await page.LooksRightAsync();

        await page.PressAsync("Next");
        await page.LooksRightAsync();
        await page.GetByLabel("Your answer").FocusAsync();
        await page.Keyboard.TypeAsync(" Nine-nine-NINE.");
        await page.Keyboard.PressAsync("Enter");
        await page.ReachAsync("#feedback$");
        await Assertions.Expect(page.GetByText("Your answer is right")).ToBeVisibleAsync();
        await page.LooksRightAsync();
        await page.PressAsync("Finish");
        await Assertions.Expect(page.GetByText("You have completed")).ToBeVisibleAsync();
        await page.GotoAsync("/learn/PARTS?page=quiz&try=1");
        await page.LooksRightAsync();
    }

    // By typing the beginning of what is meant, then Tab to the button and Enter.
    private static async Task ChooseAsync(IPage page, params (string Line, string Typed)[] lines)
    {
        foreach (var (line, typed) in lines)
        {
            await page.GetByLabel(line).FocusAsync();
            await page.Keyboard.TypeAsync(typed);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Check answer", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    [Fact]
    public async Task Shift_three_times_leaves_and_Back_does_not_lead_to_the_course_again()
    {
        var page = await LearnerAsync();
        await page.Context.RouteAsync("https://weather.example/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>Rain</h1>" }));
        await page.GotoAsync("/my");
        await page.GotoAsync("/learn/PARTS");
        for (var press = 0; press < 3; press++)
        {
            await page.Keyboard.PressAsync("Shift");
        }

        await page.ReachAsync("weather.example");
        await page.GoBackAsync();
        Assert.EndsWith("/my", page.Url);
    }

    [Fact]
    public async Task An_author_sees_the_preview_and_the_linter_while_typing_compares_and_publishes()
    {
        var page = await chromium.SignedInAsync(site, await ground.Given.Unit(), 1366);
        await page.GotoAsync("/manage/courses/PARTS/write?file=pages/02-listening.md");
        await page.LooksRightAsync();
        await page.GetByLabel("pages/02-listening.md").FillAsync("---\ntitle: Listening\nminutes: 0\n---\nListen **well**.\n");
        await Assertions.Expect(page.Locator("#linted")).ToContainTextAsync("pages/02-listening.md:2: has no title or no minutes");
        await Assertions.Expect(page.Locator("#preview strong")).ToHaveTextAsync("well");
        await page.GetByLabel("pages/02-listening.md").FillAsync("---\ntitle: Listening\nminutes: 2\n---\nListen **well**.\n");
        await Assertions.Expect(page.Locator("#linted")).ToContainTextAsync("Nothing is wrong in this file");
        await page.PressAsync("Save the draft");
        await page.ReachAsync("done=saved");

        await page.GotoAsync("/manage/courses/PARTS/versions");
        await page.LooksRightAsync();
        await page.GetByLabel("What changed").FillAsync("Listening, well");
        await page.PressAsync("Publish");
        await page.ReachAsync("done=published");
        await page.LooksRightAsync();
        await page.GotoAsync("/manage/courses/PARTS/sign-off");
        await page.LooksRightAsync();
    }

    private async Task<IPage> LearnerAsync() => await chromium.SignedInAsync(site, await ground.Given.Person(await ground.Given.Agency(), given: "Amara", family: "Osei"), 360);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text.ReplaceLineEndings("\n"));
}
