using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

using Learning.Catalogue;
using Learning.ELearning.Packages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.ELearning.Packages;

/// <summary>What packages bring is shown from an origin that has nothing but them, and nothing of them is shown from the site's (E4).</summary>
public class ContentOriginTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly byte[] Film = [.. Enumerable.Range(0, 3_000_000).Select(one => (byte)(one % 251))];

    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    private async Task<Package> PackageAsync(WrittenPackage? written = null)
    {
        var course = await ground.Given.Course(CourseKind.ELearning);
        var zip = (written ?? WrittenPackage.Of("Played", "first").With("media/Film.mp4", Film).With("odd.xyz", "bytes").With("a b/c#d.html", "hash").With("empty.txt", "")).Zip();
        return ((PackageOutcome.Imported)await ground.With((ImportPackage import) => import.DoAsync(Actor.Machine, course.Code, zip))).Package;
    }

    private static HttpRequest Asked(Uri site) => new DefaultHttpContext { Request = { Scheme = site.Scheme, Host = HostString.FromUriComponent(site) } }.Request;

    private static Uri AddressOf(WebsiteUnderTest site, Package package, Guid? attempt = null) => site.Services.GetRequiredService<ContentOrigin>().AddressOf(package, attempt ?? Guid.CreateVersion7(), Asked(site.Address));

    [Fact] // E4
    public async Task The_packages_origin_has_another_name_and_another_port_than_the_site()
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        var address = AddressOf(site, package);
        Assert.Equal(("localhost", "/"), (address.Host, address.AbsolutePath[^1..]));
        Assert.NotEqual(site.Address.Port, address.Port);
        Assert.Equal(address.GetLeftPart(UriPartial.Authority), site.Services.GetRequiredService<ContentOrigin>().Of(package, Asked(site.Address)));
        Assert.Equal("127.0.0.1", site.Services.GetRequiredService<ContentOrigin>().AddressOf(package, Guid.CreateVersion7(), Asked(new UriBuilder(site.Address) { Host = "localhost" }.Uri)).Host);
    }

    [Fact] // E4
    public async Task A_file_comes_with_what_keeps_it_harmless()
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        using var answer = await Http.GetAsync(new Uri(AddressOf(site, package), "FIRST.html?a=b"));
        Assert.Equal((HttpStatusCode.OK, "text/html", WrittenPackage.Page), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString(), await answer.Content.ReadAsStringAsync()));
        string Header(string name) => string.Join(", ", answer.Headers.GetValues(name));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.EndsWith($"frame-ancestors {site.Address.GetLeftPart(UriPartial.Authority)} 'self'", Header("Content-Security-Policy"));
        Assert.Contains("connect-src 'self'; form-action 'none'", Header("Content-Security-Policy"));
        Assert.Contains("worker-src blob:", Header("Content-Security-Policy"));
        Assert.Equal(("same-origin", "same-origin"), (Header("Cross-Origin-Resource-Policy"), Header("Referrer-Policy")));
        Assert.Equal("max-age=43200, private, immutable", string.Join(", ", Header("Cache-Control").Split(", ").OrderBy(one => "mpi".IndexOf(one[0], StringComparison.Ordinal))));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("application/octet-stream", (await Http.GetAsync(new Uri(AddressOf(site, package), "odd.xyz"))).Content.Headers.ContentType!.MediaType);
        Assert.Equal("hash", await Http.GetStringAsync(new Uri(AddressOf(site, package), "a%20b/c%23d.html")));
        Assert.Equal("", await Http.GetStringAsync(new Uri(AddressOf(site, package), "empty.txt")));
    }

    [Fact] // E4
    public async Task A_film_can_be_wound_and_asked_about()
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        var address = new Uri(AddressOf(site, package), "media/Film.mp4");
        foreach (var (from, to) in new (long?, long?)[] { (0, 0), (1_048_570, 1_048_590), (2_999_990, null), (null, 5), (0, null) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(from, to) } };
            using var part = await Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            var range = part.Content.Headers.ContentRange!;
            Assert.Equal(Film[(int)range.From!..(int)(range.To! + 1)], await part.Content.ReadAsByteArrayAsync());
        }

        using var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal((HttpStatusCode.OK, Film.Length, 0), (head.StatusCode, head.Content.Headers.ContentLength, (await head.Content.ReadAsByteArrayAsync()).Length));
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { head.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await Http.SendAsync(again)).StatusCode);
        using var beyond = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(9_000_000, null) } };
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await Http.SendAsync(beyond)).StatusCode);
    }

    [Fact] // E4
    public async Task Nothing_of_the_site_is_reached_by_the_packages_origin_even_with_its_cookie()
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);
        var root = new Uri(AddressOf(site, package), "/");
        foreach (var path in new[] { "", "my", "manage", "courses", "api/v1/sessions", "health/live", "metrics", "account/sign-in", "openapi/v1.json", "built/site.css", "_framework/blazor.web.js", "_blazor", "favicon.svg" })
        {
            foreach (var host in new[] { root, new UriBuilder(root) { Host = "127.0.0.1" }.Uri })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, path)) { Headers = { { "Cookie", unit.Cookies } } };
                using var answer = await Http.SendAsync(request);
                Assert.Equal((HttpStatusCode.NotFound, "There is nothing here."), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
        }

        using var post = await Http.PostAsync(new Uri(AddressOf(site, package), "first.html"), new StringContent("x"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        // The same port by the site's name would share the site's cookies.
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync(new UriBuilder(new Uri(AddressOf(site, package), "first.html")) { Host = "127.0.0.1" }.Uri)).StatusCode);
    }

    [Fact] // E4
    public async Task No_file_of_a_package_is_reached_by_the_site()
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);
        var path = new Uri(AddressOf(site, package), "first.html").AbsolutePath;
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get("/~/frame.html")).Status);
    }

    [Fact] // E4
    public async Task A_pass_opens_its_own_package_for_twelve_hours_and_nothing_else()
    {
        var (site, mine, other) = (await ground.SiteAsync(), await PackageAsync(), await PackageAsync(WrittenPackage.Of("Other", "secret")));
        var address = AddressOf(site, mine);
        var pass = address.AbsolutePath.Trim('/');
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("first.html"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("secret.html"));
        foreach (var wrong in new[]
        {
            "", "x", pass[..^1], pass + "A", $"{(pass[0] == 'A' ? 'B' : 'A')}{pass[1..]}", pass.ToUpperInvariant(), new string('A', 200), new string('A', 10_000), $"{other.Id:N}", "%00", "..", "~",
        })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await Http.GetAsync($"{address.GetLeftPart(UriPartial.Authority)}/{wrong}/first.html")).StatusCode);
        }

        var began = ground.Clock.GetUtcNow();
        ground.Clock.Advance(TimeSpan.FromHours(12));
        using var late = await Http.GetAsync(new Uri(address, "first.html"));
        Assert.Equal((HttpStatusCode.Gone, "This address was good for 12 hours. Open the course again."), (late.StatusCode, await late.Content.ReadAsStringAsync()));
        ground.Clock.SetTo(began);

        async Task<HttpStatusCode> StatusAsync(string path) => (await Http.GetAsync(new Uri(address, path))).StatusCode;
    }

    [Theory] // E4
    [InlineData("../first.html")]
    [InlineData("%2e%2e/first.html")]
    [InlineData("..%2ffirst.html")]
    [InlineData("..%5cfirst.html")]
    [InlineData("media%2fFilm.mp4")]
    [InlineData("media\\Film.mp4")]
    [InlineData("/first.html")]
    [InlineData("./%2e/first.html/")]
    [InlineData("first.html%00.png")]
    [InlineData("first.html%20")]
    [InlineData("%ff%fe")]
    [InlineData("~/../first.html%3f")]
    [InlineData("~/..%2f..%2fsite.css")]
    [InlineData("~/../../site.css")]
    [InlineData("~/")]
    [InlineData("~/frame.html/x")]
    [InlineData("~/.hidden")]
    [InlineData("")]
    public async Task An_address_that_names_no_file_of_the_package_finds_nothing(string path)
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        var address = AddressOf(site, package);
        Assert.Contains(await RawStatusAsync(address, $"{address.AbsolutePath}{path}"), new[] { 400, 404 });
    }

    [Fact] // E4
    public async Task Very_long_addresses_and_service_workers_are_refused()
    {
        var (site, package) = (await ground.SiteAsync(), await PackageAsync());
        var address = AddressOf(site, package);
        Assert.Equal(404, await RawStatusAsync(address, $"{address.AbsolutePath}{new string('a', 10_000)}"));
        using var worker = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "first.html")) { Headers = { { "Service-Worker", "script" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await Http.SendAsync(worker)).StatusCode);
    }

    [Fact] // E4
    public async Task With_addresses_given_each_package_has_an_origin_of_its_own_and_the_names_decide()
    {
        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, settings: settings => settings with
        {
            PublicAddress = new Uri("https://learning.example"), ContentAddress = ContentAddress.Of("https://*.content.example", new Uri("https://learning.example")), ContentHosts = ContentHosts.Of("https://ajax.example"),
        });
        var (mine, other) = (await PackageAsync(), await PackageAsync());
        var address = AddressOf(site, mine);
        Assert.Equal($"https://{$"{mine.Id:N}"[^12..]}.content.example", site.Services.GetRequiredService<ContentOrigin>().Of(mine, Asked(site.Address)));
        Assert.Equal($"https://{$"{mine.Id:N}"[^12..]}.content.example{address.AbsolutePath}", $"{address}");

        async Task<(int Status, string? Policy, string? Secure)> Ask(string host, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address, path)) { Headers = { Host = host } };
            using var answer = await Http.SendAsync(request);
            string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
            return ((int)answer.StatusCode, Header("Content-Security-Policy"), Header("Strict-Transport-Security"));
        }

        var found = await Ask(address.Host, $"{address.AbsolutePath}first.html");
        Assert.Equal(200, found.Status);
        Assert.EndsWith("frame-ancestors https://learning.example 'self'", found.Policy);
        Assert.Contains("script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: https://ajax.example;", found.Policy);
        Assert.Contains("connect-src 'self';", found.Policy);
        Assert.Equal("max-age=31536000", found.Secure);
        Assert.Equal(404, (await Ask($"{$"{other.Id:N}"[^12..]}.content.example", $"{address.AbsolutePath}first.html")).Status);
        Assert.Equal(404, (await Ask(address.Host, "/courses")).Status);
        Assert.Equal(404, (await Ask("learning.example", $"{address.AbsolutePath}first.html")).Status);
        Assert.Equal(200, (await Ask("learning.example", "/courses")).Status);
        Assert.Equal(400, (await Ask("content.example", "/courses")).Status);
    }

    [Theory]
    [InlineData("content.example")]
    [InlineData("https://content.example/path")]
    [InlineData("https://user:pass@content.example")]
    [InlineData("https://a.*.example")]
    [InlineData("ftp://content.example")]
    [InlineData("https://learning.example")]
    [InlineData("https://LEARNING.example:8443")]
    public void An_address_that_keeps_nothing_apart_is_refused_with_a_sentence(string given) =>
        Assert.Contains("LEARNING_CONTENT_URL", Assert.Throws<FormatException>(() => ContentAddress.Of(given, new Uri("https://learning.example"))).Message);

    // As a program sends it that does not tidy the address up first.
    private static async Task<int> RawStatusAsync(Uri origin, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, origin.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {origin.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1]);
    }
}
