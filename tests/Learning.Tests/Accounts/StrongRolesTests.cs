using System.Net;
using System.Net.Http.Headers;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>Business unit, chair and administrator are what they are only after a second step (S1, S2).</summary>
public class StrongRolesTests(Ground ground) : IClassFixture<Ground>
{
    [Theory] // S1, S2
    [InlineData(Role.BusinessUnit, "/manage")]
    [InlineData(Role.Chair, "/insight")]
    public async Task A_role_without_a_second_step_is_off_and_the_page_says_what_turns_it_on(Role role, string path)
    {
        var person = await ground.Given.Person();
        await ground.Given.Role(person, role);
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id, exempt: false);

        var page = await visitor.Get(path);
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.True(page.Text.Contains("needs a second step"), page.Text);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='{FinishSignIn.Security}']"));

        // Their own learning stays open, and says on every page that the role is off.
        var home = await visitor.Get("/my");
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.Contains("is off in this session", home.Text);
        Assert.Null(home.Document.QuerySelector("a[href='/manage']"));
    }

    [Fact] // S1
    public async Task A_role_that_needs_none_stays()
    {
        var person = await ground.Given.Person();
        await ground.Given.Role(person, Role.SubgroupMember);
        await ground.Given.Role(person, Role.Chair);

        var actor = await WeakAsync(person);

        Assert.Equal([Role.SubgroupMember], actor.Roles);
        Assert.Equal([Role.Chair], actor.Withheld);
        Assert.True(actor.SeesFigures);
    }

    [Fact] // S1
    public async Task An_installation_may_do_without_and_a_demonstration_does()
    {
        var (unit, exempt) = (await ground.Given.Unit(), await ground.Given.Unit());
        await (await ground.SiteAsync()).AccountAsync(unit.Id, exempt: false);
        await (await ground.SiteAsync()).AccountAsync(exempt.Id, exempt: true);
        Assert.False((await WeakAsync(unit)).IsUnit);
        Assert.True((await WeakAsync(exempt)).IsUnit);

        await ground.Sql("insert into installation (name, value) values ('second-step', 'no')");
        Assert.True((await WeakAsync(unit)).IsUnit);
        await ground.Sql("update installation set value = 'yes' where name = 'second-step'");
        Assert.False((await WeakAsync(unit)).IsUnit);
    }

    [Fact] // S1
    public async Task A_token_of_the_command_line_keeps_the_role_and_one_made_by_a_weak_session_does_not()
    {
        var unit = await ground.Given.Unit();
        var session = await ground.Given.Session(null, 20, "2024-05-20 09:30 to 16:00");
        await using var db = ground.Db();
        var email = (await db.PersonEmails.SingleAsync(row => row.PersonId == unit.Id)).Email;
        var byMachine = await ground.With((MakeAccessToken make) => make.RunAsync(email, 1, "by command line", Actor.Machine));
        var byStrong = Assert.IsType<TokenOutcome.Made>(await MakeAsync(await ground.Given.Actor(unit))).Token;
        Assert.IsType<TokenOutcome.NotAllowed>(await MakeAsync(await WeakAsync(unit)));
        Assert.Equal(HttpStatusCode.OK, await RegisterAsync(byMachine!));
        Assert.Equal(HttpStatusCode.OK, await RegisterAsync(byStrong));

        // However it came about: one that was not made after a second step has not the role either.
        await ground.Sql($"update access_tokens set strong = false where name = 'by themselves' and person_id = '{unit.Id}'");
        Assert.Equal(HttpStatusCode.NotFound, await RegisterAsync(byStrong));

        Task<TokenOutcome> MakeAsync(Actor actor) =>
            ground.With((MakeAccessToken make) => make.RunAsync(new TokenWanted(Guid.CreateVersion7(), "by themselves", 1, [TokenScope.Registers]), actor));
        async Task<HttpStatusCode> RegisterAsync(string token)
        {
            var http = (await ground.SiteAsync()).Visitor().Http;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return (await http.GetAsync($"/api/v1/registers/{session.Ref}")).StatusCode;
        }
    }

    private async Task<Actor> WeakAsync(Person person)
    {
        await using var db = ground.Db();
        return await Actor.ForAsync(db, person.Id, ground.Zone.Today, strong: false);
    }
}
