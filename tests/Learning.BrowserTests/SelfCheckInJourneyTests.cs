using System.Text;

using Learning.Tests.Support;

using Microsoft.Playwright;

using QRCoder;

namespace Learning.BrowserTests;

/// <summary>From the square on the wall to "you are checked in" on an old telephone without an account, an application or JavaScript; and the trainer who counts heads (A5).</summary>
public sealed class SelfCheckInJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // A5, C3
    public async Task Somebody_new_checks_in_from_the_wall_with_an_address_alone_and_the_trainer_counts_heads()
    {
        var site = await ground.SiteAsync();
        var session = await ground.Given.Session(await ground.Given.Course(title: "Hearing the child’s voice"), 30, "2024-05-15 09:00 to 12:00");
        var (trainer, ada) = (await ground.Given.Person(given: "Joe", family: "Mwangi"), await ground.Given.Person(given: "Ada", family: "Hallam", email: "ada@wall.example"));
        await ground.Given.Trainer(session, trainer);
        await ground.Given.Booking(session, ada);
        var desk = await chromium.SignedInAsync(site, trainer);
        await desk.GotoAsync($"/register/{session.Ref}/code");
        await desk.LooksRightAsync();
        await desk.PressAsync("Show a code for the register");
        await desk.LooksRightAsync();

        // What a camera reads there is the address that is typed otherwise.
        var code = (await desk.Locator(".app-codescreen__big").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        var address = new Uri(site.Address, $"/checkin/{code}").AbsoluteUri;
        Assert.Equal(Drawn(address), await desk.Locator(".app-codescreen__qr path").GetAttributeAsync("d"));
        var phone = await chromium.WindowAsync(site, 360, 640, javaScript: false);
        await phone.GotoAsync(address);
        await phone.LooksRightAsync(script: false);
        await phone.GetByLabel("Your e-mail address").FillAsync("ada@wall.example");
        await phone.PressAsync("Check in");
        Assert.Equal("You are checked in", (await phone.Locator(".app-outcome h2").InnerTextAsync()).Trim());
        await phone.LooksRightAsync(script: false);
        // By hand, with a mistake, and after it.
        await phone.GotoAsync("/checkin");
        await phone.LooksRightAsync(script: false);
        await phone.GetByLabel("The code on the screen").FillAsync("qqqq qqqq");
        await phone.PressAsync("Go on");
        await Assertions.Expect(phone.GetByText("There is no such code.")).ToBeVisibleAsync();

        var scanned = await chromium.WindowAsync(site, 360, 640);
        await scanned.GotoAsync(address);
        await scanned.IsAccessibleAsync();
        await scanned.PressAsync("Check in");
        await Assertions.Expect(scanned.GetByRole(AriaRole.Alert)).ToContainTextAsync("Enter your e-mail address");
        await scanned.IsAccessibleAsync();
        await scanned.GetByLabel("Your e-mail address").FillAsync("wren@wall.example");
        await scanned.GetByLabel("Your name, if you have no booking").FillAsync("Wren Vickers");
        await scanned.PressAsync("Check in");
        await Assertions.Expect(scanned.GetByRole(AriaRole.Status)).ToContainTextAsync("You are checked in");
        await scanned.IsAccessibleAsync();

        // The screen counts by itself; then heads are counted.
        await Assertions.Expect(desk.GetByText("2 people have checked in")).ToBeVisibleAsync(new() { Timeout = Windows.Patience });
        await desk.GotoAsync($"/register/{session.Ref}");
        await desk.IsAccessibleAsync();
        await desk.FollowAsync("Count heads, and take them into the register");
        await desk.ReachAsync("/here");
        await desk.LooksRightAsync();
        await desk.GetByLabel("Wren Vickers").UncheckAsync();
        await desk.GetByLabel("How many people are in the room?").FillAsync("1");
        await desk.PressAsync("Confirm the head-count");
        await Assertions.Expect(desk.GetByRole(AriaRole.Status)).ToContainTextAsync("1 person is in the register by your count");
        await desk.LooksRightAsync();
        Assert.Equal("Ada", await ground.Sql<string>($"select string_agg(p.given_name, ',') from marks m join persons p on p.id = m.person_id where m.session_id = '{session.Id}'"));

        await desk.GotoAsync($"/register/{session.Ref}/code");
        await desk.PressAsync("Stop a code for the register");
        await desk.PressAsync("Show a code for an awareness event");
        await desk.LooksRightAsync();
    }

    private static string Drawn(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        var squares = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            for (var x = 0; x < code.ModuleMatrix.Count; x++)
            {
                squares.Append(code.ModuleMatrix[y][x] ? $"M{x} {y}h1v1h-1z" : "");
            }
        }

        return squares.ToString();
    }
}
