using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>How few presses the commonest things take, by the pages alone: a place, a place passed on, five colleagues booked.</summary>
public class PressesJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private Given Given => ground.Given;

    [Theory] // B2: three presses, with and without JavaScript
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_telephone_from_the_home_page_to_a_confirmed_place_in_three_presses(bool javaScript)
    {
        var course = await Given.Course(title: $"Graded Care Profile {(javaScript ? 2 : 3)}");
        var session = await Given.Session(course, 4);
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), await Given.Person(), 360, javaScript);
        await page.GotoAsync("/");

        await page.GetByRole(AriaRole.Region, new() { Name = "Next sessions" }).GetByRole(AriaRole.Link, new() { Name = course.Title, Exact = true }).ClickAsync();
        await page.PressAsync("Book a place");
        await page.PressAsync("Book a place");

        await page.GetByRole(AriaRole.Heading, new() { Name = "You are booked", Level = 1 }).WaitForAsync();
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and state = 'confirmed'"));
    }

    [Fact] // B11
    public async Task A_place_is_passed_to_a_colleague_in_three_presses()
    {
        var agency = await Given.Agency();
        var (amara, joe) = (await Given.Person(agency, given: "Amara", family: "Osei"), await Given.Person(agency, given: "Joe", family: "Mwangi"));
        await Given.Person(agency, given: "Noor", family: "Haddad");
        await Given.Person(await Given.Agency(), given: "Joe", family: "Elsewhere");
        var course = await Given.Course(title: "Safeguarding supervision");
        var session = await Given.Session(course, 1);
        var booking = await Given.Booking(session, amara);
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), amara, 360);
        await page.GotoAsync($"/my/bookings/{booking.Id}");

        await page.FollowAsync("Give my place to a colleague");
        await page.GetByLabel("Colleague’s name, or part of it").FillAsync("joe");
        await page.LooksRightAsync();
        await page.PressAsync("Find colleagues");
        await page.LooksRightAsync();
        Assert.Equal(0, await page.GetByText("Joe Elsewhere").CountAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Joe Mwangi" }).ClickAsync();

        await page.GetByText("Joe Mwangi").First.WaitForAsync();
        await page.LooksRightAsync();
        Assert.Equal(joe.Id, await ground.Sql<Guid>($"select person_id from bookings where session_id = '{session.Id}' and state = 'confirmed'"));
    }

    [Fact] // B10
    public async Task A_lead_books_five_colleagues_in_one_form_with_the_needs_of_each()
    {
        var agency = await Given.Agency();
        var lead = await Given.Person(agency);
        await Given.Role(lead, Role.AgencyLead, agency);
        string[] names = ["Amara", "Ben", "Carys", "Dev", "Esi"];
        foreach (var name in names)
        {
            await Given.Person(agency, given: name, family: "Okafor");
        }

        var session = await Given.Session(await Given.Course(title: "Neglect: seeing it early"), 4);
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), lead, 820, javaScript: false);
        await page.GotoAsync($"/sessions/{session.Ref}");
        await page.FollowAsync("Book for several people of my agency");
        await page.LooksRightAsync(script: false);
        foreach (var name in names)
        {
            await page.GetByLabel($"{name} Okafor", new() { Exact = true }).CheckAsync();
        }

        await page.PressAsync("Next: what they need");
        await page.LooksRightAsync(script: false);
        await page.GetByLabel("What Carys Okafor needs (optional)").FillAsync("Step-free access");
        await page.GetByLabel("All of them, or nobody").CheckAsync();
        await page.PressAsync("Book for 5 people");
        await page.GetByText("There are places for 4 of them only").First.WaitForAsync();
        Assert.Equal("Step-free access", await page.GetByLabel("What Carys Okafor needs (optional)").InputValueAsync());
        await page.LooksRightAsync(script: false);
        await page.GetByLabel("As many as fit", new() { Exact = true }).CheckAsync();
        await page.PressAsync("Book for 5 people");
        await page.GetByRole(AriaRole.Heading, new() { Name = "4 people have a place, 1 waits" }).WaitForAsync();
        await page.LooksRightAsync(script: false);

        var looks = await chromium.SignedInAsync(await ground.SiteAsync(), lead, 360);
        foreach (var part in new[] { "", "/people?who=" + lead.Id, "/done?who=" + lead.Id })
        {
            await looks.GotoAsync($"/agency/book/{session.Ref}{part}");
            await looks.LooksRightAsync();
        }
    }
}
