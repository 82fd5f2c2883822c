using System.Text;

using Learning.Tests.Attendance.Meetings;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A meeting's report, the signed sheet, the second person's check and the queue of the unknown: each page and state scanned once and fitting every width.</summary>
public class MeetingJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // A8, A6
    public async Task A_trainer_records_a_meeting_and_keeps_the_sheet_and_the_business_unit_says_who_the_telephone_was()
    {
        ground.Clock.Set("2024-05-15 16:00");
        var given = ground.Given;
        var agency = await given.Agency("Southend Hospital");
        var session = await given.Session(await given.Course(title: "Safeguarding children, level 3 refresher"), 20, "2024-05-15 09:30 to 12:30");
        var (trainer, second) = (await given.Person(agency, "joe.trainer@hospital.example", "Joe", "Trainer"), await given.Person(agency, given: "Kim", family: "Rowe"));
        await given.Trainer(session, trainer);
        await given.Trainer(session, second);
        var start = new DateTime(2024, 5, 15, 9, 30, 0);
        var said = new List<Came> { new("Joe Trainer (Host)", "joe.trainer@hospital.example", (start.AddMinutes(-15), start.AddMinutes(180))) };
        foreach (var (name, family, end) in new[] { ("Amara", "Osei", 180), ("Ben", "Brown", 95), ("Carys", "Cole-Featherstonehaugh", 180), ("Dev", "Das", 175), ("Ewa", "Nowak", 180) })
        {
            var person = await given.Person(agency, $"{name.ToLowerInvariant()}@hospital.example", name, family);
            await given.Booking(session, person, agency: agency);
            said.Add(name is "Dev" or "Ewa" ? new Came($"{family}, {name}", null, (start, start.AddMinutes(end))) : new Came($"{name} {family}", $"{name.ToLowerInvariant()}@hospital.example", (start, start.AddMinutes(60)), (start.AddMinutes(62), start.AddMinutes(end))));
        }

        await given.Booking(session, await given.Person(agency, given: "Noor", family: "Haddad"), agency: agency);
        await given.Person(agency, "wren@hospital.example", "Wren", "Vickers");
        said.AddRange([new("iPhone", null, (start.AddMinutes(3), start.AddMinutes(170))), new("Wren V.", "wren@hospital.example", (start, start.AddMinutes(180))), new("Sam Guest", "sam@elsewhere.example", (start, start.AddMinutes(60)))]);
        var report = WrittenReports.Forms["Teams, sections, UTF-16, tabs, US"].Write(said).Content;

        var page = await chromium.SignedInAsync(await ground.SiteAsync(), trainer, 820);
        await page.GotoAsync($"/register/{session.Ref}");
        await page.FollowAsync("Report of Teams, Zoom or Meet");
        await page.PressAsync("Look at it");
        await page.LooksRightAsync();
        await page.GetByLabel("The report").SetInputFilesAsync(new FilePayload { Name = "report.csv", MimeType = "text/csv", Buffer = report });
        await page.PressAsync("Look at it");
        await page.ReachAsync("/meeting/.+");
        await page.LooksRightAsync();
        await page.GetByLabel("All 2 are who they seem to be").CheckAsync();
        await page.PressAsync("Record it");
        await Assertions.Expect(page.GetByText("2 people wait for the business unit")).ToBeVisibleAsync();
        await page.LooksRightAsync();

        var picture = await page.ScreenshotAsync();
        await page.GotoAsync($"/register/{session.Ref}/sheets");
        await page.GetByLabel("Photograph or scan").SetInputFilesAsync(new FilePayload { Name = "sheet.png", MimeType = "image/png", Buffer = picture });
        await page.PressAsync("Keep it");
        await Assertions.Expect(page.GetByAltText("Signed sheet 1")).ToBeVisibleAsync();
        Assert.True(await page.GetByAltText("Signed sheet 1").EvaluateAsync<int>("async picture => { await picture.decode(); return picture.naturalWidth; }") > 0);
        await page.LooksRightAsync();

        await ground.OwnerSql("insert into installation (name, value) values ('typed-registers-by-two', 'yes')");
        await page.GotoAsync($"/register/{session.Ref}/typed");
        await page.GetByLabel("Noor Haddad").FillAsync("a");
        await page.PressAsync("Save what is typed");
        await page.ReachAsync($"/register/{session.Ref}$");
        var other = await chromium.SignedInAsync(await ground.SiteAsync(), second, 820);
        await other.GotoAsync($"/register/{session.Ref}/check");
        await other.LooksRightAsync();
        await other.PressAsync("They are as on the sheet");
        await other.ReachAsync($"/register/{session.Ref}$");
        await ground.OwnerSql("delete from installation where name = 'typed-registers-by-two'");

        var unit = await chromium.SignedInAsync(await ground.SiteAsync(), await given.Unit());
        await unit.GotoAsync("/manage/matches");
        await unit.LooksRightAsync();
        await unit.FollowAsync("iPhone");
        await unit.GetByLabel("Name").First.FillAsync("Haddad");
        await unit.PressAsync("Find");
        await unit.LooksRightAsync();
    }
}
