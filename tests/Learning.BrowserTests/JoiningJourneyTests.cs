using System.Text;
using System.Text.RegularExpressions;

using Learning.Membership;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>Joining as people meet it: on a phone with a police address, without JavaScript from a nursery that nobody knows, and by an invitation out of a lead's list.</summary>
public sealed partial class JoiningJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // P4, P1
    public async Task On_a_phone_with_a_police_address_from_nobody_to_booked()
    {
        var police = await ground.Given.Agency("Essex Police");
        await ground.Given.Save(new AgencyDomain { Domain = "police.example", AgencyId = police.Id });
        var session = await ground.Given.Session(await ground.Given.Course(title: "Professional curiosity"), 20, "2024-06-20 09:30 to 16:00");
        await using var post = new PostRoom(ground);
        var page = await chromium.WindowAsync(await ground.SiteAsync(), 360, 740);

        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).Or(page.GetByRole(AriaRole.Link, new() { Name = "Create an account" })).First.ClickAsync();
        await SignUpAsync(page, "a.osei@police.example", "Amara", "I work with both");
        await page.GetByLabel("Code").FillAsync((await MailAsync(post, "a.osei@police.example")).Code);
        await page.PressAsync("Continue");
        await page.GetByText("You work for Essex Police: is that right?").WaitForAsync();
        await page.LooksRightAsync();
        await page.GetByLabel("Yes", new() { Exact = true }).CheckAsync();
        await page.PressAsync("Continue");
        await page.GetByText("You are with Essex Police.").WaitForAsync();
        await page.LooksRightAsync();

        await page.GotoAsync($"/sessions/{session.Ref}/book");
        await page.PressAsync("Book a place");
        Assert.Equal("You are booked", (await page.Locator("h1").InnerTextAsync()).Trim());
    }

    [Fact] // P4: no script, and the mail opened on another device
    public async Task Without_JavaScript_from_a_domain_that_nobody_knows_and_placed_by_the_business_unit()
    {
        var nursery = await ground.Given.Agency("Bluebell Nursery");
        var session = await ground.Given.Session(await ground.Given.Course(title: "Nursery safety"), 20, "2024-06-21 09:30 to 16:00");
        await using var post = new PostRoom(ground);
        var phone = await chromium.WindowAsync(await ground.SiteAsync(), 360, 740, javaScript: false);
        await phone.GotoAsync("/account/sign-up");
        await phone.PressAsync("Send me a code");
        await phone.LooksRightAsync(false);
        await SignUpAsync(phone, "cara@bluebell.example", "Cara", "I volunteer", script: false);

        var computer = await chromium.WindowAsync(await ground.SiteAsync(), 820, 900, javaScript: false);
        await computer.GotoAsync((await MailAsync(post, "cara@bluebell.example")).Link);
        await computer.LooksRightAsync(false);
        await computer.PressAsync("Confirm and sign in");
        await computer.GetByLabel("Name of your agency").FillAsync("Bluebell");
        await computer.PressAsync("Tell the business unit");
        await computer.GotoAsync($"/sessions/{session.Ref}/book");
        Assert.Contains("You can book as soon as it is clear", await computer.Locator("main").InnerTextAsync());
        await computer.LooksRightAsync(false);

        var unit = await As(await ground.Given.Unit());
        await unit.GotoAsync("/manage/sign-ups");
        await unit.LooksRightAsync();
        await unit.GetByRole(AriaRole.Link, new() { Name = "Cara Osei" }).ClickAsync();
        await unit.LooksRightAsync();
        await unit.GetByLabel("Agency", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Bluebell Nursery" });
        await unit.GetByLabel("Propose this agency to everybody").CheckAsync();
        await unit.PressAsync("Place with this agency");
        await unit.GetByText("Placed, and the domain is remembered").WaitForAsync();

        await computer.GotoAsync($"/sessions/{session.Ref}/book");
        await computer.PressAsync("Book a place");
        Assert.Equal("You are booked", (await computer.Locator("h1").InnerTextAsync()).Trim());
        Assert.Equal(nursery.Id, await ground.Sql<Guid>("select j.agency_id from employments j join person_emails e on e.person_id = j.person_id where e.email = 'cara@bluebell.example'"));
    }

    [Fact] // P1
    public async Task A_lead_sends_a_file_sees_its_mistakes_and_the_progress_and_somebody_joins()
    {
        var agency = await ground.Given.Agency("South Essex Homes");
        var lead = await ground.Given.Person(agency, given: "Lead");
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var page = await As(lead, 820);
        await page.GotoAsync("/agency");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite people" }).ClickAsync();
        await page.LooksRightAsync();
        var file = "email,given_name,family_name,workforce\n" + string.Concat(Enumerable.Range(1, 900).Select(n => $"p{n}@homes.example,Pat,Person{n},adults\n")) + "nobody,A,B,adults\n";
        await page.GetByLabel("Or a file").SetInputFilesAsync(new FilePayload { Name = "staff.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await page.PressAsync("Check the list");
        await page.GetByText("“nobody” is not an e-mail address").WaitForAsync();
        await page.LooksRightAsync();
        await page.PressAsync("Invite the 900 good ones");
        await page.GetByText("0 of 900 done").WaitForAsync();
        await page.LooksRightAsync();

        // The page follows by itself what goes on elsewhere.
        await ground.With((InvitePiece piece) => piece.RunAsync());
        await page.GetByText("500 of 900 done").WaitForAsync();
        await ground.With((InvitePiece piece) => piece.RunAsync());
        await page.GetByText("900 people invited").WaitForAsync();
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open invitations" }).ClickAsync();
        await page.LooksRightAsync();

        await using var post = new PostRoom(ground);
        await post.SendAsync();
        var mail = post.Sink.Mails.Single(one => one.To == "p7@homes.example").Text("text/plain")!;
        var phone = await chromium.WindowAsync(await ground.SiteAsync(), 360, 740);
        await phone.GotoAsync(Address().Match(mail).Value);
        await phone.LooksRightAsync();
        await phone.PressAsync("Join South Essex Homes");
        await phone.GetByText("You are with South Essex Homes.").WaitForAsync();

        await page.GotoAsync("/agency?q=person7");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pat Person7", Exact = true }).ClickAsync();
        await page.LooksRightAsync();
    }

    [Fact] // P1
    public async Task A_lead_adds_somebody_by_name_books_for_them_and_they_claim_the_record_with_a_slip_of_paper()
    {
        var agency = await ground.Given.Agency("Puddleducks");
        var lead = await ground.Given.Person(agency, given: "Lead");
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        await ground.Given.Session(await ground.Given.Course(title: "First aid for feelings"), 20, "2024-06-22 09:30 to 16:00");
        await using var post = new PostRoom(ground);
        var page = await As(lead, 360);
        await page.GotoAsync("/agency/people/new");
        await page.LooksRightAsync();
        await page.GetByLabel("Given name").FillAsync("Ann");
        await page.GetByLabel("Family name").FillAsync("Lee");
        await page.GetByLabel("Volunteer", new() { Exact = true }).CheckAsync();
        await page.PressAsync("Add this person");
        await page.GetByText("Ann Lee is added").WaitForAsync();
        await page.LooksRightAsync();
        var person = page.Url.Split('?')[0];
        await page.GetByRole(AriaRole.Button, new() { Name = "Book a place for Ann" }).ClickAsync();
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "First aid for feelings" }).ClickAsync();
        await page.PressAsync("Book a place");
        await page.GetByText("Ann Lee has a place").WaitForAsync();
        await page.GotoAsync($"{person}/claim-code");
        await page.LooksRightAsync();
        await page.PressAsync("Make a claim code");
        var code = await page.Locator(".app-slip").InnerTextAsync();
        await page.LooksRightAsync();

        var ann = await chromium.WindowAsync(await ground.SiteAsync(), 360, 740);
        await ann.GotoAsync("/account/sign-up");
        await ann.GetByText("I have a claim code on paper").ClickAsync();
        await ann.GetByLabel("Claim code", new() { Exact = true }).FillAsync(code.ToLowerInvariant());
        await SignUpAsync(ann, "ann@mailbox.example", "Annie", "I volunteer");
        await ann.GetByLabel("Code").FillAsync((await MailAsync(post, "ann@mailbox.example")).Code);
        await ann.PressAsync("Continue");
        await ann.GotoAsync("/my");
        Assert.Contains("First aid for feelings", await ann.Locator("main").InnerTextAsync());
        Assert.Contains("Ann Lee", await ann.Locator("main").InnerTextAsync());
    }

    private static async Task SignUpAsync(IPage page, string email, string given, string brings, bool script = true)
    {
        await page.GetByLabel("Given name").FillAsync(given);
        await page.GetByLabel("Family name").FillAsync("Osei");
        await page.GetByLabel("Work e-mail").FillAsync(email);
        await page.GetByLabel(brings).CheckAsync();
        await page.LooksRightAsync(script);
        await page.PressAsync("Send me a code");
        await page.GetByText("Look in your mail").WaitForAsync();
        await page.LooksRightAsync(script);
    }

    private static async Task<(string Code, string Link)> MailAsync(PostRoom post, string email)
    {
        await post.SendAsync();
        var mail = post.Sink.Mails.Last(one => one.To == email).Text("text/plain")!;
        return (Code().Match(mail).Value, Address().Match(mail).Value);
    }

    [GeneratedRegex(@"\b\d{3} \d{3}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=https://learning\.example)/account/[\w/-]+/[\w-]{20,}")]
    private static partial Regex Address();

    private async Task<IPage> As(Person person, int width = 1366) => await chromium.SignedInAsync(await ground.SiteAsync(), person, width);
}
