using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>
/// An authenticator app from setting it up to losing it: the owner asks, their agency's lead speaks to them and lets them back in, and they set up another. Every state on the way is scanned once and
/// fits every width.
/// </summary>
public class RecoveryJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private const string Lost = "I have lost my phone and my recovery codes";

    [Fact] // S1, P1
    public async Task An_app_is_set_up_and_asked_for_and_when_the_phone_is_lost_the_lead_lets_its_owner_back_in_to_set_up_another()
    {
        var (agency, site) = (await ground.Given.Agency("Estuary Health"), await ground.SiteAsync());
        var (person, lead) = (await ground.Given.Person(agency, given: "Noor", family: "Haddad"), await ground.Given.Person(agency, given: "Leonie", family: "Marsh"));
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var (email, password) = await site.AccountAsync(person.Id, exempt: false);

        // Set up, and asked for.
        var laptop = await chromium.WindowAsync(site);
        await laptop.SignInAsync(email, password);
        await laptop.GotoAsync(FinishSignIn.Security);
        var phone = await SetUpAsync(laptop, "Set up an authenticator app");
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = await chromium.WindowAsync(site, 360, 740);
        await other.SignInAsync(email, password);
        await other.LooksRightAsync();
        await other.GetByLabel("Code from your authenticator app").FillAsync(phone.Code(ground.Zone.Now));
        await other.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await other.ReachAsync("/my$");

        // Lost: in a browser without JavaScript, on a borrowed telephone.
        var borrowed = await chromium.WindowAsync(site, 360, 740, javaScript: false);
        await borrowed.SignInAsync(email, password);
        await borrowed.GetByRole(AriaRole.Link, new() { Name = Lost }).ClickAsync();
        await borrowed.FitsEveryWidthAsync();
        await borrowed.GetByRole(AriaRole.Button, new() { Name = "Ask to be let back in" }).ClickAsync();
        Assert.Equal("We have asked for you", await borrowed.HeadingAsync());
        await borrowed.FitsEveryWidthAsync();

        await LeadAsync(site, lead);

        // The same pages with JavaScript are what axe reads.
        var desk = await chromium.WindowAsync(site);
        await desk.SignInAsync(email, password);
        await desk.GetByRole(AriaRole.Link, new() { Name = Lost }).ClickAsync();
        Assert.Equal(Lost, await desk.HeadingAsync());
        await desk.LooksRightAsync();

        var link = await PathAsync("let-in-link");
        await desk.GotoAsync(link);
        Assert.Equal("Sign in as Noor Haddad?", await desk.HeadingAsync());
        await desk.LooksRightAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await desk.ReachAsync(FinishSignIn.Security + "$");
        await desk.GetByText("You are back in").WaitForAsync();
        await desk.LooksRightAsync();
        await laptop.GotoAsync("/my");
        Assert.Contains(SignIn.Page, laptop.Url);

        var next = await SetUpAsync(desk, "Set up another in its place");
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var home = await chromium.WindowAsync(site);
        await home.SignInAsync(email, password);
        await home.GetByLabel("Code from your authenticator app").FillAsync(phone.Code(ground.Zone.Now));
        await home.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await home.GetByText("That code is not right").First.WaitForAsync();
        await home.GetByLabel("Code from your authenticator app").FillAsync(next.Code(ground.Zone.Now));
        await home.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await home.ReachAsync("/my$");
        await home.GotoAsync(link);
        Assert.Equal("This link is good no more", await home.HeadingAsync());
        await home.LooksRightAsync();
    }

    [Fact]
    public async Task The_owner_who_did_not_ask_stops_it_from_the_mail_with_the_keyboard_alone()
    {
        var (agency, site) = (await ground.Given.Agency(), await ground.SiteAsync());
        var person = await ground.Given.Person(agency);
        var (email, password) = await site.AccountAsync(person.Id, exempt: false);
        var page = await chromium.WindowAsync(site);
        await page.SignInAsync(email, password);
        await page.GotoAsync(FinishSignIn.Security);
        await SetUpAsync(page, "Set up an authenticator app");
        var thief = await chromium.WindowAsync(site);
        await thief.SignInAsync(email, password);
        await thief.GetByRole(AriaRole.Link, new() { Name = Lost }).ClickAsync();
        await thief.GetByRole(AriaRole.Button, new() { Name = "Ask to be let back in" }).ClickAsync();
        await thief.GetByText("We have asked for you").First.WaitForAsync();
        await thief.LooksRightAsync();

        await page.GotoAsync(FinishSignIn.Security);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop it" }).WaitForAsync();
        await page.LooksRightAsync();
        var phone = await chromium.WindowAsync(site, 360, 740);
        await phone.GotoAsync(await PathAsync("let-in-begun"));
        await phone.LooksRightAsync();
        await ReachAsync(phone, "It was not me: stop it");
        await phone.Keyboard.PressAsync("Enter");
        await phone.GetByText("It is stopped").First.WaitForAsync();
        await phone.LooksRightAsync();
        Assert.Equal("stopped", await ground.Sql<string>($"select ended_because from account_recoveries where person_id = '{person.Id}'"));
        await phone.GotoAsync("/account/recover/stop/nonsense");
        await phone.LooksRightAsync();
    }

    private async Task LeadAsync(WebsiteUnderTest site, Person lead)
    {
        var (email, password) = await site.AccountAsync(lead.Id, exempt: false);
        var tablet = await chromium.WindowAsync(site, 820, 1100);
        await tablet.SignInAsync(email, password);
        await tablet.GotoAsync("/agency");
        await tablet.GetByRole(AriaRole.Link, new() { Name = "Lost phones" }).ClickAsync();
        await tablet.LooksRightAsync();
        await tablet.GetByRole(AriaRole.Link, new() { Name = "Noor Haddad" }).ClickAsync();
        await tablet.LooksRightAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "Let them back in" }).ClickAsync();
        await tablet.GetByText("Speak to them first, then tick this box").First.WaitForAsync();
        await tablet.LooksRightAsync();
        await tablet.GetByLabel("I have spoken to them and know that it is they").CheckAsync();
        await tablet.GetByRole(AriaRole.Button, new() { Name = "Let them back in" }).ClickAsync();
        await tablet.GetByText("A link is on its way to them").WaitForAsync();
        await tablet.LooksRightAsync();
        await tablet.GetByRole(AriaRole.Link, new() { Name = "Noor Haddad" }).ClickAsync();
        await tablet.LooksRightAsync();
    }

    private async Task<PhoneApp> SetUpAsync(IPage page, string link)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the QR code" }).ClickAsync();
        await page.GetByLabel("Code from the app").WaitForAsync();
        await page.LooksRightAsync();
        var phone = new PhoneApp(await page.Locator(".app-key").InnerTextAsync());
        await page.GetByLabel("Code from the app").FillAsync(phone.Code(ground.Zone.Now));
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.ReachAsync("/account/security/codes");
        return phone;
    }

    private async Task<string> PathAsync(string kind)
    {
        var secret = await ground.Sql<string>($"select data ->> 'Secret' from messages where kind = '{kind}' order by queued_at desc, id desc limit 1");
        return $"/account/recover/{(kind == "let-in-link" ? "" : "stop/")}{secret}";
    }

    private static async Task ReachAsync(IPage page, string button)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await page.EvaluateAsync<string>("document.activeElement.textContent")).Trim() == button)
            {
                return;
            }
        }

        Assert.Fail($"No way to \"{button}\" by the keyboard.");
    }
}
