using System.Net;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>Signing in to an account that has an authenticator app, and the ways in which somebody without the phone might try (ASVS 5.0, 6.3, 6.5, 6.6).</summary>
public class SecondStepTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task A_password_alone_opens_nothing_where_there_is_an_authenticator_app()
    {
        var (visitor, page, phone) = await HalfwayAsync();
        Assert.Equal(FinishSignIn.SecondStep, page.Path);
        Assert.StartsWith(SignIn.Page, (await visitor.Get("/my")).Path);

        var home = await page.Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now).Insert(3, " ")));

        Assert.Equal("/my", home.Path);
    }

    [Fact]
    public async Task The_page_that_was_wanted_is_opened_after_the_second_step()
    {
        var (person, phone) = await ProtectedAsync();
        var visitor = (await ground.SiteAsync()).Visitor();
        var half = await BeginAsync(visitor, person, "/my/bookings");

        Assert.Equal("/my/bookings", (await half.Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        var (person, phone) = await ProtectedAsync();
        var site = await ground.SiteAsync();
        var code = phone.Code(ground.Zone.Now);
        await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.Code", code));

        var again = await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.Code", code));
        Assert.Contains("has been used", again.Text);

        // Nor an earlier one, which the allowance for clocks would let pass.
        var earlier = await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now.AddSeconds(-30))));
        Assert.Contains("has been used", earlier.Text);
    }

    [Fact]
    public async Task Of_many_presses_at_once_with_one_code_one_enters()
    {
        var (person, phone) = await ProtectedAsync();
        var site = await ground.SiteAsync();
        var code = phone.Code(ground.Zone.Now);
        var halves = new List<Page>();
        for (var i = 0; i < 8; i++)
        {
            halves.Add(await BeginAsync(site.Visitor(), person));
        }

        // Whatever each of them writes has to wait until all have read what they read.
        await using var db = ground.Db();
        await using var held = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"select from account_authenticators where account_id = {(await AccountAsync(person)).Id} for update");
        var pressed = Task.WhenAll(halves.Select(half => half.Submit("Go on", ("Input.Code", code))));
        while (await ground.Sql<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") < halves.Count)
        {
            await Task.Yield();
        }

        await held.RollbackAsync();
        var after = await pressed;

        Assert.Single(after, page => page.Path == "/my");
    }

    [Fact]
    public async Task Guessing_is_stopped_at_five_and_starting_anew_with_the_password_does_not_help()
    {
        var (person, phone) = await ProtectedAsync();
        var site = await ground.SiteAsync();
        for (var i = 0; i < 5; i++)
        {
            await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.Code", Wrong(phone)));
        }

        var right = await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)));
        Assert.Contains("Too many wrong codes", right.Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from messages where kind = 'security-changed' and person_id = '{person.Id}'"));

        ground.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("/my", (await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_counted_too()
    {
        var (person, phone) = await ProtectedAsync();
        var site = await ground.SiteAsync();
        var halves = new List<Page>();
        for (var i = 0; i < 12; i++)
        {
            halves.Add(await BeginAsync(site.Visitor(), person));
        }

        var pages = await Task.WhenAll(halves.Select(half => half.Submit("Go on", ("Input.Code", Wrong(phone)))));

        Assert.Equal(4, pages.Count(page => page.Text.Contains("That code is not right")));
        Assert.Equal(5, await ground.Sql<int>($"select second_step_tries from accounts where person_id = '{person.Id}'"));
    }

    [Fact]
    public void The_wait_grows_and_a_year_of_guessing_finds_one_code_in_a_thousand_at_most()
    {
        var (tries, spent) = (0, TimeSpan.Zero);
        while (spent < TimeSpan.FromDays(365))
        {
            spent += SecondStepRules.ClosedAfter(++tries) ?? TimeSpan.Zero;
        }

        // Three codes of a million are right at any moment.
        Assert.InRange(tries * 3 / 1e6, 0, 0.006);
        Assert.Equal(TimeSpan.FromMinutes(15), SecondStepRules.ClosedAfter(5));
        Assert.Equal(TimeSpan.FromDays(1), SecondStepRules.ClosedAfter(500));
        Assert.All(Enumerable.Range(0, 5), few => Assert.Null(SecondStepRules.ClosedAfter(few)));
    }

    [Fact]
    public async Task A_half_finished_sign_in_opens_no_other_account()
    {
        var (mine, myPhone) = await ProtectedAsync();
        var (other, _) = await ProtectedAsync();
        var site = await ground.SiteAsync();

        // My code does not fit another's half-finished sign-in, whatever the form says of whose it is.
        var page = await (await BeginAsync(site.Visitor(), other)).Submit("Go on", ("Input.Code", myPhone.Code(ground.Zone.Now)),
            ("Input.AccountId", mine.Id.ToString()), ("AccountId", mine.Id.ToString()), ("Input.Email", "mine@agency.example"));
        Assert.Contains("That code is not right", page.Text);

        // The half-finished cookie is none that signs in, under whatever name.
        var visitor = site.Visitor();
        await BeginAsync(visitor, other);
        var thief = site.Visitor();
        var value = visitor.CookiesOf("/account").Split("; ").Single(cookie => cookie.StartsWith("learning-half=", StringComparison.Ordinal))["learning-half=".Length..];
        thief.Http.DefaultRequestHeaders.Add("Cookie", $"learning={value}");
        Assert.StartsWith(SignIn.Page, (await thief.Get("/my")).Path);
    }

    [Fact]
    public async Task A_half_finished_sign_in_ends_after_ten_minutes_and_with_a_new_security_stamp()
    {
        var (person, phone) = await ProtectedAsync();
        var site = await ground.SiteAsync();
        var late = await BeginAsync(site.Visitor(), person);
        ground.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("within ten minutes", (await late.Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Text);

        var overtaken = await BeginAsync(site.Visitor(), person);
        await ground.Sql($"update accounts set security_stamp = 'another' where person_id = '{person.Id}'");
        Assert.Contains("within ten minutes", (await overtaken.Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Text);
    }

    [Fact]
    public async Task Without_a_half_finished_sign_in_there_is_nothing_to_answer()
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        Assert.Contains("Sign in again", (await visitor.Get(FinishSignIn.SecondStep)).Text);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Post(FinishSignIn.SecondStep, [new("_handler", "second-step"), new("Input.Code", "123456")])).Status);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_however_it_is_typed_and_not_as_strongly()
    {
        var (person, _) = await ProtectedAsync();
        var site = await ground.SiteAsync();
        var (codes, rows) = RecoveryCode.NewSet((await AccountAsync(person)).Id, ground.Zone.Now);
        await ground.Given.Save([.. rows]);

        var visitor = site.Visitor();
        var page = await (await BeginAsync(visitor, person)).Submit("Go on", ("Input.RecoveryCode", codes[3].ToLowerInvariant().Replace('-', ' ')));
        Assert.Equal(FinishSignIn.Security, page.Path);
        Assert.False(await ground.Sql<bool>($"select strong from account_sessions where account_id = '{rows[0].AccountId}' order by opened_at desc, id desc limit 1"));

        var again = await (await BeginAsync(site.Visitor(), person)).Submit("Go on", ("Input.RecoveryCode", codes[3]));
        Assert.Contains("has been used", again.Text);
        Assert.Contains("open", again.Document.QuerySelector("details")!.OuterHtml);
    }

    [Fact]
    public async Task Recovery_codes_are_kept_as_slow_hashes_and_guessing_them_is_counted()
    {
        var (person, phone) = await ProtectedAsync();
        var (codes, rows) = RecoveryCode.NewSet((await AccountAsync(person)).Id, ground.Zone.Now);
        await ground.Given.Save([.. rows]);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[A-Z2-9]{5}-[A-Z2-9]{5}$", code));
        var kept = await ground.Sql<string>("select string_agg(c::text, ' ') from account_recovery_codes c");
        Assert.All(codes, code => Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(code.Replace("-", ""))), kept));

        for (var i = 0; i < 5; i++)
        {
            await (await BeginAsync((await ground.SiteAsync()).Visitor(), person)).Submit("Go on", ("Input.RecoveryCode", "ABCDE-FGHJK"));
        }

        var right = await (await BeginAsync((await ground.SiteAsync()).Visitor(), person)).Submit("Go on", ("Input.RecoveryCode", codes[0]));
        Assert.Contains("Too many wrong codes", right.Text);
        Assert.NotEqual("", phone.Code(ground.Zone.Now));
    }

    [Fact]
    public async Task The_key_of_an_app_is_not_in_the_database_in_clear()
    {
        var key = Totp.NewKey();
        var kept = await ground.With((AuthenticatorKeys keys) => Task.FromResult(keys.Protect(key)));

        Assert.DoesNotContain(Convert.ToHexString(key), Convert.ToHexString(Convert.FromBase64String(kept)));
        Assert.Equal(key, await ground.With((AuthenticatorKeys keys) => Task.FromResult(keys.Read(kept))));
    }

    private string Wrong(PhoneApp phone) => new[] { "000000", "111111", "222222", "333333" }
        .First(code => !new[] { -30, 0, 30 }.Select(seconds => phone.Code(ground.Zone.Now.AddSeconds(seconds))).Contains(code));

    private async Task<(Visitor Visitor, Page Page, PhoneApp Phone)> HalfwayAsync()
    {
        var (person, phone) = await ProtectedAsync();
        var visitor = (await ground.SiteAsync()).Visitor();
        return (visitor, await BeginAsync(visitor, person), phone);
    }

    private async Task<(Person Person, PhoneApp Phone)> ProtectedAsync()
    {
        var person = await ground.Given.Person();
        await (await ground.SiteAsync()).AccountAsync(person.Id, exempt: false);
        var key = Totp.NewKey();
        await ground.Given.Save(new AccountAuthenticator
        {
            Id = Guid.CreateVersion7(), AccountId = (await AccountAsync(person)).Id, Key = await ground.With((AuthenticatorKeys keys) => Task.FromResult(keys.Protect(key))),
            BegunAt = ground.Zone.Now, ConfirmedAt = ground.Zone.Now,
        });
        return (person, new PhoneApp(Totp.Spelt(key)));
    }

    private async Task<Account> AccountAsync(Person person)
    {
        await using var db = ground.Db();
        return await db.Users.AsNoTracking().SingleAsync(account => account.PersonId == person.Id);
    }

    private async Task<Page> BeginAsync(Visitor visitor, Person person, string? returnUrl = null)
    {
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(person.Id);
        return await (await visitor.Get(SignIn.Page + (returnUrl is null ? "" : $"?returnUrl={returnUrl}"))).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
    }
}
