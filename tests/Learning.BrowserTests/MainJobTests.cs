using System.Text.RegularExpressions;

using Learning.Catalogue;
using Learning.Figures;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>The main job, as four people: somebody books and is reminded, the trainer marks and signs, the figure rises by one, and the business unit follows it back to the register.</summary>
public sealed partial class MainJobTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly string reports = Directory.CreateTempSubdirectory("learning-reports-").FullName;
    private Person practitioner = null!, trainer = null!, chair = null!, unit = null!;
    private Session session = null!;
    private WebsiteUnderTest site = null!;

    [Fact] // B1, M4, A1, A6, F9
    public async Task From_a_booking_to_the_figure_and_back_to_the_register()
    {
        Assert.Contains("0 people", await FigureAsync());

        await BookAsync();
        await IsRemindedAsync();
        await MarkAndSignAsync();

        Assert.Contains("1 person", await FigureAsync());
        await FollowToTheRegisterAsync();
    }

    // From the home page to "booked" in three presses, on a phone.
    private async Task BookAsync()
    {
        var page = await As(practitioner, width: 360);
        await page.GotoAsync("/");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "The journey" }).First.ClickAsync();
        await page.GotoAsync($"/sessions/{session.Ref}");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Book a place" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "Book a place" })).First.ClickAsync();
        await page.ReachAsync("/book$");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book a place" }).ClickAsync();
        await page.ReachAsync("(?<!/book)$");
        await page.LooksRightAsync();
        await page.GotoAsync("/my");
        Assert.Contains("The journey", await page.Locator("main").InnerTextAsync());
        await page.LooksRightAsync();
    }

    private async Task IsRemindedAsync()
    {
        await using var post = new PostRoom(ground);
        await post.SendAsync();
        ground.Clock.Set("2024-05-16 09:00");
        await ground.With((QueueReminders queue) => queue.RunAsync());
        await ground.With((QueueReminders queue) => queue.RunAsync());
        await post.SendAsync();
        Assert.Equal(2, post.Sink.Mails.Count);

        var page = await As(unit);
        await page.GotoAsync("/manage/messages");
        Assert.Equal(2, await page.Locator("a[href^='/manage/messages/']:not([href*='explain'])").CountAsync());
        await page.LooksRightAsync();
    }

    private async Task MarkAndSignAsync()
    {
        ground.Clock.Set("2024-05-23 15:50");
        var page = await As(trainer, width: 820);
        await page.GotoAsync("/register");
        await page.LooksRightAsync();
        await page.GotoAsync($"/register/{session.Ref}");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Amara Osei" }).GetByRole(AriaRole.Radio, new() { Name = "Attended", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign the register" }).ClickAsync();
        await page.GetByText("Signed by").First.WaitForAsync();
        await page.LooksRightAsync();
    }

    private async Task<string> FigureAsync()
    {
        var page = await As(chair);
        await page.GotoAsync("/reports/journey");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = CountNow() }).ClickAsync();
        await page.LoadedAsync();
        await page.LooksRightAsync();
        await page.GotoAsync("/figures/journey/journey-people");
        await page.LooksRightAsync();
        return await page.Locator("main").InnerTextAsync();
    }

    private async Task FollowToTheRegisterAsync()
    {
        var page = await As(unit);
        await page.GotoAsync("/figures/journey/journey-people");
        await page.Locator($"a[href*='/register/{session.Ref}']").First.ClickAsync();
        await page.ReachAsync($"/register/{session.Ref}");
        Assert.Contains("Amara Osei", await page.Locator("main").InnerTextAsync());
    }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(reports, "journey.yaml"), """
            report: journey
            title: The journey
            period: {from: 2024-04-01, to: 2025-04-01}
            figures:
              - id: journey-people
                title: People trained on the journey
                measure: people
                programme: JOURNEY
                by: [agency]
                phrase: exact
            """);
        var agency = await ground.Given.Agency("Children's Services");
        practitioner = await ground.Given.Person(agency, given: "Amara", family: "Osei");
        trainer = await ground.Given.Person(await ground.Given.Agency("Southend Hospital"), given: "Joe", family: "Mwangi");
        chair = await ground.Given.Person(agency, given: "Helen", family: "Achebe");
        await ground.Given.Role(chair, Role.Chair);
        unit = await ground.Given.Unit();
        var course = await ground.Given.Course(code: "JOURNEY", title: "The journey");
        await ground.Given.Programme(course, code: "JOURNEY");
        session = await ground.Given.Session(course, capacity: 20, "2024-05-23 09:30 to 16:00");
        await ground.Given.Trainer(session, trainer);
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ReportFiles(reports)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        Directory.Delete(reports, recursive: true);
    }

    [GeneratedRegex("^Count (again )?now$")]
    private static partial Regex CountNow();

    private Task<IPage> As(Person person, int width = 1366) => chromium.SignedInAsync(site, person, width);
}
