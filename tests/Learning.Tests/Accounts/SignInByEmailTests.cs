using System.Net;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>A link and a code in one mail: either lets its reader in once.</summary>
public class SignInByEmailTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P1
    public async Task Somebody_without_an_account_types_the_code_and_is_in_with_the_address_proven_and_an_account_made()
    {
        var email = await NewcomerAsync("ada@agency.example");
        var visitor = (await ground.SiteAsync()).Visitor();

        var page = await AskAsync(visitor, email, returnUrl: "/my/bookings");
        Assert.Contains("An e-mail has been written to Ada@agency.example", page.Text);
        var code = (await MailedCode.NewestAsync(ground, email)).Code;
        var after = await page.Submit("Sign in", ("Input.Code", $" {code[..3]} {code[3..]} "));

        Assert.Equal("/my/bookings", after.Path);
        await using var db = ground.Db();
        var person = (await db.PersonEmails.SingleAsync(row => row.Email == email)).PersonId;
        Assert.Equal(ground.Zone.Now, (await db.PersonEmails.SingleAsync(row => row.Email == email)).VerifiedAt);
        var account = await db.Users.SingleAsync(row => row.PersonId == person);
        Assert.Null(account.PasswordHash);
        Assert.Equal(SignInMethod.Email, (await db.AccountSessions.SingleAsync(row => row.AccountId == account.Id)).Method);
        Assert.True(await db.AuditEntries.AnyAsync(entry => entry.Verb == "signed in" && entry.SubjectId == person));
    }

    [Fact]
    public async Task An_empty_password_asks_for_the_code_as_the_button_does()
    {
        var email = await NewcomerAsync("empty@agency.example");
        var page = await (await (await ground.SiteAsync()).Visitor().Get(SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", ""));

        Assert.Equal(SignIn.CodePage, page.Path);
        Assert.NotEmpty((await MailedCode.NewestAsync(ground, email)).Code);
    }

    [Fact] // P1, P6
    public async Task Any_address_of_a_person_opens_their_one_account_and_the_mail_goes_to_that_address()
    {
        var person = await ground.Given.Person(email: "main@agency.example");
        await ground.Given.Save(new PersonEmail { Email = "second@other.example", PersonId = person.Id, Main = false });
        var site = await ground.SiteAsync();
        await site.SignedInAsync(person.Id);

        var visitor = site.Visitor();
        var page = await AskAsync(visitor, " Second@Other.Example ");
        await page.Submit("Sign in", ("Input.Code", (await MailedCode.NewestAsync(ground, "second@other.example")).Code));

        Assert.Contains("main@agency.example", (await visitor.Get("/account")).Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from accounts where person_id = '{person.Id}'"));
    }

    [Fact] // P3
    public async Task An_address_of_somebody_who_was_merged_opens_the_account_of_who_they_are_now()
    {
        var (now, before) = (await ground.Given.Person(given: "Now", family: "Person"), await ground.Given.Person(email: "before@agency.example"));
        await ground.Given.Save(new PersonMerge { PersonId = before.Id, IntoId = now.Id, RecordedAt = ground.Zone.Now, Reason = "The same." });
        var visitor = (await ground.SiteAsync()).Visitor();

        var page = await AskAsync(visitor, "before@agency.example");
        await page.Submit("Sign in", ("Input.Code", (await MailedCode.NewestAsync(ground, "before@agency.example")).Code));

        Assert.Contains("Now Person", (await visitor.Get("/account")).Text);
    }

    [Fact]
    public async Task Opening_the_link_changes_nothing_and_its_button_lets_in_on_any_device_once()
    {
        var person = await ground.Given.Person(given: "Lin", family: "Key", email: "link@agency.example");
        var site = await ground.SiteAsync();
        await AskAsync(site.Visitor(), "link@agency.example", returnUrl: "/courses");
        var link = (await MailedCode.NewestAsync(ground, "link@agency.example")).Path;
        var before = await StateAsync();

        // A mail scanner opens it, and whatever it can; the reader does so on another device.
        for (var i = 0; i < 5; i++)
        {
            var scanned = await site.Visitor().Http.SendAsync(new HttpRequestMessage(i % 2 == 0 ? HttpMethod.Head : HttpMethod.Get, link));
            Assert.True((int)scanned.StatusCode < 500);
        }

        var phone = site.Visitor();
        var page = await phone.Get(link);
        Assert.Contains("Sign in as Lin Key?", page.Text);
        Assert.Contains("link@agency.example", page.Text);
        var openElsewhere = await site.Visitor().Get(link);
        Assert.Equal(before, await StateAsync());

        Assert.Equal("/courses", (await page.Submit("Sign in")).Path);
        Assert.Contains("Lin Key", (await phone.Get("/account")).Text);

        var again = await site.Visitor().Get(link);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Contains("This link is good no more", again.Text);
        Assert.Contains("This link is good no more", (await openElsewhere.Submit("Sign in")).Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{person.Id}'"));

        Task<string> StateAsync() => ground.Sql<string>("""
            select (select count(*) from account_sessions) || ' ' || (select count(*) from audit_entries) || ' ' || (select count(*) from accounts) || ' '
                || (select string_agg(c::text, ';' order by id) from sign_in_codes c) || ' ' || (select string_agg(e::text, ';' order by email) from person_emails e)
            """);
    }

    [Fact]
    public async Task Link_and_code_run_out_after_15_minutes()
    {
        var email = await NewcomerAsync("late@agency.example");
        var site = await ground.SiteAsync();
        var page = await AskAsync(site.Visitor(), email);
        var mailed = await MailedCode.NewestAsync(ground, email);
        var link = await site.Visitor().Get(mailed.Path);

        ground.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Contains("This code is good no more", (await page.Submit("Sign in", ("Input.Code", mailed.Code))).Text);
        Assert.Contains("This link is good no more", (await link.Submit("Sign in")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get(mailed.Path)).Status);
        await NobodyIsInAsync(email);
    }

    [Fact]
    public async Task A_used_code_lets_nobody_in_and_takes_its_link_with_it()
    {
        var email = await NewcomerAsync("used@agency.example");
        var site = await ground.SiteAsync();
        var page = await AskAsync(site.Visitor(), email);
        var mailed = await MailedCode.NewestAsync(ground, email);
        await page.Submit("Sign in", ("Input.Code", mailed.Code));

        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get(mailed.Path)).Status);
        Assert.Equal("used", await ground.Sql<string>($"select ended_because from sign_in_codes where email = '{email}'"));
        Assert.Equal(1, await ground.Sql<long>("select count(*) from account_sessions s join accounts a on a.id = s.account_id join person_emails e on e.person_id = a.person_id where e.email = 'used@agency.example'"));
    }

    [Fact]
    public async Task A_code_is_good_only_in_the_browser_that_asked_for_it()
    {
        var email = await NewcomerAsync("talked@agency.example");
        var site = await ground.SiteAsync();
        await AskAsync(site.Visitor(), email);
        var code = (await MailedCode.NewestAsync(ground, email)).Code;

        // Somebody has talked the owner into reading the code out; their own browser asked about an address that is theirs.
        var mine = await NewcomerAsync("mine@agency.example");
        var thief = site.Visitor();
        var page = await AskAsync(thief, mine);
        Assert.Contains("This is not the code", (await page.Submit("Sign in", ("Input.Code", code))).Text);

        // And one that asked for nothing has nowhere to type it.
        var other = site.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(SignIn.CodePage)).Status);
        var bold = site.Visitor();
        bold.Http.DefaultRequestHeaders.Add("Cookie", "learning-code=anything");
        Assert.Contains("No code was asked for here", (await bold.Get(SignIn.CodePage)).Text);
        await NobodyIsInAsync(email);
    }

    [Fact]
    public async Task Five_wrong_codes_end_it_and_the_sentence_says_how_many_are_left()
    {
        var email = await NewcomerAsync("wrong@agency.example");
        var page = await AskAsync((await ground.SiteAsync()).Visitor(), email);
        var mailed = await MailedCode.NewestAsync(ground, email);

        for (var left = 4; left > 0; left--)
        {
            page = await page.Submit("Sign in", ("Input.Code", mailed.Wrong));
            Assert.Contains($"you can try {left} more time", page.Text);
            Assert.Equal(mailed.Wrong, page.Document.QuerySelector("[name='Input.Code']")!.GetAttribute("value"));
        }

        var last = page;
        Assert.Contains("This code is good no more", (await page.Submit("Sign in", ("Input.Code", mailed.Wrong))).Text);
        Assert.Contains("This code is good no more", (await last.Submit("Sign in", ("Input.Code", mailed.Code))).Text);
        await NobodyIsInAsync(email);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("١٢٣٤٥٦")]
    [InlineData("123456\r\nX: y")]
    public async Task What_is_no_code_costs_no_try_and_stays_in_the_field(string typed)
    {
        var email = $"typed{Math.Abs(typed.GetHashCode())}@agency.example";
        await NewcomerAsync(email);
        var page = await AskAsync((await ground.SiteAsync()).Visitor(), email);

        var after = await page.Submit("Sign in", ("Input.Code", typed));

        Assert.Contains("Enter the six digits of the code", after.Text);
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(0, await ground.Sql<int>($"select wrong_tries from sign_in_codes where email = '{email}'"));
    }

    [Fact]
    public async Task A_newer_request_ends_the_older_ones_and_leads_on_to_the_same_page()
    {
        var email = await NewcomerAsync("newer@agency.example");
        var visitor = (await ground.SiteAsync()).Visitor();
        var page = await AskAsync(visitor, email, returnUrl: "/courses");
        var first = await MailedCode.NewestAsync(ground, email);

        var second = await page.Submit("Send a new code");
        Assert.Contains("A new e-mail is on its way", second.Text);
        var newest = await MailedCode.NewestAsync(ground, email);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(first.Path)).Status);
        Assert.Contains("This is not the code", (await second.Submit("Sign in", ("Input.Code", first.Code == newest.Code ? newest.Wrong : first.Code))).Text);
        Assert.Equal("/courses", (await second.Submit("Sign in", ("Input.Code", newest.Code))).Path);
    }

    [Fact] // P5
    public async Task An_address_that_was_taken_away_or_whose_person_was_erased_lets_nobody_in()
    {
        var site = await ground.SiteAsync();
        var erased = await NewcomerAsync("erased@agency.example");
        await AskAsync(site.Visitor(), erased);
        var link = await site.Visitor().Get((await MailedCode.NewestAsync(ground, erased)).Path);
        await ground.Sql($"update persons set erased_at = now(), given_name = '', family_name = '' where id = (select person_id from person_emails where email = '{erased}')");
        Assert.Contains("This link is good no more", (await link.Submit("Sign in")).Text);

        var gone = await NewcomerAsync("gone@agency.example");
        await AskAsync(site.Visitor(), gone);
        link = await site.Visitor().Get((await MailedCode.NewestAsync(ground, gone)).Path);
        await ground.Sql($"delete from person_emails where email = '{gone}'");
        Assert.Contains("This link is good no more", (await link.Submit("Sign in")).Text);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Neither_link_nor_code_leads_to_another_site(string returnUrl)
    {
        var email = $"open{Math.Abs(returnUrl.GetHashCode())}@agency.example";
        await NewcomerAsync(email);
        var site = await ground.SiteAsync();
        var page = await AskAsync(site.Visitor(), email, returnUrl);
        var link = await site.Visitor().Get((await MailedCode.NewestAsync(ground, email)).Path);

        Assert.Equal("/my", (await link.Submit("Sign in")).Path);

        page = await page.Submit("Send a new code");
        Assert.Equal("/my", (await page.Submit("Sign in", ("Input.Code", (await MailedCode.NewestAsync(ground, email)).Code))).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("nobody")]
    [InlineData("@agency.example")]
    [InlineData("a@agency.example\r\nBcc: victim@elsewhere.example")]
    [InlineData("a b@agency.example")]
    [InlineData("É@agency.example")]
    public async Task What_is_no_address_gets_a_sentence_and_no_mail(string typed)
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        var before = await ground.Sql<long>("select count(*) from messages");

        var page = await (await visitor.Get(SignIn.Page)).Submit("E-mail me a code", ("Input.Email", typed));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Matches("Enter (your work e-mail address|an e-mail address like name@agency.example)", page.Text);
        Assert.Equal(before, await ground.Sql<long>("select count(*) from messages"));
    }

    private static async Task<Page> AskAsync(Visitor visitor, string email, string? returnUrl = null)
    {
        var page = await visitor.Get(returnUrl is null ? SignIn.Page : $"{SignIn.Page}?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var after = await page.Submit("E-mail me a code", ("Input.Email", email.Replace("ada@", "Ada@", StringComparison.Ordinal)));
        Assert.Equal(SignIn.CodePage, after.Path);
        return after;
    }

    // Somebody whom an agency lead wrote down: the address is not proven, and there is no account.
    private async Task<string> NewcomerAsync(string email)
    {
        var person = await ground.Given.Person(email: email);
        await ground.Sql($"update person_emails set verified_at = null where person_id = '{person.Id}'");
        return email;
    }

    private async Task NobodyIsInAsync(string email) => Assert.Equal(0, await ground.Sql<long>(
        $"select count(*) from account_sessions s join accounts a on a.id = s.account_id join person_emails e on e.person_id = a.person_id where e.email = '{email}'"));
}
