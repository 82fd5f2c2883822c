using Learning.Figures;
using Learning.Figures.Builds;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>The report builder in a browser: what is typed is counted beside it, a mistake is beside its field, and what is kept is counted while the page shows how far it is.</summary>
public sealed class BuilderJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-builder-");
    private WebsiteUnderTest site = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2025-05-15 09:00");
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ReportFiles(folder.FullName)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact] // F1, F5, F7
    public async Task A_report_is_built_while_its_numbers_are_seen()
    {
        var course = await HappenedAsync();
        var unit = await ground.Given.Person(given: "Wanda", family: "Obi");
        await ground.Given.Role(unit, Role.BusinessUnit);
        var page = await chromium.SignedInAsync(site, unit);
        await page.GotoAsync("/reports");
        await page.LooksRightAsync();
        await page.GotoAsync("/reports/new");
        await page.GetByLabel("Title", new() { Exact = true }).First.FillAsync("Training, 2024 to 2025");
        await page.GetByLabel("Short name").FillAsync("2024-25");
        await page.GetByLabel("Period", new() { Exact = true }).SelectOptionAsync("2024-04-01/2025-04-01");
        await page.Locator("#Input_Figures_0_Title").FillAsync("People trained");
        await page.GetByLabel("What it counts").SelectOptionAsync("people");
        await page.GetByLabel("The sentence to quote (optional)").FillAsync("{phrase} people have now been trained.");
        await Assertions.Expect(page.Locator("[data-preview]")).ToContainTextAsync("7 people have now been trained.");
        await page.GetByText("Limit it").ClickAsync();
        await page.GetByLabel("Programmes, by code").FillAsync("NOWHERE");
        await Assertions.Expect(page.Locator("[data-preview]")).ToContainTextAsync("There is no programme 'NOWHERE'");
        await page.PressAsync("Keep this report as a draft");
        await Assertions.Expect(page.Locator("#Input_Figures_0_Programmes-error")).ToContainTextAsync("There is no programme");
        await page.LooksRightAsync();
        await page.GetByLabel("Programmes, by code").FillAsync("");
        await page.GetByLabel("Courses, by code", new() { Exact = true }).FillAsync(course);
        await Assertions.Expect(page.Locator("[data-preview]")).ToContainTextAsync("7 people have now been trained.");
        await page.LooksRightAsync();
        await page.PressAsync("Keep this report as a draft");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Training, 2024 to 2025");

        await page.PressAsync("Count now");
        await Assertions.Expect(page.Locator("[data-refresh]")).ToContainTextAsync("The figures are being counted");
        await page.LooksRightAsync();
        await using (var scope = site.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RunBuilds>().RunAsync();
        }

        // The page asks again by itself.
        await Assertions.Expect(page.Locator("blockquote").First).ToHaveTextAsync("7 people have now been trained.");
        await page.LooksRightAsync();
        await page.GotoAsync("/reports/builds");
        await page.LooksRightAsync();
        await page.GotoAsync("/reports/2024-25/edit");
        await Assertions.Expect(page.Locator("[data-preview]")).ToContainTextAsync("7 people have now been trained.");
        await page.LooksRightAsync();
        await page.GotoAsync("/reports/ready");
        await page.LooksRightAsync();
    }

    private async Task<string> HappenedAsync()
    {
        var course = await ground.Given.Course(title: "Graded Care Profile 2");
        var session = await ground.Given.Session(course, 16, "2024-06-05 09:30 to 16:00");
        for (var i = 0; i < 7; i++)
        {
            await ground.Sql($"insert into marks (id, part_id, session_id, person_id, mark, workforce, marked_at, recorded_at) select gen_random_uuid(), p.id, s.id, '{(await ground.Given.Person()).Id}', 'attended', 'children', s.ends_at, s.ends_at from sessions s join session_parts p on p.session_id = s.id where s.id = '{session.Id}'");
        }

        await ground.Sql($"insert into register_events (session_id, event, recorded_at) select id, 'signed', ends_at from sessions where id = '{session.Id}'");
        return course.Code;
    }
}
