using System.Net;
using System.Text.RegularExpressions;

using Learning.Accounts;
using Learning.Attendance;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

using Markdig;

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Learning.Tests.Web;

/// <summary>The pages about privacy, cookies and accessibility, and the template of an assessment, say what the program does.</summary>
public partial class DataProtectionWordsTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Every_cookie_that_the_program_sets_is_on_the_cookies_page_with_how_long_it_lasts()
    {
        var services = (await ground.SiteAsync()).Services;
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();
        var half = options.Get(HalfSignIns.Scheme);
        var passkey = options.Get(IdentityConstants.TwoFactorUserIdScheme);
        var session = options.Get(IdentityConstants.ApplicationScheme);
        var form = services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;
        Assert.Null(session.Cookie.MaxAge);
        Assert.Null(form.MaxAge);
        Dictionary<string, string> set = new()
        {
            [session.Cookie.Name!] = "until you sign out or close the browser, and never longer than your session", [form.Name!] = "until you close the browser", [CodeCookie.Name] = InWords(CodeCookie.Kept),
            [half.Cookie.Name!] = InWords(half.ExpireTimeSpan), [passkey.Cookie.Name!] = InWords(passkey.ExpireTimeSpan), [ThisBrowser.DeviceCookie] = InWords(KnownDevice.Kept),
            [ShownOnce.Name] = $"until it has shown them or you close the browser, and good for {InWords(ShownOnce.Good)}",
        };

        var told = (await (await ground.SiteAsync()).Visitor().Get("/cookies")).Document.QuerySelectorAll(".app-prose tbody tr")
            .ToDictionary(row => row.QuerySelector("code")!.TextContent, row => row.Children[2].TextContent.Trim());

        Assert.Equal(set.OrderBy(one => one.Key, StringComparer.Ordinal), told.OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_other_place_of_the_program_sets_a_cookie()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(NamedInDocuments.Root, "src", "Learning"), "*.cs", SearchOption.AllDirectories).Concat(
            Directory.EnumerateFiles(Path.Combine(NamedInDocuments.Root, "src", "Learning"), "*.razor", SearchOption.AllDirectories)).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
        Assert.Equal(
            ["CodeCookie.cs", "HalfSignIn.cs", "MakeRecoveryCodes.cs", "Passkeys.cs", "SignIn.cs", "Site.cs", "ThisBrowser.cs"],
            sources.Where(file => SetsCookie().IsMatch(File.ReadAllText(file))).Select(file => Path.GetFileName(file)).Order());
        // On the packages' own origin the frame takes away what a package has left there, and sets nothing.
        var scripts = Directory.EnumerateFiles(Path.Combine(NamedInDocuments.Root, "src", "Browser"), "*.ts", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules") && File.ReadAllText(file).Contains("document.cookie"));
        var frame = await File.ReadAllLinesAsync(Assert.Single(scripts, file => Path.GetFileName(file) == "frame.ts"));
        Assert.Single(scripts);
        Assert.All(frame.Where(line => line.Contains("document.cookie =")), line => Assert.Contains("Max-Age=0`", line));

        // The framework's own, which nobody is signed in to: named by it, and never written.
        var schemes = (await (await ground.SiteAsync()).Services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync()).Where(scheme => scheme.HandlerType == typeof(CookieAuthenticationHandler));
        Assert.Equal(
            new[] { HalfSignIns.Scheme, IdentityConstants.ApplicationScheme, IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorRememberMeScheme, IdentityConstants.TwoFactorUserIdScheme }.Order(),
            schemes.Select(scheme => scheme.Name).Order());
    }

    [Fact] // P5, S2
    public async Task The_days_on_the_privacy_page_are_those_of_the_program()
    {
        var page = await (await ground.SiteAsync()).Visitor().Get("/privacy");
        Assert.Equal(JoiningRules.SignUpKept, Days(page, "a sign-up that nobody confirms"));
        Assert.Equal(JoiningRules.ListKept, Days(page, "a list of people to invite"));
        Assert.Equal(JoiningRules.InvitationKept, Days(page, "an invitation"));
        Assert.Equal(ForgetSignIns.Sessions, Days(page, "where you were signed in"));
        Assert.Equal(KnownDevice.Kept, Days(page, "a browser that we know as yours"));
        Assert.Contains($"works for {SignInCode.Good.TotalMinutes} minutes and is deleted a day later; the e-mail about it is forgotten after {ForgetSignIns.Mails.TotalDays} days", page.Text);
        Assert.Equal(TimeSpan.FromDays(1), ForgetSignIns.Codes);
        var periods = new RetentionPeriods();
        Assert.Equal(TimeSpan.FromDays(periods.NeedsDays), Days(page, "what you need in order to take part"));
        Assert.Contains($"until {periods.Years} years have gone by in which you did nothing here", page.Text);
        Assert.Contains($"At least {periods.NoticeDays} days before it is erased we write to you, and one press, or signing in, keeps it.", page.Text);
        Assert.Contains($"from {RegisterRules.OpenDays} days before the session to {RegisterRules.OpenDays} days after it", page.Text);
    }

    [Fact] // P5: how long is a setting of the installation
    public async Task The_privacy_page_says_how_long_things_are_kept_in_this_installation()
    {
        await ground.OwnerSql("insert into installation (name, value) values ('years-without-activity', '7'), ('days-of-notice', '45'), ('days-of-needs', '21')");
        try
        {
            var page = await (await ground.SiteAsync()).Visitor().Get("/privacy");
            Assert.Equal(TimeSpan.FromDays(21), Days(page, "what you need in order to take part"));
            Assert.Contains("until 7 years have gone by in which you did nothing here", page.Text);
            Assert.Contains("At least 45 days before it is erased", page.Text);
        }
        finally
        {
            await ground.OwnerSql("delete from installation where name in ('years-without-activity', 'days-of-notice', 'days-of-needs')");
        }
    }

    [Fact] // the statement is of how long one has
    public async Task The_times_on_the_accessibility_page_are_those_of_the_program()
    {
        var page = await (await ground.SiteAsync()).Visitor().Get("/accessibility");
        var half = (await ground.SiteAsync()).Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(HalfSignIns.Scheme);
        Assert.Contains($"a code or link in an e-mail after {SignInCode.Good.TotalMinutes} minutes, a sign-in that waits for its second step after {half.ExpireTimeSpan.TotalMinutes} minutes", page.Text);
        Assert.Contains($"a session after {SessionLengths.Usual.Idle.TotalHours} hours without use ({SessionLengths.Short.Idle.TotalHours} hours for the business unit, the chair and administrators)", page.Text);
    }

    [Theory]
    [InlineData("/privacy")]
    [InlineData("/accessibility")]
    [InlineData("/cookies")]
    [InlineData("/help")]
    public async Task Every_link_of_a_page_of_words_leads_somewhere_and_every_name_is_the_installations(string path)
    {
        var site = await ground.SiteAsync();
        var reader = await site.SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);
        var page = await reader.Get(path);
        Assert.DoesNotContain('{', page.Text);
        foreach (var link in page.Document.QuerySelectorAll(".app-prose a").Select(link => link.GetAttribute("href")!))
        {
            if (link.StartsWith('/'))
            {
                Assert.Equal((link, HttpStatusCode.OK), (link, (await reader.Get(link)).Status));
            }
            else
            {
                Assert.True(link == $"mailto:{new Installation().Contact}" || (Uri.TryCreate(link, UriKind.Absolute, out var there) && there.Scheme == "https"), link);
            }
        }
    }

    [Fact]
    public void What_an_installation_is_called_is_text_whatever_it_holds()
    {
        var page = new TextPageWords("T", null, "Run by the {partnership} of {area}: [{contact}](mailto:{contact}).")
            .Of(new Installation { Partnership = "A & *B* <b>[x](https://evil.example)", Area = "C_D_", Contact = "a_b@c.example" }, new RetentionPeriods());
        var html = Markdown.ToHtml(page.Body, new MarkdownPipelineBuilder().DisableHtml().Build());
        Assert.Equal("<p>Run by the A &amp; *B* &lt;b&gt;[x](https://evil.example) of C_D_: <a href=\"mailto:a_b@c.example\">a_b@c.example</a>.</p>", html.Trim());
    }

    [Fact]
    public void Every_test_and_every_file_that_the_assessment_names_exists()
    {
        var text = File.ReadAllText(Path.Combine(NamedInDocuments.Root, "docs", "dpia.md"));
        var named = NamedInDocuments.Of(text).Where(name => TestOrFile().IsMatch(name)).ToList();
        Assert.True(named.Count > 20);
        Assert.All(named, name => Assert.True(NamedInDocuments.IsThere(name), name));
        Assert.Equal(Enumerable.Range(1, 7).Select(step => $"## Step {step}:"), text.Split('\n').Where(line => line.StartsWith("## Step ", StringComparison.Ordinal)).Select(line => line[..10]));
    }

    private static TimeSpan Days(Page page, string what)
    {
        var row = page.Document.QuerySelectorAll(".app-prose tr").Single(row => row.Children[0].TextContent == what);
        return TimeSpan.FromDays(int.Parse(NumberOfDays().Match(row.Children[1].TextContent).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string InWords(TimeSpan time) => time.TotalDays >= 2 ? $"{time.TotalDays:0} days" : time.TotalHours >= 2 ? $"{time.TotalHours:0} hours" : time.TotalHours >= 1 ? "1 hour" : $"{time.TotalMinutes:0} minutes";

    [GeneratedRegex(@"Cookies\.Append\(|\.Cookie\.Name = ")]
    private static partial Regex SetsCookie();

    [GeneratedRegex(@"Tests\.|^(src|docs|content|tests)/")]
    private static partial Regex TestOrFile();

    [GeneratedRegex(@"(\d+) days")]
    private static partial Regex NumberOfDays();
}
