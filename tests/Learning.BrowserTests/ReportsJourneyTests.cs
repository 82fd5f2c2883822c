using Learning.Catalogue;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A report from its sentence to the public page of its figure, and the subgroup's insight: each page and each state of it scanned once and fitting every width.</summary>
public sealed class ReportsJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-reports-");
    private WebsiteUnderTest site = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-10-15 09:00");
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ReportFiles(folder.FullName)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact] // C1, F7, F8, F9: checked as it is typed, signed with what is unfinished accepted, published, drifted, restated; the subgroup's page
    public async Task A_sentence_is_checked_signed_published_and_restated()
    {
        var course = await HappenedAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "2024-h1.yaml"), $$"""
            report: 2024-h1
            title: Training, April to September 2024
            period: {from: 2024-04-01, to: 2024-10-01}
            figures:
              - {id: gcp2-people, title: Professionals trained in Graded Care Profile 2, measure: people, who: professionals, courses: [{{course.Code}}], by: [agency], phrase: over 10, sentence: "{phrase} professionals have now been trained in Graded Care Profile 2."}
              - {id: gcp2-attendances, title: Attendances at Graded Care Profile 2, measure: attendances, courses: [{{course.Code}}], by: [sector, month]}
              - {id: gcp2-filled, title: Places filled, measure: fill_rate, courses: [{{course.Code}}]}
            """);
        var (chair, subgroup) = (await PersonAsync("Helen", "Achebe", Role.Chair), await PersonAsync("Priya", "Nair", Role.SubgroupMember));
        var page = await chromium.SignedInAsync(site, chair);
        await page.GotoAsync("/reports/2024-h1");
        await page.PressAsync("Count now");
        await CountedAsync();
        await Assertions.Expect(page.Locator("blockquote").First).ToHaveTextAsync("Over 20 professionals have now been trained in Graded Care Profile 2.");

        // The sentence turns red and green as it is typed.
        await page.GotoAsync("/reports/2024-h1/claims");
        await page.GetByLabel("The figure that it is about").SelectOptionAsync("gcp2-people");
        await page.GetByLabel("The sentence").FillAsync("Over 24 professionals have been trained");
        await Assertions.Expect(page.Locator("[data-checked]")).ToHaveTextAsync("Says over 24, and it is 24");
        await page.GetByLabel("The sentence").FillAsync("Over 20 professionals have been trained");
        await Assertions.Expect(page.Locator("[data-checked]")).ToHaveTextAsync("Agrees");
        await page.GetByLabel("The figure that it is about").SelectOptionAsync("gcp2-attendances");
        await Assertions.Expect(page.Locator("[data-checked]")).ToHaveTextAsync("Counts attendances, says professionals");
        await page.PressAsync("Keep this sentence");
        await Assertions.Expect(page.Locator("#meant-table")).ToBeAttachedAsync();
        await page.LooksRightAsync();

        await page.GotoAsync("/reports/2024-h1/sign");
        await page.PressAsync("Sign as r1");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tick each that you accept");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.PressAsync("Sign as r1");
        await page.ReachAsync("/reports/2024-h1$");
        await page.GotoAsync("/reports/2024-h1/publish");
        await page.LooksRightAsync();
        await page.PressAsync("Publish r1");
        await page.ReachAsync("/reports/2024-h1$");

        var public_ = await chromium.WindowAsync(site, 360);
        await public_.GotoAsync("/figures/2024-h1/gcp2-people");
        await public_.LooksRightAsync();
        foreach (var address in new[] { "/reports/2024-h1", "/reports/2024-h1/easy-read" }) // F10
        {
            await public_.GotoAsync(address);
            await public_.LooksRightAsync();
        }

        await ground.Sql($"insert into marks (id, part_id, session_id, person_id, mark, workforce, marked_at, recorded_at) select gen_random_uuid(), p.id, s.id, '{(await ground.Given.Person()).Id}', 'attended', 'children', '2024-10-20 10:00', '2024-10-20 10:00' from sessions s join session_parts p on p.session_id = s.id where s.course_id = '{course.Id}' and s.counted_on = '2024-05-08'");
        ground.Clock.Set("2024-11-04 09:00");
        page = await chromium.SignedInAsync(site, chair);
        await page.GotoAsync("/reports/2024-h1");
        await page.PressAsync("Count again now");
        await CountedAsync();
        await Assertions.Expect(page.Locator(".app-note").First).ToContainTextAsync("it would be 25");
        await page.LooksRightAsync();
        await page.GotoAsync("/figures/2024-h1/gcp2-people");
        await page.LooksRightAsync();
        await page.GotoAsync("/reports/2024-h1/sign");
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByLabel("Why is it restated?").FillAsync("A sheet was found after the report was signed.");
        await page.LooksRightAsync();
        await page.PressAsync("Restate as r2");
        await page.ReachAsync("/reports/2024-h1$");
        await page.GotoAsync("/figures/2024-h1/gcp2-people/r1");
        await page.LooksRightAsync();

        page = await chromium.SignedInAsync(site, subgroup);
        await page.GotoAsync("/insight?period=2024-25-Q1");
        await page.LooksRightAsync();
        await page.GotoAsync("/reports");
        await page.LooksRightAsync();
    }

    private async Task CountedAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        while (await scope.ServiceProvider.GetRequiredService<Learning.Figures.Builds.RunBuilds>().RunAsync() == 0)
        {
            await Task.Delay(50);
        }
    }

    // Three sessions held and one whose register has not come back; 24 professionals and two volunteers of three agencies, one of them small; a coming session with nobody on it yet.
    private async Task<Course> HappenedAsync()
    {
        var course = await ground.Given.Course(title: "Graded Care Profile 2");
        var agencies = new[] { await ground.Given.Agency("Essex Example Police", "Police"), await ground.Given.Agency("Harbour Primary School", "Education"), await ground.Given.Agency("Bluebell Nursery", "Early years") };
        var people = new List<Person>();
        for (var i = 0; i < 26; i++)
        {
            people.Add(await ground.Given.Person());
        }

        foreach (var (day, from, count) in new[] { ("2024-05-08", 0, 12), ("2024-06-05", 8, 12), ("2024-06-19", 18, 8) })
        {
            var session = await ground.Given.Session(course, 16, $"{day} 09:30 to 16:00");
            foreach (var (person, place) in people.Skip(from).Take(count).Select((person, place) => (person, place)))
            {
                var agency = agencies[person == people[20] ? 2 : people.IndexOf(person) % 2];
                await ground.Sql($"insert into marks (id, part_id, session_id, person_id, mark, agency_id, workforce, marked_at, recorded_at) select gen_random_uuid(), p.id, s.id, '{person.Id}', 'attended', '{agency.Id}', '{(people.IndexOf(person) >= 24 ? "volunteer" : "children")}', s.ends_at, s.ends_at from sessions s join session_parts p on p.session_id = s.id where s.id = '{session.Id}'");
            }

            await ground.Sql($"insert into register_events (session_id, event, recorded_at) select id, 'signed', ends_at from sessions where id = '{session.Id}'");
        }

        await ground.Given.Session(course, 16, "2024-06-26 09:30 to 16:00");
        await ground.Given.Session(course, 20, "2024-11-20 09:30 to 16:00");
        return course;
    }

    private async Task<Person> PersonAsync(string given, string family, Role role)
    {
        var person = await ground.Given.Person(given: given, family: family);
        await ground.Given.Role(person, role);
        return person;
    }
}
