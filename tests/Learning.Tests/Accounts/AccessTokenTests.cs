using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>Access tokens: who has them, what they open, and when they end (S1, S2, S3).</summary>
public class AccessTokenTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1
    public async Task A_token_opens_what_its_scopes_name_and_nothing_else()
    {
        var unit = await ground.Given.Unit();
        var session = await ground.Given.Session(null, 20, "2024-05-20 09:30 to 16:00");
        await ground.Given.Person(await ground.Given.Agency(), email: "booked@agency.example");
        var calls = new (TokenScope Scope, HttpMethod Method, string Path, object? Body)[]
        {
            (TokenScope.Read, HttpMethod.Get, "/api/v1/sessions", null),
            (TokenScope.Read, HttpMethod.Get, $"/api/v1/sessions/{session.Ref}", null),
            (TokenScope.Bookings, HttpMethod.Post, $"/api/v1/sessions/{session.Ref}/bookings", new { email = "booked@agency.example" }),
            (TokenScope.Bookings, HttpMethod.Delete, $"/api/v1/bookings/{Guid.CreateVersion7()}", null),
            (TokenScope.Registers, HttpMethod.Get, $"/api/v1/registers/{session.Ref}", null),
            (TokenScope.Registers, HttpMethod.Post, $"/api/v1/registers/{session.Ref}/marks", new { device = "d", deviceNow = ground.Zone.Now, marks = Array.Empty<object>() }),
            (TokenScope.Figures, HttpMethod.Get, "/api/v1/reports/none/figures", null),
        };

        foreach (var scope in Enum.GetValues<TokenScope>())
        {
            var token = await MakeAsync(unit, scope);
            foreach (var call in calls)
            {
                var status = await CallAsync(token, call.Method, call.Path, call.Body);
                Assert.True((status == HttpStatusCode.Forbidden) == (call.Scope != scope), $"{scope}: {call.Method} {call.Path} answers {status}");
            }
        }
    }

    [Fact] // S1
    public async Task A_call_that_a_token_lacks_the_scope_for_says_which()
    {
        var http = await HttpAsync(await MakeAsync(await ground.Given.Unit(), TokenScope.Read));
        using var refused = await http.GetAsync("/api/v1/registers/any");
        using var problem = System.Text.Json.JsonDocument.Parse(await refused.Content.ReadAsStringAsync());

        Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Equal(("registers", 403), (problem.RootElement.GetProperty("scope").GetString(), problem.RootElement.GetProperty("status").GetInt32()));
        Assert.Contains("“registers”", problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"registers\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Fact] // S1
    public async Task A_token_opens_no_page()
    {
        var unit = await ground.Given.Unit();
        var http = await HttpAsync(await MakeAsync(unit, Enum.GetValues<TokenScope>()));
        foreach (var page in new[] { "/manage", "/my", "/manage/tokens", "/reports/2023-24/figures.csv" })
        {
            Assert.StartsWith(SignIn.Page, (await http.GetAsync(page)).RequestMessage!.RequestUri!.AbsolutePath);
        }
    }

    [Fact] // S1
    public async Task A_token_of_a_person_whose_role_ends_loses_what_the_role_gave_and_keeps_what_is_their_own()
    {
        var unit = await ground.Given.Person(await ground.Given.Agency());
        var grant = await ground.Given.Role(unit, Role.BusinessUnit);
        var (session, next) = (await ground.Given.Session(null, 20, "2024-05-20 09:30 to 16:00"), await ground.Given.Session());
        var token = await MakeAsync(unit, TokenScope.Registers, TokenScope.Bookings);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(token, HttpMethod.Get, $"/api/v1/registers/{session.Ref}"));

        await ground.Sql($"update role_grants set revoked_at = now() where id = '{grant.Id}'");

        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(token, HttpMethod.Get, $"/api/v1/registers/{session.Ref}"));
        Assert.Equal(HttpStatusCode.Created, await CallAsync(token, HttpMethod.Post, $"/api/v1/sessions/{next.Ref}/bookings", new { }));
    }

    [Fact]
    public async Task A_token_ends_on_its_day_and_says_when_it_was_used()
    {
        var unit = await ground.Given.Unit();
        var token = await MakeAsync(unit, TokenScope.Read);
        Assert.Null((await OnlyAsync(unit)).LastUsedAt);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(token, HttpMethod.Get, "/api/v1/sessions"));
        Assert.Equal(ground.Zone.Now, (await OnlyAsync(unit)).LastUsedAt);

        // To within five minutes: no write at each call.
        var first = ground.Zone.Now;
        ground.Clock.Advance(TimeSpan.FromMinutes(4));
        await CallAsync(token, HttpMethod.Get, "/api/v1/sessions");
        Assert.Equal(first, (await OnlyAsync(unit)).LastUsedAt);

        ground.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(token, HttpMethod.Get, "/api/v1/sessions"));
    }

    [Fact] // S1: whom the page is for
    public async Task The_business_unit_and_administrators_have_tokens_and_nobody_else()
    {
        foreach (var (role, may) in new (Role?, bool)[] { (null, false), (Role.Chair, false), (Role.SubgroupMember, false), (Role.BusinessUnit, true), (Role.Administrator, true) })
        {
            var person = await ground.Given.Person();
            if (role is { } held)
            {
                await ground.Given.Role(person, held);
            }

            Assert.Equal(may, await AskAsync(person, Wanted()) is TokenOutcome.Made);
        }
    }

    [Fact] // S3
    public async Task The_owner_or_an_administrator_revokes_and_it_is_on_the_trail()
    {
        var (unit, other, administrator) = (await ground.Given.Unit(), await ground.Given.Unit(), await AdministratorAsync());
        var (first, second) = (await MakeAsync(unit, TokenScope.Read), await MakeAsync(unit, TokenScope.Read));
        await using var db = ground.Db();
        var ids = await db.AccessTokens.Where(token => token.PersonId == unit.Id).OrderBy(token => token.Id).Select(token => token.Id).ToListAsync();

        Assert.False(await RevokeAsync(ids[0], other));
        Assert.True(await RevokeAsync(ids[0], unit));
        Assert.True(await RevokeAsync(ids[1], administrator));
        Assert.True(await RevokeAsync(ids[1], administrator));

        Assert.All(await Task.WhenAll(CallAsync(first, HttpMethod.Get, "/api/v1/sessions"), CallAsync(second, HttpMethod.Get, "/api/v1/sessions")), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.SubjectId == unit.Id && entry.Verb == "made an access token"));
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.SubjectId == unit.Id && entry.Verb == "revoked an access token"));
    }

    [Fact]
    public async Task A_press_that_is_repeated_makes_one_token()
    {
        var unit = await ground.Given.Unit();
        var wanted = Wanted();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(unit, wanted)));

        Assert.Single(outcomes.OfType<TokenOutcome.Made>());
        Assert.Equal(5, outcomes.Count(outcome => outcome == new TokenOutcome.Refused(TokenReason.MadeAlready)));
    }

    [Theory]
    [InlineData("", 90, TokenReason.NeedsName)]
    [InlineData("a\nb", 90, TokenReason.NeedsName)]
    [InlineData("x", 0, TokenReason.WrongDays)]
    [InlineData("x", 366, TokenReason.WrongDays)]
    public async Task What_is_no_token_is_not_made(string name, int days, TokenReason why) =>
        Assert.Equal(new TokenOutcome.Refused(why), await AskAsync(await ground.Given.Unit(), Wanted() with { Name = name, Days = days }));

    [Fact]
    public async Task There_is_an_end_to_how_many_somebody_has()
    {
        var unit = await ground.Given.Unit();
        for (var i = 0; i < TokenRules.Most; i++)
        {
            await AskAsync(unit, Wanted());
        }

        Assert.Equal(new TokenOutcome.Refused(TokenReason.TooMany), await AskAsync(unit, Wanted()));
    }

    [Fact] // S3
    public async Task The_page_shows_a_token_once_and_an_administrator_everybodys_names()
    {
        var (unit, administrator) = (await ground.Given.Unit(), await AdministratorAsync());
        var visitor = await (await ground.SiteAsync()).SignedInAsync(unit.Id);
        var empty = await visitor.Get("/manage/tokens");

        var wrong = await empty.Submit("Make the token", ("Input.Name", "Rota <import>"), ("Input.Days", "many"));
        Assert.Contains("Enter a number of days from 1 to 365", wrong.Text);
        Assert.Contains("Rota <import>", wrong.Document.QuerySelector("[name='Input.Name']")!.GetAttribute("value")!);
        var made = await wrong.Submit("Make the token", ("Input.Days", "30"), ("Input.Scopes", "read"));
        var token = made.Document.QuerySelector("code")!.TextContent;
        Assert.Contains("no-store", made.Header("Cache-Control"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(token, HttpMethod.Get, "/api/v1/sessions"));

        // Sent again, or looked at again: the token is not there any more.
        var again = await wrong.Submit("Make the token", ("Input.Days", "30"), ("Input.Scopes", "read"));
        Assert.Contains("This press has made a token already", again.Text);
        Assert.DoesNotContain(token, (await visitor.Get("/manage/tokens")).Text);

        var all = await (await (await ground.SiteAsync()).SignedInAsync(administrator.Id)).Get("/manage/tokens");
        Assert.Contains(all.Document.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("Rota <import>", StringComparison.Ordinal) && row.TextContent.Contains(unit.Name, StringComparison.Ordinal));
        Assert.Contains("The token is revoked", (await all.Submit("Revoke: Rota <import>")).Text);
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(token, HttpMethod.Get, "/api/v1/sessions"));
    }

    [Fact] // S1
    public async Task Another_persons_token_is_not_revoked_by_a_forged_number()
    {
        var (unit, other) = (await ground.Given.Unit(), await ground.Given.Unit());
        await MakeAsync(unit, TokenScope.Read);
        await MakeAsync(other, TokenScope.Read);
        var theirs = (await OnlyAsync(other)).Id.ToString();
        var page = await (await (await ground.SiteAsync()).SignedInAsync(unit.Id)).Get("/manage/tokens");

        var answer = await page.Submit("Revoke: A test", ("No.Token", theirs));

        Assert.Contains("There is no such token that is yours to revoke", answer.Text);
        Assert.Null((await OnlyAsync(other)).RevokedAt);
    }

    private static TokenWanted Wanted(params TokenScope[] scopes) => new(Guid.CreateVersion7(), "A test", 1, scopes.Length == 0 ? [TokenScope.Read] : scopes);

    private async Task<Person> AdministratorAsync()
    {
        var person = await ground.Given.Person(given: "Ada");
        await ground.Given.Role(person, Role.Administrator);
        return person;
    }

    private async Task<TokenOutcome> AskAsync(Person person, TokenWanted wanted)
    {
        var actor = await ground.Given.Actor(person);
        return await ground.With((MakeAccessToken make) => make.RunAsync(wanted, actor));
    }

    private async Task<string> MakeAsync(Person person, params TokenScope[] scopes) => Assert.IsType<TokenOutcome.Made>(await AskAsync(person, Wanted(scopes))).Token;

    private async Task<bool> RevokeAsync(Guid id, Person by)
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((RevokeAccessToken revoke) => revoke.RunAsync(id, actor));
    }

    private async Task<AccessToken> OnlyAsync(Person person)
    {
        await using var db = ground.Db();
        return await db.AccessTokens.AsNoTracking().SingleAsync(token => token.PersonId == person.Id);
    }

    private async Task<HttpClient> HttpAsync(string token)
    {
        var http = (await ground.SiteAsync()).Visitor().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private async Task<HttpStatusCode> CallAsync(string token, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return (await (await HttpAsync(token)).SendAsync(request)).StatusCode;
    }
}
