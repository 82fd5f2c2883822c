using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>Passkeys by Chromium's own virtual authenticator, an authenticator app, and a lost phone; every state on the way is scanned once and fits every width.</summary>
public class SecondStepJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // S1
    public async Task The_business_unit_adds_a_passkey_and_signs_in_by_it_with_the_keyboard_alone()
    {
        var unit = await ground.Given.Unit();
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(unit.Id, exempt: false);
        var page = await WindowAsync();
        await AuthenticatorAsync(page);
        await page.SignInAsync(email, password);
        await page.GotoAsync("/manage");
        Assert.Equal("This page needs a second step", await page.HeadingAsync());
        await page.LooksRightAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Set up a second step" }).ClickAsync();
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" }).ClickAsync();
        await page.LooksRightAsync();
        await page.GetByLabel("A name by which you know it").FillAsync("Work laptop");
        await page.Keyboard.PressAsync("Enter");
        await page.ReachAsync("/account/security/codes");
        await page.LooksRightAsync();
        Assert.Equal(10, await page.Locator(".app-codes li").CountAsync());
        await page.GotoAsync("/manage");
        Assert.StartsWith("To do", await page.HeadingAsync());

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/account/sign-in?returnUrl=/manage");
        await page.LooksRightAsync();
        await ReachAsync(page, "Use a passkey");
        await page.Keyboard.PressAsync("Enter");
        await page.ReachAsync(@"\d/manage$"); // The sign-in page's own address ends in /manage too.
        Assert.StartsWith("To do", await page.HeadingAsync());

        await page.GotoAsync("/account/security");
        await page.LooksRightAsync();
        Assert.Contains("Work laptop", await page.GetByRole(AriaRole.Main).InnerTextAsync());
    }

    [Fact]
    public async Task What_protects_an_account_is_changed_by_showing_the_passkey_again_and_a_removed_one_opens_nothing()
    {
        var page = await WithPasskeyAsync("My phone");
        ground.Clock.Advance(TimeSpan.FromMinutes(15));
        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove the passkey My phone" }).ClickAsync();
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.ReachAsync("/account/security/remove/");
        await page.LooksRightAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        Assert.Contains("It is removed", await page.GetByRole(AriaRole.Status).InnerTextAsync());

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.GetByText("There is a problem").WaitForAsync();
        Assert.Contains("That passkey opens no account here", await page.GetByRole(AriaRole.Alert).First.InnerTextAsync());
        await page.LooksRightAsync();
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_only_for_the_account_and_the_question_it_was_made_for()
    {
        var (mine, other) = (await WithPasskeyAsync("Mine"), await WithPasskeyAsync("Other"));

        // The answer to one question, sent twice with the cookie of its question.
        await mine.Context.ClearCookiesAsync();
        var answer = await AnswerAsync(mine);
        var cookies = await mine.Context.CookiesAsync();
        Assert.Equal("/my", await SendAsync(mine, answer));
        await AgainAsync(mine, cookies);
        Assert.Equal("/account/sign-in", await SendAsync(mine, answer));

        // Nor by a passkey that does not count its uses, as those do which are on several devices.
        await ground.Sql("update account_passkeys set data = jsonb_set(data, '{SignCount}', '0')");
        await AgainAsync(mine, cookies);
        Assert.Equal("/account/sign-in", await SendAsync(mine, answer));

        // With another question's cookie, or none.
        await mine.Context.ClearCookiesAsync();
        Assert.Equal("/account/sign-in", await SendAsync(mine, answer));
        var late = await AnswerAsync(mine);
        await AnswerAsync(mine);
        Assert.Equal("/account/sign-in", await SendAsync(mine, late));

        // My answer, with the name of another's account and with the id of another's passkey in it.
        await other.Context.ClearCookiesAsync();
        var theirs = await AnswerAsync(other);
        await using var db = ground.Db();
        var account = await db.UserPasskeys.Where(passkey => passkey.Data.Name == "Other").Select(passkey => passkey.UserId).SingleAsync();
        var handle = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(account.ToString()));
        Assert.Equal("/account/sign-in", await SendAsync(mine, await ChangedAsync(mine, await AnswerAsync(mine), $"(a) => {{ a.response.userHandle = '{handle}'; return a; }}")));
        Assert.Equal("/account/sign-in", await SendAsync(mine, await ChangedAsync(mine, await AnswerAsync(mine), $"(a) => {{ const b = {theirs}; a.id = b.id; a.rawId = b.rawId; return a; }}")));
        Assert.Equal("/account/sign-in", await SendAsync(mine, await ChangedAsync(mine, await AnswerAsync(mine), $"(a) => {{ const b = {theirs}; a.id = b.id; a.rawId = b.rawId; a.response.userHandle = b.response.userHandle; return a; }}")));
        foreach (var nonsense in new[] { "", "{}", "null", "[1]", "{\"response\":{\"clientDataJSON\":\"e30\"}}", "{\"response\":{\"clientDataJSON\":\"!\"}}" })
        {
            Assert.Equal("/account/sign-in", await SendAsync(mine, nonsense));
        }
    }

    [Fact] // P3: else it would stand in for the second step of the account that counts
    public async Task A_passkey_of_a_record_that_is_merged_opens_nothing_until_the_merge_is_undone()
    {
        var page = await WithPasskeyAsync("Merged");
        var kept = await ground.Given.Person();
        await ground.Sql($"insert into person_merges (person_id, into_id, recorded_at, reason) select a.person_id, '{kept.Id}', '{ground.Zone.Now:O}', 'One and the same' from accounts a join account_passkeys p on p.user_id = a.id where p.data ->> 'Name' = 'Merged'");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.GetByText("There is a problem").WaitForAsync();
        Assert.Contains("your records were put together. Sign in in another way", await page.GetByRole(AriaRole.Alert).First.InnerTextAsync());
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from accounts where person_id = '{kept.Id}'"));

        await ground.Sql($"insert into person_merges (person_id, into_id, recorded_at, reason) select person_id, null, '{ground.Zone.Now.AddSeconds(1):O}', 'Not so' from person_merges where into_id = '{kept.Id}'");
        Assert.Equal("/my", await SendAsync(page, await AnswerAsync(page)));
    }

    [Fact]
    public async Task Another_accounts_passkey_cannot_be_added_to_ones_own()
    {
        var other = await WithPasskeyAsync("Other");
        var credential = (await CredentialsAsync(other)).Single();
        var page = await SignedInAsync();
        await AuthenticatorAsync(page);

        await page.GotoAsync("/account/security/passkey");
        var made = await page.EvaluateAsync<string>(New);
        await using var db = ground.Db();
        var theirs = (await db.UserPasskeys.AsNoTracking().SingleAsync(passkey => passkey.Data.Name == "Other" && passkey.CredentialId == Convert.FromBase64String(credential))).CredentialId;
        var id = System.Buffers.Text.Base64Url.EncodeToString(theirs);
        await FillAsync(page, "Theirs", await ChangedAsync(page, made, $"(a) => {{ a.id = '{id}'; a.rawId = '{id}'; return a; }}"));

        Assert.Contains("no passkey was added", await page.GetByRole(AriaRole.Alert).First.InnerTextAsync());
        Assert.Equal(1, await db.UserPasskeys.CountAsync(passkey => passkey.CredentialId == theirs));
    }

    [Fact]
    public async Task Without_JavaScript_the_button_is_not_there_and_at_an_address_of_numbers_it_leads_to_the_name()
    {
        var site = await ground.SiteAsync();
        var plain = await chromium.WindowAsync(site, 360, 800, javaScript: false);
        await plain.GotoAsync("/account/sign-in");
        Assert.Equal(0, await plain.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).CountAsync());
        Assert.False(await plain.GetByText("Open this page at localhost").IsVisibleAsync());

        var numbers = await chromium.WindowAsync(site, 360, 800);
        await numbers.GotoAsync("/account/sign-in?returnUrl=/my/bookings");
        await numbers.LooksRightAsync();
        await numbers.GetByRole(AriaRole.Link, new() { Name = "Open this page at localhost" }).ClickAsync();
        Assert.Equal($"http://localhost:{site.Address.Port}/account/sign-in?returnUrl=/my/bookings", numbers.Url);
        await numbers.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).WaitForAsync();
    }

    private const string Ask = """
        async address => {
            const token = document.querySelector('input[name=__RequestVerificationToken]').value;
            return await (await fetch(address, { method: 'POST', body: new URLSearchParams({ __RequestVerificationToken: token }) })).json();
        }
        """;

    // What the browser answers to a question, without sending it.
    private static readonly string Get = $"async () => {{ const asked = await ({Ask})('/account/passkeys/sign-in'); return JSON.stringify((await navigator.credentials.get({{ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) }})).toJSON()); }}";
    private static readonly string New = $"async () => {{ const asked = await ({Ask})('/account/passkeys/new'); return JSON.stringify((await navigator.credentials.create({{ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) }})).toJSON()); }}";

    private static async Task<string> AnswerAsync(IPage page)
    {
        await page.GotoAsync("/account/sign-in");
        return await page.EvaluateAsync<string>(Get);
    }

    private static Task<string> ChangedAsync(IPage page, string answer, string change) => page.EvaluateAsync<string>($"() => JSON.stringify(({change})({answer}))");

    private static async Task<string> SendAsync(IPage page, string answer)
    {
        await page.GotoAsync("/account/sign-in");
        await page.EvaluateAsync("answer => { const field = document.querySelector(\"[name='Passkey.Answer']\"); field.value = answer; }", answer);
        await SubmitAsync(page, "Passkey.Answer");
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task FillAsync(IPage page, string name, string answer)
    {
        await page.EvaluateAsync("([name, answer]) => { document.querySelector(\"[name='Input.Name']\").value = name; document.querySelector(\"[name='Input.Answer']\").value = answer; }", new[] { name, answer });
        await SubmitAsync(page, "Input.Answer");
    }

    private static async Task AgainAsync(IPage page, IEnumerable<BrowserContextCookiesResult> cookies)
    {
        await page.Context.ClearCookiesAsync();
        await page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path }));
    }

    private static async Task SubmitAsync(IPage page, string field)
    {
        await page.EvaluateAsync("name => { document.body.dataset.before = ''; document.querySelector(`[name='${name}']`).form.submit(); }", field);
        await page.Locator("body:not([data-before])").WaitForAsync();
        await page.LoadedAsync();
    }

    private async Task<IPage> WithPasskeyAsync(string name)
    {
        var page = await SignedInAsync();
        await AuthenticatorAsync(page);
        await page.GotoAsync("/account/security/passkey");
        await page.GetByLabel("A name by which you know it").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.ReachAsync("/account/security/codes");
        return page;
    }

    private async Task<IPage> SignedInAsync()
    {
        var person = await ground.Given.Person();
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(person.Id, exempt: false);
        var page = await WindowAsync();
        await page.SignInAsync(email, password);
        return page;
    }

    // Passkeys belong to a name.
    private async Task<IPage> WindowAsync() => await chromium.WindowAsync(await ground.SiteAsync(), host: "localhost");

    private readonly Dictionary<IPage, (ICDPSession Session, string Id)> devices = [];

    /// <summary>A device with a screen lock in this window, as Windows Hello or a phone has; it asks nobody and always says yes.</summary>
    private async Task AuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        devices[page] = (session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private async Task<IReadOnlyList<string>> CredentialsAsync(IPage page)
    {
        var (session, id) = devices[page];
        var all = await session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id });
        return [.. all!.Value.GetProperty("credentials").EnumerateArray().Select(one => one.GetProperty("credentialId").GetString()!)];
    }

    // Tab until the button is reached: no mouse.
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
