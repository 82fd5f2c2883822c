using System.Text;

using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>What an agency returns, from its lead's form and file to the table of the subgroup: each page and each state of it scanned once and fitting every width.</summary>
public sealed class ReturnsJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // F2, F3, C2, T4
    public async Task A_lead_returns_by_form_and_by_file_and_the_subgroup_reads_the_table()
    {
        ground.Clock.Set("2024-10-10 09:00");
        var council = await ground.Given.Agency("Southend-on-Sea City Council");
        var (department, _) = (await ground.Given.Agency("Children’s Services, Early Help and Family Support", parent: council.Id), await ground.Given.Agency("Essex Example Police", "Police"));
        var (lead, reader) = (await ground.Given.Person(council, given: "Leah", family: "Marsh"), await ground.Given.Person(given: "Priya", family: "Nair"));
        await ground.Given.Role(lead, Role.AgencyLead, council);
        await ground.Given.Role(reader, Role.SubgroupMember);
        var site = await ground.SiteAsync();
        var page = await chromium.SignedInAsync(site, lead, 820);
        await page.GotoAsync("/agency");
        await page.FollowAsync("Training returns");
        await page.ReachAsync("/agency/returns$");
        await page.LooksRightAsync();

        // Wrong, each beside its field, and nothing that was typed is gone.
        await page.GetByLabel("Agency or part of it").SelectOptionAsync(council.Id.ToString());
        await page.GetByLabel("Counted on").FillAsync("2024-10-30");
        await Line(page, 2, "120", "121");
        await page.PressAsync("Record the return");
        await Assertions.Expect(page.Locator("#Input_On-error")).ToContainTextAsync("still to come");
        await Assertions.Expect(page.Locator("#Input_Lines_2_Valid-error")).ToContainTextAsync("121 people cannot hold valid training where 120 are in scope");
        await Assertions.Expect(page.Locator("#Input_Lines_2_InScope")).ToHaveValueAsync("120");
        await page.LooksRightAsync();

        // Right, and corrected.
        await page.GetByLabel("Counted on").FillAsync("2024-06-30");
        await Line(page, 2, "120", "111");
        await page.PressAsync("Record the return");
        await Assertions.Expect(page.Locator(".app-outcome")).ToContainTextAsync("Recorded");
        await page.GetByLabel("Agency or part of it").SelectOptionAsync(council.Id.ToString());
        await page.GetByLabel("Counted on").FillAsync("2024-06-30");
        await Line(page, 2, "120", "114");
        await page.PressAsync("Record the return");
        await Assertions.Expect(page.Locator("table:has(#returns)")).ToContainTextAsync("corrected 1 time");

        // A file: with two mistakes nothing of it, then all of it.
        await SendAsync(page, $"agency,level,date,in_scope,valid\n{department.Code},3,2024-09-30,40,38\n{department.Code},9,2024-09-30,4,4\nNOBODY,3,2024-09-30,4,4\n");
        await Assertions.Expect(page.GetByText("Nothing was recorded.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("There is no level “9”");
        await page.LooksRightAsync();
        await SendAsync(page, $"agency,level,date,in_scope,valid\n{department.Code},3,2024-09-30,40,38\n{department.Code},2,2024-09-30,4,3\n");
        await Assertions.Expect(page.Locator("table:has(#returns)")).ToContainTextAsync("by file");
        await page.LooksRightAsync();

        page = await chromium.SignedInAsync(site, reader);
        await page.GotoAsync("/insight/returns?year=2024-25");
        await Assertions.Expect(page.Locator("table:has(#matrix)")).ToContainTextAsync("114 of 120");
        await Assertions.Expect(page.Locator("table:has(#not-returned)")).ToContainTextAsync("Essex Example Police");
        await page.LooksRightAsync();

        // Taken back: not known again, never 0%.
        var again = await chromium.SignedInAsync(site, lead, 360);
        await again.GotoAsync("/agency/returns");
        await again.GetByRole(AriaRole.Button, new() { Name = "Take back the return for Level 3 of 30 June 2024", Exact = false }).ClickAsync();
        await Assertions.Expect(again.Locator(".app-outcome")).ToContainTextAsync("Taken back");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("table:has(#matrix)")).Not.ToContainTextAsync("114 of 120");
    }

    private static async Task Line(IPage page, int level, string inScope, string valid)
    {
        await page.Locator($"#Input_Lines_{level}_InScope").FillAsync(inScope);
        await page.Locator($"#Input_Lines_{level}_Valid").FillAsync(valid);
    }

    private static async Task SendAsync(IPage page, string csv)
    {
        await page.GetByLabel("Returns as CSV").SetInputFilesAsync(new FilePayload { Name = "returns.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.PressAsync("Send the file");
        await page.LoadedAsync();
    }
}
