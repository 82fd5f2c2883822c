using System.Net;

using Learning.Accounts;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Learning.Tests.Web;

/// <summary>What every answer tells the browser, whatever kind of answer it is: a page, a file, the API, a redirect, an error, a refusal before any page was asked.</summary>
public sealed class SecurityHeadersTests(SecurityHeadersTests.Two sites) : IClassFixture<SecurityHeadersTests.Two>
{
    public static TheoryData<string, string, int> Answers => new()
    {
        { "GET", "/", 200 },
        { "GET", "/courses", 200 },
        { "GET", "/built/site.css", 200 },
        { "GET", "/favicon.svg", 200 },
        { "GET", "/health/live", 200 },
        { "GET", "/openapi/v1.json", 200 },
        { "GET", "/.well-known/security.txt", 200 },
        { "GET", "/account", 302 },
        { "GET", "/no-such-page", 404 },
        { "GET", "/no-such-file.js", 404 },
        { "GET", "/broken", 500 },
        { "POST", "/account/sign-in", 400 },
        { "PUT", "/courses", 405 },
        { "TRACE", "/courses", 405 },
        { "GET", "/courses?q=%00", 400 },
        { "GET", "/api/v1/sessions", 401 },
        { "GET", "/api/v1/no-such", 404 },
        { "GET", "/api/broken", 500 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_has_them(string method, string path, int status)
    {
        foreach (var https in new[] { false, true })
        {
            using var answer = await sites.AskAsync(https, method, path);
            Assert.Equal(status, (int)answer.StatusCode);

            var policy = Header(answer, "Content-Security-Policy")!;
            Assert.StartsWith("default-src 'none'; ", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.Contains("base-uri 'none'", policy);
            Assert.Contains("form-action 'self'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.DoesNotContain("*", policy);
            Assert.DoesNotContain("http", policy);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.NotNull(Header(answer, "Permissions-Policy"));
            Assert.Equal(https ? "max-age=31536000; includeSubDomains" : null, Header(answer, "Strict-Transport-Security"));
            Assert.Null(Header(answer, "Server"));
            Assert.Null(Header(answer, "X-Powered-By"));
            Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_text_says_which_characters_it_is_written_in(string method, string path, int status)
    {
        using var answer = await sites.AskAsync(https: false, method, path);
        var type = answer.Content.Headers.ContentType;
        if (status is not 302 && type is not null && (type.MediaType!.StartsWith("text/", StringComparison.Ordinal) && path is not "/built/site.css"))
        {
            Assert.Equal("utf-8", type.CharSet, ignoreCase: true);
        }

        Assert.True(type is not null || (await answer.Content.ReadAsByteArrayAsync()).Length == 0);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/my")]
    [InlineData("/courses")]
    [InlineData("/account")]
    [InlineData("/no-such-page")]
    [InlineData("/manage")]
    [InlineData("/api/v1/sessions")]
    [InlineData("/api/v1/registers/none")]
    [InlineData("/broken")]
    public async Task Of_what_somebody_signed_in_was_shown_no_copy_is_kept(string path)
    {
        var answer = await sites.SignedIn.Http.GetAsync(path);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task What_is_the_same_for_everybody_may_be_kept()
    {
        var page = await sites.SignedIn.Get("/");
        var styles = page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var answer = await sites.SignedIn.Http.GetAsync(styles);
        Assert.DoesNotContain("no-store", answer.Headers.CacheControl?.ToString() ?? "");
        Assert.Contains("no-store", (await sites.SignedIn.Http.GetAsync(SignIn.Page)).Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/broken")]
    [InlineData("/api/broken")]
    public async Task An_error_tells_its_reference_and_nothing_of_itself(string path)
    {
        using var answer = await sites.AskAsync(https: false, "GET", path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("secret of the house", text);
        Assert.DoesNotContain("InvalidOperation", text);
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain(".cs:line", text);
        Assert.Contains("half done", text);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>A site on this machine and one that its proxy shows as https, each with two addresses that break.</summary>
    public sealed class Two : IAsyncLifetime
    {
        private readonly Ground ground = new();
        private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        private WebsiteUnderTest plain = null!, secure = null!;

        internal Visitor SignedIn { get; private set; } = null!;

        internal async Task<HttpResponseMessage> AskAsync(bool https, string method, string path)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri((https ? secure : plain).Address, path));
            if (https)
            {
                request.Headers.Host = "learning.example";
            }

            return await http.SendAsync(request);
        }

        public async Task InitializeAsync()
        {
            await ground.InitializeAsync();
            plain = await StartAsync(null);
            secure = await StartAsync("https://learning.example");
            SignedIn = await plain.SignedInAsync((await ground.Given.Unit()).Id);
        }

        private Task<WebsiteUnderTest> StartAsync(string? address) => WebsiteUnderTest.StartAsync(
            ground.ConnectionString, ground.Clock, settings: settings => settings with { PublicAddress = address is null ? null : new Uri(address) },
            map: routes =>
            {
                routes.MapGet("/broken", Break).AllowAnonymous();
                routes.MapGet("/api/broken", Break).AllowAnonymous();
            });

        private static Task<IResult> Break() => throw new InvalidOperationException("the secret of the house");

        public async Task DisposeAsync()
        {
            http.Dispose();
            await plain.DisposeAsync();
            await secure.DisposeAsync();
            await ground.DisposeAsync();
        }
    }
}
