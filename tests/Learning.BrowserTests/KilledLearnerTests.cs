using Learning.Catalogue;
using Learning.ELearning;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A learner's browser dies and their network goes, in the middle of a course and of a quiz: at most the answer that was being given is lost.</summary>
public class KilledLearnerTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly CourseText Sieb = ReadCourse.From(new ContentFolder(Path.Combine(AppContext.BaseDirectory, "content")).Find("SIEB")!);

    private string email = "", password = "";

    [Fact] // E2, E3
    public async Task A_killed_browser_and_a_lost_network_lose_the_answer_that_was_being_given_and_the_completion_is_one()
    {
        await ground.Given.Course(CourseKind.ELearning, code: "SIEB", title: Sieb.Head.Title);
        var person = await ground.Given.Person(await ground.Given.Agency());
        var site = await ground.SiteAsync();
        (email, password) = await site.AccountAsync(person.Id);
        var folder = Directory.CreateTempSubdirectory("learning-learner-");
        using var playwright = await Playwright.CreateAsync();
        try
        {
            // The browser dies in the middle of a page.
            var page = await OpenAsync(playwright, folder, site);
            await page.GotoAsync("/learn/SIEB");
            await page.PressAsync("Next");
            await page.ReachAsync("the-difference");
            await page.Locator("input[name='Input.Chosen']").First.CheckAsync();
            Kill(folder);
            page = await OpenAsync(playwright, folder, site);
            await page.GotoAsync("/learn/SIEB");
            Assert.Equal("Children and adults, the difference", await page.HeadingAsync());
            Assert.Equal(0, await page.Locator("input[name='Input.Chosen']:checked").CountAsync());

            // And in the middle of the third answer.
            while (!page.Url.Contains("page=quiz", StringComparison.Ordinal))
            {
                await page.PressAsync("Next");
                await page.LoadedAsync();
            }

            await AnswerAsync(page);
            await AnswerAsync(page);
            await page.GetByLabel(await RightAsync(page), new() { Exact = true }).CheckAsync();
            Kill(folder);
            page = await OpenAsync(playwright, folder, site);
            await page.GotoAsync("/learn/SIEB");
            await Assertions.Expect(page.GetByText("Question 3 of 12")).ToBeVisibleAsync();
            Assert.Equal(2, await AnswersAsync(person.Id));

            // The network goes before the answer is sent.
            var here = page.Url;
            await page.Context.SetOfflineAsync(true);
            await page.GetByLabel(await RightAsync(page), new() { Exact = true }).CheckAsync();
            await page.PressAsync("Check answer");
            await BrokenAsync(page);
            await page.Context.SetOfflineAsync(false);
            await page.GotoAsync(here);
            await Assertions.Expect(page.GetByText("Question 3 of 12")).ToBeVisibleAsync();
            Assert.Equal(2, await AnswersAsync(person.Id));

            // It goes after the server has taken the answer, and the reader presses again.
            await LoseTheNextAnswerAsync(page);
            await page.GetByLabel(await RightAsync(page), new() { Exact = true }).CheckAsync();
            await page.PressAsync("Check answer");
            await BrokenAsync(page);
            Assert.Equal(3, await AnswersAsync(person.Id));
            await page.GotoAsync(here);
            await page.GotoAsync("/learn/SIEB?page=quiz&try=1&question=3");
            await Assertions.Expect(page.GetByText("Your answer is right")).ToBeVisibleAsync();
            Assert.Equal(3, await AnswersAsync(person.Id));

            // The same with Finish.
            await page.PressAsync("Next");
            while (await AnswersAsync(person.Id) < Sieb.Quiz!.AskedATry)
            {
                await AnswerAsync(page);
            }

            await page.GotoAsync("/learn/SIEB?page=quiz&try=1&question=12");
            await LoseTheNextAnswerAsync(page);
            await page.PressAsync("Finish");
            await BrokenAsync(page);
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from completions where person_id = '{person.Id}'"));
            await page.GotoAsync("/learn/SIEB");
            await Assertions.Expect(page.GetByText("You have completed")).ToBeVisibleAsync();
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from completions where person_id = '{person.Id}'"));
            await page.Context.CloseAsync();
        }
        finally
        {
            Kill(folder);
            folder.Delete(recursive: true);
        }
    }

    // The server has it; what it says does not arrive.
    private static async Task LoseTheNextAnswerAsync(IPage page) => await page.RouteAsync("**/learn/**", async route =>
    {
        if (route.Request.Method == "POST")
        {
            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync();
        }
        else
        {
            await route.ContinueAsync();
        }
    }, new() { Times = 1 });

    private async Task<IPage> OpenAsync(IPlaywright playwright, DirectoryInfo folder, WebsiteUnderTest site)
    {
        var context = await playwright.Chromium.LaunchPersistentContextAsync(folder.FullName, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Chromium.File, Args = Chromium.Arguments, BaseURL = site.Address.ToString(), Locale = "en-GB", ViewportSize = new ViewportSize { Width = 360, Height = 740 },
        });
        context.SetDefaultTimeout(Windows.Patience);
        Assertions.SetDefaultExpectTimeout(Windows.Patience);
        var page = context.Pages.Count > 0 ? context.Pages[0] : await context.NewPageAsync();
        // A browser that died may have forgotten who is signed in.
        await page.GotoAsync("/my");
        if (page.Url.Contains("sign-in", StringComparison.Ordinal))
        {
            await page.SignInAsync(email, password);
        }

        return page;
    }

    private static void Kill(DirectoryInfo folder) => Tablet.KilledBrowserTests.Kill(folder);

    private static async Task<string> RightAsync(IPage page)
    {
        var text = (await page.Locator("legend").InnerTextAsync()).Trim();
        return Sieb.Quiz!.Questions.Single(question => question.Text == text).Options.First(option => option.Right).Text;
    }

    private static async Task AnswerAsync(IPage page)
    {
        await page.GetByLabel(await RightAsync(page), new() { Exact = true }).CheckAsync();
        await page.PressAsync("Check answer");
        await page.ReachAsync("#feedback$");
        if (await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).CountAsync() > 0)
        {
            await page.PressAsync("Next");
            await page.ReachAsync("question=\\d+$");
        }
    }

    private Task<long> AnswersAsync(Guid person) => ground.Sql<long>($"select count(*) from quiz_answers q join learning_attempts t on t.id = q.attempt_id where t.person_id = '{person}'");

    // The browser shows its own page where the answer would be.
    private static Task BrokenAsync(IPage page) => Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("^chrome-error:"));
}
