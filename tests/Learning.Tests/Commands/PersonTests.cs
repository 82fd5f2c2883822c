using Learning.Accounts;
using Learning.Commands;
using Learning.Membership;
using Learning.People;
using Learning.Records;
using Learning.Tests.Accounts;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Commands;

/// <summary>What whoever owns the machine does about a person: how an empty installation without a mail server begins.</summary>
public class PersonTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1, S3
    public async Task An_empty_installation_gets_its_first_administrator_who_comes_in_by_a_link()
    {
        Assert.True(await ground.With((AddPerson add) => add.RunAsync(" First@Partnership.example ", "Ada", "First", Actor.Machine)));
        await RoleAsync("first@partnership.example", Role.Administrator);
        var link = await LinkAsync("first@partnership.example");

        Assert.StartsWith("https://learning.example/account/sign-in/link/", link);
        var visitor = (await ground.SiteAsync()).Visitor();
        var page = await visitor.Get(new Uri(link).AbsolutePath);
        Assert.Contains("Sign in as Ada First?", page.Text);
        Assert.Contains("by whoever looks after the machine", page.Text);
        await page.Submit("Sign in");
        Assert.Contains("Ada First", (await visitor.Get("/account")).Text);

        await using var db = ground.Db();
        var address = await db.PersonEmails.SingleAsync(row => row.Email == "first@partnership.example");
        Assert.Null(address.VerifiedAt); // the link went through nobody's mail
        Assert.Contains(Role.Administrator, (await Actor.ForAsync(db, address.PersonId, ground.Zone.Today)).Roles);
        Assert.Equal(["wrote a person down", "gave a role", "made a sign-in link", "signed in"], await db.AuditEntries.Where(entry => entry.SubjectId == address.PersonId)
            .OrderBy(entry => entry.Id).Select(entry => entry.Verb).ToListAsync());
    }

    [Fact] // P3, P5
    public async Task Every_command_about_a_person_finds_what_it_stands_on_and_erases()
    {
        var person = await ground.Given.Person(email: "erased.by@command.example");
        var services = new ServiceCollection();
        Site.AddFoundation(services, ground.ConnectionString);
        await using var provider = PersonCommand.AddServices(services, null).BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();

        Assert.NotNull(scope.ServiceProvider.GetRequiredService<ReportOnPerson>());
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<MergePerson>());
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<UnmergePerson>());
        Assert.IsType<EraseOutcome.Erased>(await scope.ServiceProvider.GetRequiredService<ErasePerson>().RunAsync(person.Id, "They asked for it.", Actor.Machine));
    }

    [Fact] // P6
    public async Task An_address_that_somebody_has_is_not_given_to_another()
    {
        var person = await ground.Given.Person(email: "taken@agency.example");
        var before = await ground.Sql<long>("select count(*) from persons");

        Assert.False(await ground.With((AddPerson add) => add.RunAsync("TAKEN@agency.example", "Eve", "Else", Actor.Machine)));
        Assert.False(await ground.With(async (AddPerson add) => await add.RunAsync("new@agency.example", "Eve", "Else", await ground.Given.Actor(person))));

        Assert.Equal(before, await ground.Sql<long>("select count(*) from persons"));
    }

    [Fact]
    public async Task A_link_of_the_machine_is_not_ended_by_what_others_ask_for()
    {
        await ground.Given.Person(email: "machine@agency.example");
        var older = await LinkAsync("machine@agency.example");
        var link = await LinkAsync("Machine@agency.example");
        await new Doorstep(ground).With((AskForCode ask) => ask.RunAsync("machine@agency.example", null));

        var door = new Doorstep(ground);
        Assert.Null(await door.With((EnterByLink enter) => enter.RunAsync(older.Split('/')[^1])));
        Assert.NotNull(await door.With((EnterByLink enter) => enter.RunAsync(link.Split('/')[^1])));
        Assert.Null(await door.With((EnterByLink enter) => enter.RunAsync(link.Split('/')[^1])));
    }

    [Fact] // S1
    public async Task Only_the_machine_makes_links()
    {
        var unit = await ground.Given.Unit();
        await ground.Given.Person(email: "victim@agency.example");
        Assert.Null(await ground.With(async (MakeSignInLink make) => await make.RunAsync("victim@agency.example", await ground.Given.Actor(unit))));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_one_line()
    {
        await ground.Given.Person(email: "somebody@agency.example");
        var agency = await ground.Given.Agency();

        await SaysAsync("Nobody has the address nobody@agency.example. learning person add writes somebody down.", 1, () => LinkAsync("nobody@agency.example"));
        await SaysAsync("Nobody has the address nobody@agency.example. learning person add writes somebody down.", 1, () => RoleAsync("nobody@agency.example", Role.Chair));
        await SaysAsync("A lead is lead of an agency: name it with --agency CODE.", 2, () => RoleAsync("somebody@agency.example", Role.AgencyLead));
        await SaysAsync("Only an agency-lead has an --agency.", 2, () => RoleAsync("somebody@agency.example", Role.Chair, agency.Code));
        await SaysAsync("There is no agency NOWHERE.", 1, () => RoleAsync("somebody@agency.example", Role.AgencyLead, "NOWHERE"));
        await RoleAsync("somebody@agency.example", Role.AgencyLead, agency.Code.ToLowerInvariant());
        await SaysAsync("They hold this role already on some of these days. Take that back first, or choose other days.", 1, () => RoleAsync("somebody@agency.example", Role.AgencyLead, agency.Code));
    }

    [Fact] // S1
    public async Task Sessions_that_are_open_become_short_when_such_a_role_is_given()
    {
        var person = await ground.Given.Person(email: "promoted@agency.example");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);

        await RoleAsync("promoted@agency.example", Role.Chair);
        Assert.Equal("/account", (await visitor.Get("/account")).Path);
        ground.Clock.Advance(TimeSpan.FromHours(2));

        Assert.StartsWith(SignIn.Page, (await visitor.Get("/account")).Path);
    }

    private static async Task SaysAsync(string line, int code, Func<Task> run)
    {
        var said = await Assert.ThrowsAsync<CommandException>(run);
        Assert.Equal((line, code), (said.Message, said.ExitCode));
    }

    private async Task<string> LinkAsync(string email)
    {
        await using var output = new StringWriter();
        await ground.With((MakeSignInLink make) => PersonLinkCommand.RunAsync(make, email, new Uri("https://learning.example"), output, default));
        return output.ToString().Trim();
    }

    private Task<int> RoleAsync(string email, Role role, string? agency = null) => ground.With((IServiceProvider services) => PersonRoleCommand.RunAsync(services, email, role, agency, default));
}
