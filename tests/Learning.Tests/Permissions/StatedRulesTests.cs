using System.Net;

using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Learning.Tests.Permissions;

/// <summary>Deny by default (rule S1): what states no rule for who may use it stops the start of the site.</summary>
public class StatedRulesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public void The_site_starts_with_the_addresses_that_it_has() => Build(_ => { });

    [Fact]
    public void An_address_without_a_rule_stops_the_start() => Refused(routes => routes.MapGet("/said-nothing", () => "x"), "/said-nothing states no rule");

    [Fact]
    public void Each_method_of_an_address_states_its_own() =>
        Refused(routes =>
        {
            routes.MapGet("/twice", () => "x").RequireAuthorization(Policies.SignedIn);
            routes.MapPost("/twice", () => "x");
        }, "/twice states no rule");

    [Fact]
    public void That_somebody_is_there_is_no_rule() => Refused(routes => routes.MapGet("/bare", () => "x").RequireAuthorization(), "/bare names no policy");

    [Fact]
    public void A_rule_that_there_is_not_is_none() => Refused(routes => routes.MapGet("/odd", () => "x").RequireAuthorization("agency leed"), "/odd names the policy \"agency leed\"");

    [Fact]
    public void Anybody_and_somebody_are_two_rules() =>
        Refused(routes => routes.MapGet("/both", () => "x").RequireAuthorization(Policies.Unit).AllowAnonymous(), "/both states a rule, and that anybody may");

    [Fact]
    public void What_programs_call_names_the_scope_that_a_token_needs() =>
        Refused(routes => routes.MapGroup("/api/v1").RequireAuthorization(Policies.SignedIn).MapGet("/new", () => "x"), "/api/v1/new names no scope that a token needs for it");

    [Fact]
    public void A_page_for_anybody_names_the_forms_that_anybody_may_send() =>
        Refused(routes => routes.MapGet("/form", () => "x").AllowAnonymous().WithMetadata(new ComponentTypeMetadata(typeof(TakesAForm))), "/form is for anybody and takes the form \"tell\" without naming it");

    [Fact]
    public async Task A_form_that_a_page_for_anybody_does_not_name_is_taken_from_nobody()
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        var token = (await visitor.Get("/account/sign-in")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var page in new[] { "/", "/courses", "/help", "/account/sign-in" })
        {
            using var answer = await visitor.Http.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "another", ["__RequestVerificationToken"] = token }));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("could not", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private sealed class TakesAForm
    {
        [SupplyParameterFromForm(FormName = "tell")]
        public string? Told { get; set; }
    }

    private void Refused(Action<IEndpointRouteBuilder> map, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InvalidOperationException>(() => Build(map)).Message, StringComparison.Ordinal);

    private void Build(Action<IEndpointRouteBuilder> map) =>
        ((IDisposable)Site.Build(new SiteSettings { ConnectionString = ground.ConnectionString, Port = 0, Role = SiteRole.Web }, map: map)).Dispose();
}
