using System.Net;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Accounts;

/// <summary>What protects one's account, as somebody without JavaScript sets it up and takes it away (ASVS 5.0, 6.2, 6.3, 6.5, 7.5).</summary>
public class SecurityPageTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task An_authenticator_app_is_set_up_with_its_recovery_codes_and_asked_for_from_then_on()
    {
        var (person, visitor) = await SignedInAsync();
        var page = await (await (await visitor.Get(FinishSignIn.Security)).Follow("Set up an authenticator app")).Submit("Show the QR code");
        var phone = PhoneOf(page);
        Assert.NotNull(page.Document.QuerySelector("svg[role=img][aria-label*='QR code']"));
        Assert.Equal("/my", (await InAsync(person)).Path); // not asked for before it has been shown to work

        var wrong = await page.Submit("Confirm", ("Input.Code", "12345"));
        Assert.Contains("That code is not right", wrong.Text);
        Assert.Equal("12345", wrong.Document.QuerySelector("[name='Input.Code']")!.GetAttribute("value"));
        var codes = await wrong.Submit("Confirm", ("Input.Code", phone.Code(ground.Zone.Now)));

        Assert.StartsWith(RecoveryCodesPage.Address, codes.Path);
        var shown = codes.Document.QuerySelectorAll(".app-codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, shown.Distinct().Count());
        Assert.DoesNotContain(shown[0], (await visitor.Get(codes.Path)).Text); // once
        Assert.Contains("10 of 10 are left", (await visitor.Get(FinishSignIn.Security)).Text);
        Assert.Equal(["An authenticator app was added", "Recovery codes were made"], (await ToldAsync(person)).Order());

        ground.Clock.Advance(TimeSpan.FromSeconds(30));
        var half = await InAsync(person);
        Assert.Equal(FinishSignIn.SecondStep, half.Path);
        Assert.Equal("/my", (await half.Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
    }

    [Fact]
    public async Task The_code_that_set_the_app_up_does_not_sign_in()
    {
        var (person, visitor) = await SignedInAsync();
        var phone = await SetUpAsync(visitor);

        Assert.Contains("has been used", (await (await InAsync(person)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Text);
    }

    [Fact] // S1
    public async Task Setting_one_up_turns_the_roles_on_that_need_it()
    {
        var unit = await ground.Given.Unit();
        var visitor = await (await ground.SiteAsync()).SignedInAsync(unit.Id, exempt: false);
        Assert.Contains("needs a second step", (await visitor.Get(FinishSignIn.Security)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/manage")).Status);
        var before = visitor.Cookies;

        await SetUpAsync(visitor);

        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/manage")).Status);
        var old = (await ground.SiteAsync()).Visitor();
        old.Http.DefaultRequestHeaders.Add("Cookie", before);
        Assert.StartsWith(SignIn.Page, (await old.Get("/my")).Path); // the session is a new one
    }

    [Fact]
    public async Task What_protects_an_account_is_changed_only_for_ten_minutes_after_signing_in()
    {
        var (person, visitor) = await SignedInAsync();
        var begin = await visitor.Get(AuthenticatorPage.Address);
        ground.Clock.Advance(TimeSpan.FromMinutes(10));

        var late = await begin.Submit("Show the QR code");
        Assert.True(late.Path.StartsWith("/account/prove", StringComparison.Ordinal), late.Status + late.Text);
        foreach (var address in new[] { AuthenticatorPage.Address, PasswordPage.Address, AddPasskeyPage.Address, RemoveFactorPage.To(RemoveFactorPage.Password) })
        {
            Assert.Equal(ProvePage.To(address), (await visitor.Get(address)).Path);
        }

        var prove = await visitor.Get(ProvePage.To(PasswordPage.Address));
        var wrong = await prove.Submit("Go on", ("Input.Password", "not the password"));
        Assert.Contains("That is not your password", wrong.Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_authenticators a join accounts c on c.id = a.account_id where c.person_id = '{person.Id}'"));
        Assert.Equal(PasswordPage.Address, (await wrong.Submit("Go on", ("Input.Password", "Learning-test-1"))).Path);
    }

    [Fact]
    public async Task The_first_factor_alone_changes_nothing_where_there_is_a_second_step()
    {
        // With a passkey and no authenticator app, a password signs in without being asked for more.
        var (person, visitor) = await SignedInAsync();
        await ground.Sql($$"""insert into account_passkeys (credential_id, user_id, data) select '\x0102', id, '{"Name": "Laptop", "CreatedAt": "2024-05-01T09:00:00+00:00", "PublicKey": "AA==", "SignCount": 0, "Transports": null, "IsUserVerified": true, "IsBackupEligible": false, "IsBackedUp": false, "AttestationObject": "AA==", "ClientDataJson": "AA=="}' from accounts where person_id = '{{person.Id}}'""");

        var page = await visitor.Get(FinishSignIn.Security);
        Assert.Contains("You signed in without your second step", page.Text);
        Assert.Contains("made on 1 May 2024", page.Text);
        Assert.StartsWith("/account/prove", (await visitor.Get(AuthenticatorPage.Address)).Path);
        Assert.StartsWith("/account/prove", (await visitor.Get(RemoveFactorPage.To("AQI"))).Path);
        Assert.IsType<FactorOutcome.ProofWanted>(await VerbAsync<RemovePasskey>(visitor, remove => remove.RunAsync("AQI")));

        // Giving the password again proves nothing more; only the way through the second step is left.
        Assert.StartsWith("/account/prove", (await (await visitor.Get(ProvePage.To(AuthenticatorPage.Address))).Submit("Go on", ("Input.Password", "Learning-test-1"))).Path);
        var second = await (await visitor.Get(ProvePage.To(null))).Submit("Use a recovery code, or get help with a lost phone");
        Assert.Equal(FinishSignIn.SecondStep, second.Path);
        Assert.Null(second.Document.QuerySelector("[name='Input.Code']"));
    }

    [Fact]
    public async Task Removing_the_app_ends_the_other_sessions_takes_the_codes_along_and_is_told_and_on_the_trail()
    {
        var (person, visitor) = await SignedInAsync();
        var phone = await SetUpAsync(visitor);
        ground.Clock.Advance(TimeSpan.FromSeconds(30));
        var elsewhere = (await ground.SiteAsync()).Visitor();
        await (await InAsync(person, elsewhere)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)));
        Assert.Equal("/my", (await elsewhere.Get("/my")).Path);
        var halfway = await InAsync(person);

        var page = await (await (await visitor.Get(FinishSignIn.Security)).Follow("Remove the authenticator app")).Submit("Remove it");

        Assert.Contains("It is removed", page.Text);
        Assert.StartsWith(SignIn.Page, (await elsewhere.Get("/my")).Path);
        Assert.Equal("/my", (await visitor.Get("/my")).Path);
        Assert.Contains("within ten minutes", (await halfway.Submit("Go on", ("Input.Code", "123456"))).Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from account_recovery_codes r join accounts c on c.id = r.account_id where c.person_id = '{person.Id}'"));
        Assert.Equal("/my", (await InAsync(person)).Path);
        Assert.Contains("Your authenticator app was removed", await ToldAsync(person));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'removed the authenticator app' and actor_id = '{person.Id}' and subject_id = '{person.Id}'"));
    }

    [Fact]
    public async Task Another_app_takes_the_place_of_the_first_once_it_is_confirmed()
    {
        var (person, visitor) = await SignedInAsync();
        var old = await SetUpAsync(visitor);
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var page = await (await visitor.Get(AuthenticatorPage.Address)).Submit("Show the QR code");
        var phone = PhoneOf(page);
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/my", (await (await InAsync(person)).Submit("Go on", ("Input.Code", old.Code(ground.Zone.Now)))).Path); // the old one counts until then

        await page.Submit("Confirm", ("Input.Code", phone.Code(ground.Zone.Now)));
        ground.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("not right", (await (await InAsync(person)).Submit("Go on", ("Input.Code", old.Code(ground.Zone.Now)))).Text);
        Assert.Equal("/my", (await (await InAsync(person)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
    }

    [Fact]
    public async Task New_recovery_codes_take_the_place_of_those_before()
    {
        var (person, visitor) = await SignedInAsync();
        var first = await SetUpWithCodesAsync(visitor);
        var second = (await (await visitor.Get(RecoveryCodesPage.Address)).Submit("Make new recovery codes")).Document.QuerySelectorAll(".app-codes code").Select(code => code.TextContent).ToList();

        Assert.Empty(first.Intersect(second));
        Assert.Contains("not one of your recovery codes", (await (await InAsync(person)).Submit("Go on", ("Input.RecoveryCode", first[0]))).Text);
        Assert.Equal(FinishSignIn.Security, (await (await InAsync(person)).Submit("Go on", ("Input.RecoveryCode", second[9]))).Path);
    }

    [Fact]
    public async Task Whoever_came_in_by_a_recovery_code_sets_up_another_app()
    {
        var (person, visitor) = await SignedInAsync();
        var codes = await SetUpWithCodesAsync(visitor);
        var again = (await ground.SiteAsync()).Visitor();
        var page = await (await InAsync(person, again)).Submit("Go on", ("Input.RecoveryCode", codes[0]));
        Assert.Contains("You are back in", page.Text);

        var phone = await SetUpAsync(again);
        ground.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("/my", (await (await InAsync(person)).Submit("Go on", ("Input.Code", phone.Code(ground.Zone.Now)))).Path);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_wants_the_one_before()
    {
        var (person, visitor) = await SignedInAsync();
        var elsewhere = await (await ground.SiteAsync()).SignedInAsync(person.Id, exempt: false);
        var page = await visitor.Get(PasswordPage.Address);

        var wrong = await page.Submit("Change the password", ("Input.Now", "not the password"), ("Input.Wanted", "kettle harbour violin"), ("Input.Again", "kettle harbour violin"));
        Assert.Contains("That is not your password", wrong.Text);
        var other = await page.Submit("Change the password", ("Input.Now", "Learning-test-1"), ("Input.Wanted", "kettle harbour violin"), ("Input.Again", "kettle harbour violim"));
        Assert.Contains("The two are not the same", other.Text);
        Assert.DoesNotContain("kettle", other.Document.DocumentElement.OuterHtml);
        var done = await page.Submit("Change the password", ("Input.Now", "Learning-test-1"), ("Input.Wanted", "kettle harbour violin"), ("Input.Again", "kettle harbour violin"));

        Assert.Contains("The password is set", done.Text);
        Assert.StartsWith(SignIn.Page, (await elsewhere.Get("/my")).Path);
        Assert.StartsWith(SignIn.Page, (await InAsync(person)).Path);
        Assert.Equal("/my", (await InAsync(person, password: "kettle harbour violin")).Path);
        Assert.Contains("Your password was changed", await ToldAsync(person));
    }

    [Fact]
    public async Task A_password_can_be_removed_and_set_again()
    {
        var (person, visitor) = await SignedInAsync();
        await (await visitor.Get(RemoveFactorPage.To(RemoveFactorPage.Password))).Submit("Remove it");
        Assert.StartsWith(SignIn.Page, (await InAsync(person)).Path);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(RemoveFactorPage.To(RemoveFactorPage.Password))).Status);

        var page = await (await visitor.Get(FinishSignIn.Security)).Follow("Set a password");
        Assert.Null(page.Document.QuerySelector("[name='Input.Now']"));
        await page.Submit("Set the password", ("Input.Wanted", "kettle harbour violin"), ("Input.Again", "kettle harbour violin"));
        Assert.Equal("/my", (await InAsync(person, password: "kettle harbour violin")).Path);
    }

    [Fact]
    public async Task The_password_until_now_cannot_be_guessed_from_an_open_session()
    {
        var (_, visitor) = await SignedInAsync();
        var page = await visitor.Get(PasswordPage.Address);
        for (var i = 0; i < 10; i++)
        {
            page = await page.Submit("Change the password", ("Input.Now", $"guess number {i}"), ("Input.Wanted", "kettle harbour violin"), ("Input.Again", "kettle harbour violin"));
        }

        Assert.Contains("Too many wrong passwords", (await page.Submit("Change the password", ("Input.Now", "Learning-test-1"), ("Input.Wanted", "kettle harbour violin"), ("Input.Again", "kettle harbour violin"))).Text);
    }

    [Fact] // S2
    public async Task Nothing_of_another_account_can_be_removed()
    {
        var (other, _) = await SignedInAsync();
        await ground.Sql($$"""insert into account_passkeys (credential_id, user_id, data) select '\x0103', id, '{"Name": "Theirs", "CreatedAt": "2024-05-01T09:00:00+00:00"}' from accounts where person_id = '{{other.Id}}'""");
        var (_, visitor) = await SignedInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(RemoveFactorPage.To("AQM"))).Status);
        Assert.Equal(1, await ground.Sql<long>("select count(*) from account_passkeys where credential_id = '\\x0103'"));
    }

    [Fact]
    public async Task An_account_of_the_demonstration_is_never_asked_for_a_second_step()
    {
        var person = await ground.Given.Person();
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id, exempt: true);
        Assert.Contains("never asked for one", (await visitor.Get(FinishSignIn.Security)).Text);
        await SetUpAsync(visitor);

        Assert.Equal("/my", (await InAsync(person)).Path);
    }

    private static PhoneApp PhoneOf(Page page) => new(page.Document.QuerySelector(".app-key")!.TextContent);

    private async Task<PhoneApp> SetUpAsync(Visitor visitor)
    {
        var page = await (await visitor.Get(AuthenticatorPage.Address)).Submit("Show the QR code");
        var phone = PhoneOf(page);
        await page.Submit("Confirm", ("Input.Code", phone.Code(ground.Zone.Now)));
        return phone;
    }

    private async Task<List<string>> SetUpWithCodesAsync(Visitor visitor)
    {
        var page = await (await visitor.Get(AuthenticatorPage.Address)).Submit("Show the QR code");
        var codes = await page.Submit("Confirm", ("Input.Code", PhoneOf(page).Code(ground.Zone.Now)));
        return [.. codes.Document.QuerySelectorAll(".app-codes code").Select(code => code.TextContent)];
    }

    private async Task<(Person Person, Visitor Visitor)> SignedInAsync()
    {
        var person = await ground.Given.Person();
        return (person, await (await ground.SiteAsync()).SignedInAsync(person.Id, exempt: false));
    }

    private async Task<Page> InAsync(Person person, Visitor? visitor = null, string password = "Learning-test-1")
    {
        var site = await ground.SiteAsync();
        var (email, _) = await site.AccountAsync(person.Id);
        return await (await (visitor ?? site.Visitor()).Get(SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
    }

    private async Task<List<string>> ToldAsync(Person person)
    {
        await using var db = ground.Db();
        return [.. db.Messages.Where(message => message.PersonId == person.Id && message.Kind == "security-changed").OrderBy(message => message.QueuedAt).ThenBy(message => message.Id)
            .Select(message => message.Data).AsEnumerable().Select(data => System.Text.Json.JsonDocument.Parse(data).RootElement.GetProperty("title").GetString()!)];
    }

    /// <summary>A verb as a request with the visitor's cookie would call it, past the page.</summary>
    private async Task<FactorOutcome> VerbAsync<T>(Visitor visitor, Func<T, Task<FactorOutcome>> call) where T : notnull =>
        await (await ground.SiteAsync()).AsRequestOf(visitor, call);
}
