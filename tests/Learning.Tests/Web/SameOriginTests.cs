using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Web;

/// <summary>What another site makes somebody's browser send: the cookie goes with it, and it fails all the same.</summary>
public class SameOriginTests(Ground ground) : IClassFixture<Ground>
{
    public static TheoryData<string?, string?, bool> Senders => new()
    {
        { null, null, true }, // a program that keeps the cookie
        { "same-origin", null, true },
        { "same-origin", "{own}", true },
        { "none", null, true },
        { null, "{own}", true },
        { "cross-site", "https://elsewhere.example", false },
        { "cross-site", null, false },
        { "same-site", "http://127.0.0.1:1", false }, // a neighbour on this machine
        { null, "https://elsewhere.example", false },
        { null, "http://127.0.0.1:1", false },
        { null, "null", false }, // a frame without an origin of its own
        { null, "not an origin", false },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task The_API_books_by_a_cookie_only_for_a_page_of_its_own(string? site, string? origin, bool books)
    {
        var person = await ground.Given.Person(await ground.Given.Agency());
        var session = await ground.Given.Session();
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);

        using var request = await RequestAsync(HttpMethod.Post, $"/api/v1/sessions/{session.Ref}/bookings", site, origin);
        var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(books ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(books ? 1 : 0, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
        if (!books)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.False(string.IsNullOrEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()));
        }
    }

    [Theory]
    [MemberData(nameof(Senders))]
    public async Task A_form_of_another_site_fails_even_with_a_token_that_is_good(string? site, string? origin, bool leaves)
    {
        var person = await ground.Given.Person();
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        var token = (await visitor.Get("/account")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var request = await RequestAsync(HttpMethod.Post, "/account", site, origin);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-out", ["__RequestVerificationToken"] = token });
        var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(leaves ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(leaves, (await visitor.Get("/account")).Path != "/account");
    }

    [Fact]
    public async Task A_bearer_token_is_nobodys_cookie_and_needs_no_origin()
    {
        var person = await ground.Given.Person(await ground.Given.Agency(), email: "bearer@agency.example");
        var session = await ground.Given.Session();
        var token = await ground.With((MakeAccessToken make) => make.RunAsync("bearer@agency.example", 1, "a test", Actor.Machine));

        using var request = await RequestAsync(HttpMethod.Post, $"/api/v1/sessions/{session.Ref}/bookings", "cross-site", "https://elsewhere.example");
        request.Headers.Authorization = new("Bearer", token);
        var answer = await (await ground.SiteAsync()).Visitor().Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(person.Id, await ground.Sql<Guid>($"select person_id from bookings where session_id = '{session.Id}'"));
    }

    [Fact]
    public async Task What_stands_beside_a_cookie_as_a_token_does_not_vouch_for_it()
    {
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);
        var session = await ground.Given.Session();

        using var request = await RequestAsync(HttpMethod.Post, $"/api/v1/sessions/{session.Ref}/bookings", "cross-site", "https://elsewhere.example");
        request.Headers.TryAddWithoutValidation("Authorization", "anything");
        var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task What_a_form_could_send_is_no_JSON(string type)
    {
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);
        var session = await ground.Given.Session();
        using var body = new StringContent("{}", Encoding.UTF8);
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        var answer = await visitor.Http.PostAsync($"/api/v1/sessions/{session.Ref}/bookings", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task No_answer_lets_another_site_read_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/sessions");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        var answer = await (await ground.SiteAsync()).Visitor().Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, string? site, string? origin)
    {
        var request = new HttpRequestMessage(method, path);
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin.Replace("{own}", (await ground.SiteAsync()).Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        }

        return request;
    }
}
