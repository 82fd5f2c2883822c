using System.Net;

using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>The pages of roles as people use them without JavaScript, and as somebody with bad intentions does (S1, S2).</summary>
public class RolePagesTests : IAsyncLifetime
{
    private readonly Ground ground = new();
    private Person administrator = null!;
    private Visitor visitor = null!;

    [Fact] // S1
    public async Task An_administrator_finds_a_person_by_address_gives_a_role_and_takes_it_back()
    {
        var (agency, person) = (await ground.Given.Agency("Essex Example Police"), await ground.Given.Person(given: "Amara", family: "Osei", email: "amara@agency.example"));

        var found = await (await (await visitor.Get("/manage/roles")).Follow("Give a role")).Submit("Find", ("who", " Amara@Agency.example "));
        var list = await found.Submit("Give the role", ("Input.Role", "agency lead"), ("Input.Agency", agency.Id.ToString()), ("Input.Until", "31/12/2024"));

        Assert.Contains("The role is given", list.Text);
        Assert.Contains("Agency lead of Essex Example Police Wed 15 May 2024 Tue 31 Dec 2024", list.Text);
        Assert.Equal([agency.Id], (await ground.Given.Actor(person)).LeadOf);

        var take = await list.Follow("Take back: Amara Osei, Agency lead of Essex Example Police");
        var after = await take.Submit("Take the role back", ("Input.Reason", "They moved on."));
        Assert.Contains("The role is taken back", after.Text);
        Assert.DoesNotContain("Amara Osei", after.Text);
        Assert.Contains("They moved on.", (await visitor.Get("/manage/roles?past=yes")).Text);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_typed_stays()
    {
        await ground.Given.Person(given: "Bo", family: "Twin");
        await ground.Given.Person(given: "Bo", family: "Twin");
        var found = await visitor.Get("/manage/roles/give?who=bo+twin");

        var page = await found.Submit("Give the role", ("Input.From", "soon"), ("Input.Until", "31/02/2024"), ("Input.Reason", "Because <b>"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var sentence in new[] { "Choose who is to have the role", "Choose a role", "Enter the first day as a date like 31/12/2026", "Enter the last day as a date like 31/12/2026, or leave it empty" })
        {
            Assert.Contains(sentence, page.Document.QuerySelector(".govuk-error-summary")!.TextContent);
            Assert.Contains(sentence, page.Document.QuerySelector("form[method=post]")!.TextContent);
        }

        Assert.Contains("Because <b>", page.Document.QuerySelector("textarea")!.TextContent);
        Assert.Equal("soon", page.Document.QuerySelector("[name='Input.From']")!.GetAttribute("value"));
    }

    [Fact] // S1
    public async Task A_second_administrator_finds_what_waits_and_approves_it()
    {
        var (second, person) = (await ground.Given.Administrator(), await ground.Given.Person(given: "Newly", family: "Unit", email: "newly@agency.example"));
        var asked = await (await visitor.Get("/manage/roles/give?who=newly@agency.example")).Submit("Give the role", ("Input.Role", "business unit"), ("Input.Reason", "Starts on Monday."));
        Assert.Contains("It waits for a second administrator", asked.Text);

        // Who asked may only withdraw.
        var own = await visitor.Get("/manage/roles/requests");
        Assert.Contains("Waits for another administrator", own.Text);
        Assert.Null(own.Document.QuerySelector("[name='Input.Approve']"));

        var other = await (await ground.SiteAsync()).SignedInAsync(second.Id);
        var waiting = await (await other.Get("/manage/security")).Follow("Look at it");
        Assert.Contains("“Starts on Monday.”", waiting.Text);
        var done = await waiting.Submit("Approve: Newly Unit, Business unit");

        Assert.Contains("Approved: they have the role", done.Text);
        Assert.True((await ground.Given.Actor(person)).IsUnit);
        Assert.Contains("approved by Ada", (await visitor.Get("/manage/roles")).Text);
    }

    [Fact] // S1
    public async Task Where_there_is_one_administrator_the_page_says_that_the_business_unit_approves()
    {
        var (unit, person) = (await ground.Given.Unit(), await ground.Given.Person(email: "coming@agency.example"));
        var asked = await (await visitor.Get("/manage/roles/give?who=coming@agency.example")).Submit("Give the role", ("Input.Role", "administrator"), ("Input.Reason", "A second one."));
        Assert.Contains("a member of the business unit does", asked.Text);

        var waiting = await (await (await ground.SiteAsync()).SignedInAsync(unit.Id)).Get("/manage/roles/requests");
        await waiting.Submit($"Approve: {person.Name}, Administrator");
        Assert.Equal([Role.Administrator], await ground.RolesOf(person));
    }

    [Fact] // S1
    public async Task An_own_request_is_not_approved_by_a_forged_post()
    {
        await ground.Given.Administrator();
        var person = await ground.Given.Person();
        var request = Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, Role.BusinessUnit)).Request;
        var page = await visitor.Get("/manage/roles/requests");

        var forged = await page.Submit("Withdraw: Sam " + person.FamilyName + ", Business unit", ("Input.Withdraw", null), ("Input.Approve", request.ToString()));

        Assert.Contains("There is no such request that is yours to decide", forged.Text);
        Assert.Empty(await ground.RolesOf(person));
    }

    [Fact] // S1
    public async Task A_replayed_approval_of_a_request_that_was_withdrawn_gives_nothing()
    {
        var second = await ground.Given.Administrator();
        var person = await ground.Given.Person();
        var request = Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, Role.BusinessUnit)).Request;
        var page = await (await (await ground.SiteAsync()).SignedInAsync(second.Id)).Get("/manage/roles/requests");
        await ground.DecideAsync(administrator, request, RoleDecision.Withdrawn);

        for (var press = 0; press < 2; press++)
        {
            Assert.Contains("Withdrawn", (await page.Submit($"Approve: {person.Name}, Business unit")).Text);
        }

        Assert.Empty(await ground.RolesOf(person));
    }

    [Fact] // S1
    public async Task A_lead_does_not_raise_a_role_by_extra_fields()
    {
        var (agency, elsewhere) = (await ground.Given.Agency(), await ground.Given.Agency());
        var (lead, deputy, stranger) = (await ground.Given.Person(agency), await ground.Given.Person(agency, given: "Dee", family: "Puty"), await ground.Given.Person(elsewhere));
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var page = await (await (await ground.SiteAsync()).SignedInAsync(lead.Id)).Get("/agency/deputies?who=dee");

        Assert.Contains("Choose one of the agencies that you lead", (await page.Submit("Appoint", ("Input.Agency", elsewhere.Id.ToString()))).Text);
        Assert.Contains("Choose who is to be deputy", (await page.Submit("Appoint", ("Input.Person", stranger.Id.ToString()))).Text);
        var done = await page.Submit("Appoint", ("Input.Role", "administrator"), ("Input.Deputy", "false"), ("RoleWord", "business unit"), ("Deputy", "false"));

        Assert.Contains("The role is given", done.Text);
        await using var db = ground.Db();
        var grant = await db.RoleGrants.SingleAsync(one => one.PersonId == deputy.Id);
        Assert.Equal((Role.AgencyLead, agency.Id, true, lead.Id), (grant.Role, grant.AgencyId, grant.Deputy, grant.GrantedBy));
        Assert.False(await db.RoleGrants.AnyAsync(one => one.PersonId == stranger.Id));
    }

    [Fact] // S1
    public async Task The_business_unit_names_a_lead_and_an_extra_field_makes_it_nothing_more()
    {
        var (unit, agency, person) = (await ground.Given.Unit(), await ground.Given.Agency("Alpha"), await ground.Given.Person(given: "Lee", family: "Der"));
        var page = await (await (await (await ground.SiteAsync()).SignedInAsync(unit.Id)).Get("/manage/leads")).Follow("Name one for Alpha");
        var leads = await (await page.Submit("Find", ("who", "lee der"))).Submit("Name them lead", ("Input.Role", "administrator"));

        Assert.Contains("Lee Der, lead since 15 May 2024", leads.Text);
        Assert.Equal([Role.AgencyLead], await ground.RolesOf(person));
        Assert.Equal([agency.Id], (await ground.Given.Actor(person)).LeadOf);
    }

    [Fact] // S2: 404, as for what there is not
    public async Task A_role_that_is_not_theirs_to_take_is_not_there_for_a_lead()
    {
        var (agency, elsewhere) = (await ground.Given.Agency(), await ground.Given.Agency());
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var page = await (await ground.SiteAsync()).SignedInAsync(lead.Id);
        var others = await ground.Given.Role(await ground.Given.Person(elsewhere), Role.AgencyLead, elsewhere, deputy: true);

        Assert.Equal(HttpStatusCode.NotFound, (await page.Get($"/roles/{others.Id}/take")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Get($"/roles/{Guid.CreateVersion7()}/take")).Status);
    }

    [Fact] // S1
    public async Task A_reader_without_the_role_does_not_post_to_the_page_either()
    {
        var person = await ground.Given.Person(email: "self@agency.example");
        await ground.Given.Role(person, Role.SubgroupMember);
        var site = await ground.SiteAsync();
        var self = await site.SignedInAsync(person.Id);
        var token = (await self.Get("/account")).Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await self.Http.PostAsync("/manage/roles/give?who=self@agency.example", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "give", ["__RequestVerificationToken"] = token, ["Input.Person"] = person.Id.ToString(), ["Input.Role"] = "administrator", ["Input.From"] = "2024-05-15", ["Input.Reason"] = "x",
        }));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal([Role.SubgroupMember], await ground.RolesOf(person));
    }

    [Fact] // house rule 6
    public async Task The_list_takes_as_many_statements_for_three_roles_as_for_one()
    {
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var reader = await site.SignedInAsync(administrator.Id);
        await reader.Get("/manage/roles");
        var one = await count.Of(() => reader.Get("/manage/roles"));
        for (var i = 0; i < 3; i++)
        {
            await ground.Given.Role(await ground.Given.Person(), Role.Chair);
        }

        Assert.Equal(one, await count.Of(() => reader.Get("/manage/roles")));
    }

    public async Task InitializeAsync()
    {
        await ground.InitializeAsync();
        administrator = await ground.Given.Administrator();
        visitor = await (await ground.SiteAsync()).SignedInAsync(administrator.Id);
    }

    public Task DisposeAsync() => ground.DisposeAsync();
}
