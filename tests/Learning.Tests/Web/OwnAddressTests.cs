using System.Net;

using Learning.Accounts;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Learning.Tests.Web;

/// <summary>The site behind its public address: which names it answers to, whose word it takes for where a visitor is, and what its cookies are then.</summary>
public sealed class OwnAddressTests : IClassFixture<Ground>, IAsyncLifetime
{
    private const string Own = "https://learning.example";

    private readonly Ground ground;
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private WebsiteUnderTest site = null!;

    public OwnAddressTests(Ground ground) => this.ground = ground;

    [Theory]
    [InlineData("learning.example", 200)]
    [InlineData("LEARNING.example", 200)]
    [InlineData("learning.example:443", 200)]
    [InlineData("learning.example:5080", 400)]
    [InlineData("elsewhere.example", 400)]
    [InlineData("learning.example.elsewhere.example", 400)]
    [InlineData("127.0.0.1", 400)]
    public async Task It_answers_to_its_own_name_only(string host, int status)
    {
        var answer = await AskAsync("/courses", host);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Whoever_watches_over_the_process_asks_it_by_any_name() =>
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/health/ready", "127.0.0.1:5080")).StatusCode);

    [Fact]
    public async Task Where_it_sends_somebody_is_under_its_own_name()
    {
        var sent = (await AskAsync("/account")).Headers.Location!;
        Assert.Equal("/account/sign-in", new Uri(new Uri(Own), sent).AbsolutePath);
        Assert.Equal("learning.example", new Uri(new Uri(Own), sent).Host);
    }

    [Fact]
    public async Task Its_cookies_are_bound_to_it_and_another_of_the_name_is_none()
    {
        var person = await ground.Given.Person();
        var (email, password) = await site.AccountAsync(person.Id);
        var page = await AskAsync(SignIn.Page);
        var form = Cookie(page, "__Host-learning-form=");
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var entered = await PostAsync(SignIn.Page, form, new()
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token, ["Input.Email"] = email, ["Input.Password"] = password,
        });
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        var cookie = Cookie(entered, "__Host-learning=");
        foreach (var set in page.Headers.GetValues("Set-Cookie").Concat(entered.Headers.GetValues("Set-Cookie")))
        {
            var parts = set.Split("; ");
            Assert.Contains("secure", parts);
            Assert.Contains("httponly", parts);
            Assert.Contains(parts, part => part is "samesite=lax" or "samesite=strict");
            Assert.True(set.StartsWith("__Host-", StringComparison.Ordinal) ? parts.Contains("path=/") : set.StartsWith("__Secure-", StringComparison.Ordinal), set);
            Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/account", cookie: cookie)).StatusCode);
        // The same content under the name that a neighbouring site, or a network without https, could write.
        Assert.Equal(HttpStatusCode.Found, (await AskAsync("/account", cookie: cookie["__Host-".Length..])).StatusCode);

        // And signing out takes away the very cookie.
        var account = await AskAsync("/account", cookie: $"{cookie}; {form}");
        var leave = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await account.Content.ReadAsStringAsync()).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var left = await PostAsync("/account", $"{cookie}; {form}", new() { ["_handler"] = "sign-out", ["__RequestVerificationToken"] = leave });
        Assert.Contains(left.Headers.GetValues("Set-Cookie"), set => set.StartsWith("__Host-learning=;", StringComparison.Ordinal) && set.Contains("secure", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.9.0.0/16", "127.0.0.1")] // the word of somebody who is no proxy of ours
    [InlineData("127.0.0.0/8", "203.0.113.9")]
    public async Task Who_the_visitor_is_is_believed_of_the_proxies_named_and_of_nobody_else(string proxies, string seen)
    {
        await using var behind = await StartAsync(Limits.Proxies(proxies));
        var answer = await AskAsync("/who", site: behind, forwarded: "203.0.113.9");
        Assert.Equal($"{seen} https", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("10.0.0.0/99")]
    public void A_proxy_that_is_no_address_stops_the_start(string given) =>
        Assert.Contains("each is an address or a network", Assert.Throws<FormatException>(() => Limits.Proxies($"10.0.0.1, {given}")).Message);

    [Fact]
    public async Task A_weakness_can_be_told_to_somebody()
    {
        var answer = await AskAsync("/.well-known/security.txt");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Contact: mailto:unit@partnership.example", lines);
        Assert.Contains($"Canonical: {Own}/.well-known/security.txt", lines);
        var expires = DateTimeOffset.Parse(lines.Single(line => line.StartsWith("Expires: ", StringComparison.Ordinal))["Expires: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(expires, ground.Zone.Now.AddDays(30), ground.Zone.Now.AddYears(1));
    }

    public async Task InitializeAsync() => site = await StartAsync([]);

    private Task<WebsiteUnderTest> StartAsync(IReadOnlyList<IPNetwork> proxies) => WebsiteUnderTest.StartAsync(
        ground.ConnectionString, ground.Clock, settings: settings => settings with { PublicAddress = new Uri(Own), Proxies = proxies },
        map: routes => routes.MapGet("/who", (HttpContext context) => $"{context.Connection.RemoteIpAddress!.MapToIPv4()} {context.Request.Scheme}").AllowAnonymous());

    private async Task<HttpResponseMessage> AskAsync(string path, string host = "learning.example", string? cookie = null, WebsiteUnderTest? site = null, string? forwarded = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri((site ?? this.site).Address, path));
        request.Headers.Host = host;
        Add(request, "Cookie", cookie);
        Add(request, "X-Forwarded-For", forwarded);
        Add(request, "X-Forwarded-Proto", forwarded is null ? null : "http");
        return await http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string cookie, Dictionary<string, string> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Address, path)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Host = "learning.example";
        Add(request, "Cookie", cookie);
        Add(request, "Origin", Own);
        return await http.SendAsync(request);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }

    private static string Cookie(HttpResponseMessage answer, string name) => answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith(name, StringComparison.Ordinal)).Split(';')[0];

    public async Task DisposeAsync()
    {
        http.Dispose();
        await site.DisposeAsync();
    }
}
