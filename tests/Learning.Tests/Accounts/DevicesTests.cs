using System.Net;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>Where somebody is signed in, for how long, and what they are told of it.</summary>
public class DevicesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Somebody_sees_their_devices_and_signs_one_out_at_its_next_press()
    {
        var person = await ground.Given.Person();
        var (desk, phone) = (await SignedInAsync(person, "Chrome/140.0 Windows"), await SignedInAsync(person, "Firefox/140.0 Android"));
        await SignedInAsync(await ground.Given.Person(), "OPR/90 Mac OS X");

        var page = await desk.Get("/account/sessions");
        Assert.Equal(["Chrome on Windows", "Firefox on Android"], page.Document.QuerySelectorAll(".app-devices h2").Select(one => one.TextContent).Order());
        Assert.Contains("This device", page.Document.QuerySelectorAll(".app-devices li").Single(one => one.TextContent.Contains("Chrome", StringComparison.Ordinal)).TextContent);
        Assert.Contains($"Signed in on {Now}, with a password", page.Text);
        Assert.Single(page.Document.QuerySelectorAll(".app-devices button"));

        var button = page.Document.QuerySelector(".app-devices button")!.TextContent.Trim();
        var after = await page.Submit(button);
        Assert.Contains("One device is signed out", after.Text);
        Assert.DoesNotContain("Firefox on Android", after.Text);
        Assert.StartsWith(SignIn.Page, (await phone.Get("/account")).Path);
        Assert.Equal("/account", (await desk.Get("/account")).Path);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'signed other devices out' and actor_id = '{person.Id}'"));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from known_devices d join accounts a on a.id = d.account_id where a.person_id = '{person.Id}'"));
    }

    [Fact]
    public async Task All_others_are_signed_out_with_one_press()
    {
        var person = await ground.Given.Person();
        var here = await SignedInAsync(person, "Chrome/140.0 Windows");
        Visitor[] others = [await SignedInAsync(person, "Firefox/140.0 Android"), await SignedInAsync(person, "Safari iPhone")];

        var after = await (await here.Get("/account/sessions")).Submit("Sign out all other devices");

        Assert.Contains("2 devices are signed out", after.Text);
        Assert.DoesNotContain("Sign out all other devices", after.Text);
        foreach (var other in others)
        {
            Assert.StartsWith(SignIn.Page, (await other.Get("/account")).Path);
        }
    }

    [Theory] // S2
    [InlineData("other")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Nobody_ends_the_session_of_another(string one)
    {
        var (person, other) = (await ground.Given.Person(), await ground.Given.Person());
        var (mine, mineToo, theirs) = (await SignedInAsync(person, "Chrome"), await SignedInAsync(person, "Firefox"), await SignedInAsync(other, "Firefox"));
        var id = await ground.Sql<Guid>($"select s.id from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{other.Id}'");
        var page = await mine.Get("/account/sessions");

        await page.Submit(page.Document.QuerySelector(".app-devices button")!.TextContent.Trim(), ("Input.One", one == "other" ? id.ToString() : one));

        Assert.Equal("/account", (await theirs.Get("/account")).Path);
        Assert.Equal("/account", (await mineToo.Get("/account")).Path);
    }

    [Fact] // S2
    public async Task The_list_asks_no_more_questions_for_three_devices_than_for_one()
    {
        var (person, count) = (await ground.Given.Person(), new StatementCount());
        await using var site = await count.SiteAsync(ground);
        var visitor = await site.SignedInAsync(person.Id);
        var one = await count.Of(() => visitor.Get("/account/sessions"));
        await site.SignedInAsync(person.Id);
        await site.SignedInAsync(person.Id);

        Assert.Equal(one, await count.Of(() => visitor.Get("/account/sessions")));
    }

    [Fact] // S1, S3
    public async Task An_administrator_signs_somebody_out_everywhere_or_everybody_but_themselves()
    {
        var (admin, lost, other) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Role(admin, Role.Administrator);
        var (desk, laptop, phone, else_) = (await SignedInAsync(admin, "Chrome"), await SignedInAsync(lost, "Firefox"), await SignedInAsync(lost, "Safari"), await SignedInAsync(other, "Edg"));
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{lost.Id}'");
        var page = await desk.Get("/manage/sign-out");

        Assert.Contains("Nobody has this address", (await page.Submit("Sign them out", ("Input.Email", "nobody@agency.example"))).Text);
        Assert.Contains("Enter an e-mail address like", (await page.Submit("Sign them out", ("Input.Email", "x\r\ny"))).Text);
        Assert.Contains("2 sessions ended", (await page.Submit("Sign them out", ("Input.Email", $" {email.ToUpperInvariant()} "))).Text);
        Assert.StartsWith(SignIn.Page, (await laptop.Get("/account")).Path);
        Assert.StartsWith(SignIn.Page, (await phone.Get("/account")).Path);
        Assert.Equal("/account", (await else_.Get("/account")).Path);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from known_devices d join accounts a on a.id = d.account_id where a.person_id = '{lost.Id}'"));

        Assert.Contains("Tick the box", (await page.Submit("Sign everybody out")).Text);
        Assert.Equal("/account", (await else_.Get("/account")).Path);
        await page.Submit("Sign everybody out", ("All.Sure", "true"));
        Assert.StartsWith(SignIn.Page, (await else_.Get("/account")).Path);
        Assert.Equal("/account", (await desk.Get("/account")).Path);
        Assert.Equal(["signed a person out", "signed everybody out"], (await ground.Sql<string[]>($"select array_agg(verb order by id) from audit_entries where actor_id = '{admin.Id}' and verb like 'signed % out'")));
    }

    [Theory] // S1
    [InlineData(Role.BusinessUnit)]
    [InlineData(Role.Chair)]
    [InlineData(Role.Administrator)]
    public async Task Who_sees_or_decides_everything_is_signed_out_after_2_idle_hours_and_12_in_all(Role role)
    {
        var person = await ground.Given.Person();
        await ground.Given.Role(person, role);
        var idle = await SignedInAsync(person, "Chrome");
        ground.Clock.Advance(TimeSpan.FromHours(2));
        Assert.StartsWith(SignIn.Page, (await idle.Get("/account")).Path);

        var busy = await SignedInAsync(person, "Chrome");
        for (var hour = 1; hour < 12; hour++)
        {
            ground.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal("/account", (await busy.Get("/account")).Path);
        }

        ground.Clock.Advance(TimeSpan.FromHours(1));
        Assert.StartsWith(SignIn.Page, (await busy.Get("/account")).Path);
    }

    [Fact]
    public async Task A_demonstration_is_not_so_strict()
    {
        await using var db = ground.Db();
        var unit = await ground.Given.Unit();
        Assert.Equal(SessionLengths.Short, await SessionLengths.OfAsync(db, unit.Id, ground.Zone.Today, default));
        await ground.Sql("insert into installation (name, value) values ('demonstration', 'yes')");
        try
        {
            Assert.Equal(SessionLengths.Usual, await SessionLengths.OfAsync(db, unit.Id, ground.Zone.Today, default));
        }
        finally
        {
            await ground.Sql("delete from installation where name = 'demonstration'");
        }
    }

    [Fact]
    public async Task The_first_sign_in_ever_is_not_told_one_in_a_known_browser_neither_and_one_in_a_new_browser_is()
    {
        await using var room = new PostRoom(ground);
        var person = await ground.Given.Person(given: "Noor");
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}'");
        var visitor = await SignedInAsync(person, "Chrome/140.0 Windows");
        await AgainAsync(visitor, person);
        await room.SendAsync();
        Assert.DoesNotContain(room.Sink.Mails, mail => mail.To == email);

        await SignedInAsync(person, "Firefox/140.0 Android");
        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == email);
        var text = mail.Text("text/plain")!;
        Assert.Contains("Firefox on Android", text);
        Assert.Contains(Now, text);
        Assert.Contains("https://learning.example/account/sessions", text);
    }

    [Fact]
    public async Task In_a_browser_that_two_people_share_each_is_known_and_a_secret_that_another_put_there_is_worth_nothing()
    {
        var (one, two) = (await ground.Given.Person(), await ground.Given.Person());
        var shared = await SignedInAsync(one, "Chrome");
        await AgainAsync(shared, two);
        await AgainAsync(shared, one);
        Assert.Equal(0, await NoticesAsync(one) + await NoticesAsync(two));

        // Somebody plants the secret of their own browser in another's, who signs in: it is replaced, and the first browser is as strange as before.
        var site = await ground.SiteAsync();
        var (email, password) = await site.AccountAsync(two.Id);
        var victim = new Doorstep(ground);
        await victim.With((ThisBrowser browser) => { browser.Leave("planted"); return Task.FromResult(true); });
        await victim.With((EnterByPassword enter) => enter.RunAsync(email, password, null));
        var planter = new Doorstep(ground);
        await planter.With((ThisBrowser browser) => { browser.Leave("planted"); return Task.FromResult(true); });
        Assert.False(await planter.With((ThisBrowser browser) => browser.KnowsAsync(two.Id)));
        Assert.True(await victim.With((ThisBrowser browser) => browser.KnowsAsync(two.Id)));
    }

    [Fact]
    public async Task What_signing_in_left_behind_is_cleared_away()
    {
        var person = await ground.Given.Person(email: "cleared@agency.example");
        var visitor = await SignedInAsync(person, "Chrome");
        var door = new Doorstep(ground);
        await door.With((AskForCode ask) => ask.RunAsync("cleared@agency.example", null));
        await door.With((AskForCode ask) => ask.RunAsync("strange@agency.example", null));
        await door.With((EnterByPassword enter) => enter.RunAsync("cleared@agency.example", "not the password", null));

        // Where there is no mail server, nobody but the clock takes the words of a mail away.
        ground.Clock.Advance(TimeSpan.FromMinutes(30));
        await ForgetAsync();
        Assert.Equal("dropped {}", await ground.Sql<string>("select state || ' ' || data::text from messages where kind = 'sign-in-code' and address = 'cleared@agency.example'"));
        Assert.Equal("/account", (await visitor.Get("/account")).Path);
        Assert.Equal(1, await LeftAsync("sign_in_codes where email = 'cleared@agency.example'"));

        ground.Clock.Advance(TimeSpan.FromDays(2));
        await ForgetAsync();
        Assert.Equal(0, await LeftAsync("sign_in_codes where email = 'cleared@agency.example' or person_id is null"));
        Assert.Equal(0, await LeftAsync("allowances"));
        Assert.Equal(2, await LeftAsync("messages where kind like 'sign-in-%' and address in ('cleared@agency.example', 'strange@agency.example')"));

        ground.Clock.Advance(TimeSpan.FromDays(40));
        await ForgetAsync();
        Assert.Equal(0, await LeftAsync($"account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{person.Id}'"));
        Assert.Equal(0, await LeftAsync("messages where kind like 'sign-in-%'"));
        Assert.Equal(1, await LeftAsync($"known_devices d join accounts a on a.id = d.account_id where a.person_id = '{person.Id}'"));

        ground.Clock.Advance(TimeSpan.FromDays(180));
        await ForgetAsync();
        Assert.Equal(0, await LeftAsync("known_devices"));

        Task ForgetAsync() => ground.With((ForgetSignIns forget) => forget.RunAsync());
        Task<long> LeftAsync(string what) => ground.Sql<long>($"select count(*) from {what}");
    }

    [Fact]
    public async Task Of_many_browsers_the_twenty_last_used_are_known()
    {
        var person = await ground.Given.Person();
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(person.Id);
        for (var i = 0; i < KnownDevice.Most + 3; i++)
        {
            await new Doorstep(ground).With((EnterByPassword enter) => enter.RunAsync(email, password, null));
        }

        await ground.With((ForgetSignIns forget) => forget.RunAsync());

        Assert.Equal(KnownDevice.Most, await ground.Sql<long>($"select count(*) from known_devices d join accounts a on a.id = d.account_id where a.person_id = '{person.Id}'"));
    }

    private string Now => British.Moment(ground.Zone.LocalOf(ground.Zone.Now));

    private Task<long> NoticesAsync(Person person) => ground.Sql<long>($"select count(*) from messages where kind = 'new-device' and person_id = '{person.Id}'");

    private async Task<Visitor> SignedInAsync(Person person, string browser)
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        visitor.Http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", browser);
        await AgainAsync(visitor, person);
        return visitor;
    }

    private async Task AgainAsync(Visitor visitor, Person person)
    {
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(person.Id);
        var home = await (await visitor.Get(SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.DoesNotContain(SignIn.Page, home.Path);
    }
}
