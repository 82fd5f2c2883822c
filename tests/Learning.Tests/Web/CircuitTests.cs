using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Web;

/// <summary>The circuits of islands: who may open one, from where, and who acts in it (S1).</summary>
public class CircuitTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1
    public async Task Only_somebody_signed_in_opens_a_circuit_and_only_from_a_page_of_the_site()
    {
        var site = await ground.SiteAsync();
        var visitor = await site.SignedInAsync((await ground.Given.Person()).Id);
        var own = site.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenAsync(visitor.Cookies, "Origin", own));
        Assert.Equal(HttpStatusCode.BadRequest, await OpenAsync(visitor.Cookies, "Origin", "https://elsewhere.example"));
        Assert.Equal(HttpStatusCode.BadRequest, await OpenAsync(visitor.Cookies, "Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.BadRequest, await OpenAsync(visitor.Cookies, "Origin", own.Replace("http:", "https:", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, await OpenAsync("", "Origin", own)); // The page to sign in on.

        async Task<HttpStatusCode> OpenAsync(string cookies, string header, string value)
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader(header, value);
            if (cookies.Length > 0) socket.Options.SetRequestHeader("Cookie", cookies);
            try
            {
                await socket.ConnectAsync(new UriBuilder(site.Address) { Scheme = "ws", Path = "/manage/_blazor" }.Uri, default);
            }
            catch (WebSocketException)
            {
                // What it was answered is looked at.
            }

            return socket.HttpStatusCode;
        }
    }

    [Fact] // S1
    public async Task Who_acts_in_a_circuit_is_asked_at_each_thing_that_is_done()
    {
        var site = await ground.SiteAsync();
        var person = await ground.Given.Unit();
        var visitor = await site.SignedInAsync(person.Id);
        var session = await ground.Sql<Guid>($"select s.id from account_sessions s join accounts a on a.id = s.account_id where a.person_id = '{person.Id}' and s.ended_at is null");
        await using var circuit = site.Services.CreateAsyncScope();
        var user = new ClaimsPrincipal(new ClaimsIdentity([new(WhoAsks.PersonClaim, person.Id.ToString()), new(LiveSessions.SessionClaim, session.ToString())], "cookie"));
        ((IHostEnvironmentAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>()).SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        var who = circuit.ServiceProvider.GetRequiredService<WhoActs>();

        Assert.True((await who.ActorAsync()).IsUnit);
        await ground.Sql($"update role_grants set revoked_at = now() where person_id = '{person.Id}'");
        Assert.Equal((person.Id, false), ((await who.ActorAsync()).PersonId!.Value, (await who.ActorAsync()).IsUnit));
        await ground.Sql($"update role_grants set revoked_at = null where person_id = '{person.Id}'");

        // What is done in a circuit keeps the session from being idle, as a request does.
        ground.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.True((await who.ActorAsync()).IsUnit);
        ground.Clock.Advance(TimeSpan.FromMinutes(90));
        Assert.True((await who.ActorAsync()).IsUnit);
        await (await visitor.Get("/account")).Submit("Sign out");
        Assert.Equal(Actor.Nobody, await who.ActorAsync());
    }

    [Fact]
    public async Task No_page_but_that_of_an_island_has_the_script_and_its_policy_allows_no_more()
    {
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        var planner = await visitor.Get("/manage/planner");
        var (policy, script) = (planner.Header("Content-Security-Policy"), planner.Document.QuerySelector("script[src*='blazor.web']")!.GetAttribute("src")!);

        Assert.Contains("connect-src 'self';", policy);
        Assert.Contains("no-store", planner.Header("Cache-Control"));
        using var got = await visitor.Http.GetAsync(script);
        Assert.True(got.IsSuccessStatusCode);
        Assert.Contains("Blazor", await got.Content.ReadAsStringAsync());
        foreach (var other in new[] { "/", "/courses", "/my", "/manage", "/manage/sessions", "/manage/sessions/plan" })
        {
            var page = await visitor.Get(other);
            Assert.Equal(policy, page.Header("Content-Security-Policy"));
            Assert.DoesNotContain("blazor", page.Document.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        }
    }
}
