using Learning.Catalogue;
using Learning.ELearning;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A practitioner takes the first course on a phone, and every kind of page on the way is scanned once.</summary>
public class ELearningJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private static readonly CourseText Sieb = ReadCourse.From(new ContentFolder(Path.Combine(AppContext.BaseDirectory, "content")).Find("SIEB")!);

    [Fact]
    public async Task A_practitioner_completes_the_first_course_on_a_phone()
    {
        var page = await SignedInAsync(width: 360);
        await page.GotoAsync("/learn/SIEB");
        await page.LooksRightAsync();
        await ToAsync(page, "kinds-of-harm");
        await page.GetByText("Support and contacts").ClickAsync();
        Assert.True(await page.GetByText("NSPCC helpline").IsVisibleAsync());
        await page.LooksRightAsync();

        await ToAsync(page, "secret");
        await page.LooksRightAsync();
        await page.GetByLabel("Secrets are tricky!").CheckAsync();
        await page.PressAsync("Check answer");
        Assert.True(await page.GetByText("What happens").IsVisibleAsync());
        await page.LooksRightAsync();
        await ToAsync(page, "ending");
        await page.LooksRightAsync();

        await ToAsync(page, "quiz");
        await page.PressAsync("Check answer");
        Assert.True(await page.GetByRole(AriaRole.Alert).IsVisibleAsync());
        await page.LooksRightAsync();
        await page.GetByLabel(Option(await QuestionAsync(page), right: false), new() { Exact = true }).CheckAsync();
        await page.LooksRightAsync();
        await page.PressAsync("Check answer");
        await page.LooksRightAsync();
        await page.PressAsync("Next");
        await AnswerAsync(page, right: false);
        await page.PressAsync("Finish");
        await page.LooksRightAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await AnswerAsync(page, right: true);
        await page.PressAsync("Finish");
        Assert.True(await page.GetByText("You have completed").IsVisibleAsync());
        await page.LooksRightAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_to_choose_check_and_go_on()
    {
        var page = await SignedInAsync(width: 1366);
        await page.GotoAsync("/learn/SIEB");
        await ToAsync(page, "secret");

        await page.GetByLabel("Of course. You can tell me anything").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.ReachAsync("#feedback$");
        Assert.True(await page.GetByText(Sieb.Case!.Decisions[0].Options[1].Effect).IsVisibleAsync());
    }

    private async Task<IPage> SignedInAsync(int width)
    {
        if (await ground.Sql<long>("select count(*) from courses where code = 'SIEB'") == 0)
        {
            await ground.Given.Course(CourseKind.ELearning, code: "SIEB", title: Sieb.Head.Title);
        }

        var person = await ground.Given.Person(await ground.Given.Agency(), given: "Amara", family: "Osei");
        var site = await ground.SiteAsync();
        var (email, password) = await site.AccountAsync(person.Id);
        var page = await chromium.WindowAsync(site, width, 800);
        await page.SignInAsync(email, password);
        return page;
    }

    private static async Task ToAsync(IPage page, string name)
    {
        while (!page.Url.Contains($"page={name}", StringComparison.Ordinal))
        {
            await page.PressAsync("Next");
        }
    }

    private static async Task<Question> QuestionAsync(IPage page)
    {
        var text = (await page.Locator("legend").InnerTextAsync()).Trim();
        return Sieb.Quiz!.Questions.Single(question => question.Text == text);
    }

    private static string Option(Question question, bool right) => question.Options.First(option => option.Right == right).Text;

    private static async Task AnswerAsync(IPage page, bool right)
    {
        while (true)
        {
            await page.GetByLabel(Option(await QuestionAsync(page), right), new() { Exact = true }).CheckAsync();
            await page.PressAsync("Check answer");
            if (!await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).IsVisibleAsync())
            {
                return;
            }

            await page.PressAsync("Next");
        }
    }
}
