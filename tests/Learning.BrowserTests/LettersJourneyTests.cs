using Learning.Bookings;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>Letters as mail programs show them, on a phone and on a desk, and the pages about them. With PICTURES=folder it leaves a picture of each.</summary>
public sealed class LettersJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // M4
    public async Task Letters_fit_a_phone_and_a_desk_and_are_accessible()
    {
        await using var room = new PostRoom(ground);
        var agency = await ground.Given.Agency("Southend-on-Sea City Council, Children’s Services");
        var (ann, lead, unit) = (await ground.Given.Person(agency, given: "Ann", family: "Featherstonehaugh-Cholmondeley"), await ground.Given.Person(agency, given: "Leah"), await ground.Given.Unit());
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var course = await ground.Given.Course(title: "Graded Care Profile 2: measuring the quality of care of children, for practitioners of every agency");
        var (session, full) = (await ground.Given.Session(course, 20, "2024-05-23 09:30 to 16:00", "2024-05-24 09:30 to 16:00"), await ground.Given.Session(course, 0, "2024-05-28 09:30 to 16:00"));
        await ground.Sql($"update sessions set mode = 'hybrid', join_link = 'https://meet.example/a-very-long-link-that-nobody-could-type-{new string('x', 90)}' where id = '{session.Id}'");
        foreach (var one in new[] { session, full })
        {
            await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(one.Ref), await ground.Given.Actor(ann)));
        }

        await ground.Given.Booking(await ground.Given.Session(course, 20, "2024-05-08 09:30 to 16:00"), ann);
        foreach (var hour in new[] { "2024-05-15 09:00", "2024-05-20 08:00", "2024-05-22 09:00", "2024-05-23 07:30" })
        {
            ground.Clock.Set(hour);
            await ground.With((QueueReminders queue) => queue.RunAsync());
            await ground.With((QueueDigests queue) => queue.RunAsync());
            await room.SendAsync();
        }

        var letters = room.Sink.Mails.DistinctBy(mail => mail.Subject.Split(':')[0]).ToList();
        Assert.True(letters.Count >= 6, string.Join('\n', letters.Select(mail => mail.Subject)));
        var site = await ground.SiteAsync();
        var page = await chromium.WindowAsync(site);
        foreach (var (mail, number) in letters.Select((mail, number) => (mail, number)))
        {
            await page.SetContentAsync(mail.Text("text/html")!);
            foreach (var width in new[] { 360, 800 })
            {
                await page.SetViewportSizeAsync(width, 800);
                await page.FitsAsync();
                if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
                {
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"letter-{number}-{width}.png"), FullPage = true });
                }
            }

            await page.IsAccessibleAsync();
        }

        Assert.NotEqual(unit.Id, lead.Id);
    }

    [Fact] // M4
    public async Task The_pages_about_letters_and_jobs_are_accessible_and_fit()
    {
        await using var room = new PostRoom(ground);
        var (unit, session) = (await ground.Given.Unit(), await ground.Given.Session());
        var person = await ground.Given.Person(await ground.Given.Agency(), email: "page@agency.example");
        await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await ground.Given.Actor(person)));
        await room.SendAsync();
        await ground.Sql($"insert into job_runs (job, started_at, ended_at, failed, outcome, server) values ('Queue reminders', '{ground.Zone.Now.AddHours(-3):O}', '{ground.Zone.Now.AddHours(-3):O}', true, 'failed: it was not to be', 'a, process 1')");
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), unit);
        foreach (var path in new[] { "/account/messages", "/manage/letters", "/manage/jobs", "/manage/jobs/runs?job=Queue%20reminders", "/manage/messages/explain", $"/manage/messages/explain?who=page@agency.example&session={session.Ref}", $"/manage/sessions/{session.Ref}/trainers" })
        {
            await page.GotoAsync(path);
            await page.LooksRightAsync();
        }

        await page.GotoAsync("/manage/letters/booking-confirmed");
        await page.PressAsync("Preview");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Filled from a real message" }).WaitForAsync();
        await page.LooksRightAsync();
        await page.GetByLabel("Subject").FillAsync("{{nonsense}}");
        await page.PressAsync("Save as a new version");
        await page.GetByText("This letter knows no {{nonsense}}").First.WaitForAsync();
        await page.LooksRightAsync();
    }
}
