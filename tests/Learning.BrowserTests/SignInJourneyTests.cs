using Learning.Accounts;
using Learning.People;
using Learning.Tests.Accounts;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>Signing in by e-mail: by the code on a telephone with nothing but keys, and by the link on another device; every state on the way is scanned once and fits every width.</summary>
public class SignInJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private const string Email = "noor@agency.example";

    [Fact] // P1
    public async Task On_a_telephone_without_a_mouse_somebody_signs_in_by_a_code_and_elsewhere_by_the_link_and_signs_the_first_out()
    {
        await ground.Given.Person(given: "Noor", family: "Haddad", email: Email);
        var site = await ground.SiteAsync();
        var phone = await chromium.WindowAsync(site, 360, 740);

        // A page that needs an account leads to the door and, through it, back.
        await phone.GotoAsync("/my/bookings");
        await LooksRightAsync(phone);
        await TabToAsync(phone, "Input_Email");
        await phone.Keyboard.TypeAsync("noor");
        await phone.Keyboard.PressAsync("Enter");
        await phone.GetByText("Enter an e-mail address like name@agency.example").First.WaitForAsync();
        await LooksRightAsync(phone);
        await TabToAsync(phone, "Input_Email");
        await phone.Keyboard.PressAsync("ControlOrMeta+A");
        await phone.Keyboard.TypeAsync(Email);
        // An empty password asks for the code.
        await phone.Keyboard.PressAsync("Enter");
        await phone.ReachAsync(SignIn.CodePage + "$");
        await LooksRightAsync(phone);

        var mailed = await MailedCode.NewestAsync(ground, Email);
        await TypeAsync(phone, mailed.Wrong);
        await phone.GetByText("you can try 4 more times").First.WaitForAsync();
        await LooksRightAsync(phone);
        await TypeAsync(phone, $"{mailed.Code[..3]} {mailed.Code[3..]}");
        await phone.ReachAsync("/my/bookings$");

        await ElsewhereAsync(site, phone);
    }

    private async Task ElsewhereAsync(WebsiteUnderTest site, IPage phone)
    {
        var desk = await chromium.WindowAsync(site, javaScript: false);
        await desk.GotoAsync(SignIn.Page);
        await desk.GetByLabel("Work e-mail").FillAsync(Email);
        await desk.GetByRole(AriaRole.Button, new() { Name = "E-mail me a code" }).ClickAsync();
        await desk.ReachAsync(SignIn.CodePage + "$");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Send a new code" }).ClickAsync();
        await desk.GetByText("A new e-mail is on its way").WaitForAsync();
        var mailed = await MailedCode.NewestAsync(ground, Email);
        await desk.GotoAsync(mailed.Path);
        Assert.Equal("Sign in as Noor Haddad?", await desk.Locator("h1").InnerTextAsync());
        await desk.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await desk.ReachAsync("/my$");

        var look = await chromium.WindowAsync(site, 360, 740);
        await look.GotoAsync(mailed.Path);
        Assert.Equal("This link is good no more", await look.Locator("h1").InnerTextAsync());
        await LooksRightAsync(look);

        await phone.GotoAsync("/account");
        await LooksRightAsync(phone);
        await phone.GetByRole(AriaRole.Link, new() { Name = "Where you are signed in" }).ClickAsync();
        await LooksRightAsync(phone);
        await phone.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign out") }).First.ClickAsync();
        await phone.GetByText("One device is signed out").WaitForAsync();
        await LooksRightAsync(phone);
        await desk.GotoAsync("/account");
        Assert.Contains(SignIn.Page, desk.Url);
    }

    private static async Task TypeAsync(IPage page, string code)
    {
        await TabToAsync(page, "Input_Code");
        await page.Keyboard.PressAsync("ControlOrMeta+A");
        await page.Keyboard.TypeAsync(code);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to a field by the Tab key alone.</summary>
    private static async Task TabToAsync(IPage page, string id)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await page.EvaluateAsync<string>("document.activeElement?.id ?? ''") == id)
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"No key leads to {id} on {page.Url}");
    }

    private static async Task LooksRightAsync(IPage page)
    {
        var width = page.ViewportSize!.Width;
        await page.IsAccessibleAsync();
        foreach (var other in new[] { 320, 360, 820, 1366 })
        {
            await page.SetViewportSizeAsync(other, 800);
            await page.FitsAsync();
        }

        await page.SetViewportSizeAsync(width, 740);
    }
}
