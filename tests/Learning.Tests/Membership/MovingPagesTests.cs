using System.Net;

using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

/// <summary>Moving, by its pages, without JavaScript.</summary>
public sealed class MovingPagesTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // P1, S2
    public async Task Somebody_says_that_they_have_moved_and_the_new_agency_s_lead_confirms_it()
    {
        var moving = await Moving.Between(ground, "Harbour Council", "Harbour Police");
        var (me, lead) = (await Visit(moving.Mover), await Visit(moving.Lead));

        var said = await Propose(me, moving.Next);
        Assert.Equal("/account/work?done=proposed", said.Path);
        Assert.Contains("It waits for the agency to confirm it", said.Text);

        var list = await lead.Get("/agency/moves");
        Assert.Contains("1 person waits for an answer", list.Text);
        var move = await list.Follow(moving.Mover.Name);
        Assert.Contains("They have moved from Harbour Council to Harbour Police", move.Text);
        Assert.Contains("Saturday 1 June 2024", move.Text);
        var done = await move.Submit("Yes, confirm");
        Assert.Equal("/agency/moves?done=confirmed", done.Path);
        Assert.Contains($"Confirmed Wed 15 May 2024 by {moving.Lead.Name}", done.Text);

        var work = await me.Get("/account/work");
        Assert.Contains("You work for Harbour Council.", work.Text);
        Assert.Contains("from 1 June 2024", work.Text);
        Assert.Contains("1 January 2020 to 31 May 2024", work.Text);
    }

    [Fact] // stale forms: who pressed second is told what the first did
    public async Task A_form_that_was_shown_before_somebody_else_decided_says_so()
    {
        var moving = await Moving.Between(ground);
        var second = await Given.Person(moving.Next);
        await Given.Role(second, Role.AgencyLead, moving.Next);
        var me = await Visit(moving.Mover);
        var work = await Propose(me, moving.Next);
        var (one, other) = (await Visit(moving.Lead), await Visit(second));
        var path = (await one.Get("/agency/moves")).Document.QuerySelector("a[href*='/agency/moves/']")!.GetAttribute("href")!;
        var (first, stale) = (await one.Get(path), await other.Get(path));

        await first.Submit("Decline", ("Input.Reason", "Nobody of that name works here"));
        var told = await stale.Submit("Yes, confirm");
        Assert.Equal(HttpStatusCode.OK, told.Status);
        Assert.Contains($"This is declined, since Wednesday 15 May 2024, 9am, by {moving.Lead.Name}", told.Text);
        Assert.Contains("The agency has declined this already", (await work.Submit("Withdraw what you said about Police")).Text);
        Assert.Contains("Their reason: Nobody of that name works here", (await me.Get("/account/work")).Text);
    }

    [Fact] // S1: another's by guessed number
    public async Task Another_agency_s_move_job_and_address_is_not_found()
    {
        var moving = await Moving.Between(ground);
        var move = await moving.Proposed();
        var job = await ground.Sql<Guid>($"select id from employments where person_id = '{moving.Mover.Id}'");
        var (stranger, other) = (await Visit(await Given.Person(moving.Next)), await Visit(moving.OldLead));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get($"/agency/moves/{move}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/agency/moves/{move}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.Get($"/agency/jobs/{job}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Visit(moving.Lead)).Get($"/agency/jobs/{job}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/agency/moves/{Guid.CreateVersion7()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/agency/moves/not-a-number")).Status);
    }

    [Theory]
    [InlineData("Input.Agency", "", "Choose the agency that you work for")]
    [InlineData("Input.Agency", "nonsense", "Choose the agency that you work for")]
    [InlineData("Input.Workforce", null, "Choose whom you work with")]
    [InlineData("Input.StartsOn", "", "Enter your first day there")]
    [InlineData("Input.StartsOn", "soon", "Enter your first day as a date")]
    [InlineData("Input.StartsOn", "9999-12-31", "Enter your first day as a date")]
    [InlineData("Input.StartsOn", "01/01/2030", "in the next 12 months")]
    [InlineData("Input.LastDay", "31/02/2024", "Enter your last day as a date")]
    [InlineData("Input.JobTitle", "one\ntwo", "in one line of at most 100 characters")]
    [InlineData("Input.Level", "0123456789012345678901", "in one line of at most 20 characters")]
    public async Task A_mistake_stands_beside_its_field_and_what_was_typed_stays(string field, string? typed, string sentence)
    {
        var moving = await Moving.Between(ground);
        var page = await Propose(await Visit(moving.Mover), moving.Next, (field, typed));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(sentence, page.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Contains(sentence, page.Document.QuerySelector(".govuk-error-message")!.TextContent);
        Assert.StartsWith("Error: ", page.Document.Title, StringComparison.Ordinal);
        if (field != "Input.Level")
        {
            Assert.Equal("3", page.Document.QuerySelector("[name='Input.Level']")!.GetAttribute("value"));
        }

        Assert.Equal(0, await ground.Sql<long>($"select count(*) from moves where person_id = '{moving.Mover.Id}'"));
    }

    [Fact] // S1: a person, an agency or a state that the form does not ask for
    public async Task Extra_fields_raise_nothing()
    {
        var moving = await Moving.Between(ground);
        await Propose(await Visit(moving.Mover), moving.Next, ("Input.PersonId", $"{moving.OldLead.Id}"), ("Input.State", "confirmed"), ("Input.Main", "true"));
        Assert.Equal("proposed", await ground.Sql<string>($"select state from moves where person_id = '{moving.Mover.Id}'"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from moves where person_id = '{moving.OldLead.Id}'"));
        Assert.False(await ground.Sql<bool>($"select main from moves where person_id = '{moving.Mover.Id}'"));
    }

    [Fact] // P6
    public async Task Somebody_adds_an_address_and_makes_it_their_main_one()
    {
        var person = await Given.Person(await Given.Agency(), "here@pages.example");
        var me = await Visit(person);
        var wrong = await (await me.Get("/account/addresses")).Submit("Send the code", ("Input.Email", "nobody"));
        Assert.Contains("Enter an e-mail address like", wrong.Document.QuerySelector(".govuk-error-message")!.TextContent);
        Assert.Equal("nobody", wrong.Document.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));

        var asked = await wrong.Submit("Send the code", ("Input.Email", "There@pages.example"));
        Assert.Contains("We sent a code to there@pages.example", asked.Text);
        Assert.Contains("This is not the code", (await asked.Submit("Confirm this address", ("Input.Code", "12"))).Text);
        var code = await Code("confirm-address");

        // The link of the mail opens the page with the code in it; opening it does nothing.
        var opened = await me.Get($"{asked.Path}?code={code}");
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from person_emails where person_id = '{person.Id}'"));
        var added = await opened.Submit("Confirm this address");
        Assert.Equal("/account/addresses?done=added", added.Path);

        var both = await added.Submit("Make main address: there@pages.example");
        Assert.Contains("The new one: there@pages.example", both.Text);
        var half = await (await me.Get($"{both.Path}?new={await Code("main-address-new")}")).Submit("Confirm the new address");
        Assert.Contains("From here@pages.example to there@pages.example", half.Text);
        var done = await half.Submit("Confirm the old address", ("Input.Old", await Code("main-address-old")));
        Assert.Equal("/account/addresses?done=main", done.Path);
        Assert.Contains("there@pages.example, Main address", done.Text);

        var gone = await done.Submit("Remove: here@pages.example");
        Assert.Equal("/account/addresses?done=removed", gone.Path);
        Assert.DoesNotContain("here@pages.example Make main", gone.Text);
        Assert.Contains("there@pages.example", (await me.Get("/account")).Text);

        Task<string> Code(string kind) => ground.Sql<string>($"select data ->> 'code' from messages where kind = '{kind}' and person_id = '{person.Id}'");
    }

    [Fact] // S1: the link of a mail opens for nobody but the person who asked
    public async Task The_link_of_a_mail_is_no_use_to_whoever_is_signed_in_as_another()
    {
        var (person, other) = (await Given.Person(), await Visit(await Given.Person()));
        var asked = await (await (await Visit(person)).Get("/account/addresses")).Submit("Send the code", ("Input.Email", "link@pages.example"));
        var code = await ground.Sql<string>($"select data ->> 'code' from messages where person_id = '{person.Id}'");
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"{asked.Path}?code={code}")).Status);
        Assert.StartsWith("/account/sign-in", (await (await ground.SiteAsync()).Visitor().Get($"{asked.Path}?code={code}")).Path);
    }

    [Fact] // P2, P4
    public async Task The_unit_adds_renames_and_merges_an_agency()
    {
        var into = await Given.Agency("Estuary Partnership");
        var unit = await Visit(await Given.Unit());
        var missing = await (await unit.Get("/manage/agencies/new")).Submit("Add the agency");
        Assert.Contains("Enter its name", missing.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        var agency = await missing.Submit(
            "Add the agency", ("Input.Name", "Estuary Trust"), ("Input.Code", "EST-P"), ("Input.OtherSector", "Trusts"), ("Input.Domains", "estuary-pages.example"), ("Input.Headcount", "40"));
        Assert.Contains("The agency is added", agency.Text);
        Assert.Contains("0 here, of 40 in scope for training", agency.Text);

        var why = await (await agency.Follow("Rename it")).Submit("Rename", ("Input.Name", "Estuary Community Trust"));
        Assert.Contains("Say whether this is new, or was wrong", why.Text);
        var renamed = await why.Submit("Rename", ("Input.Kind", "since"), ("Input.Since", "01/05/2024"));
        Assert.Contains("Until 30 April 2024", renamed.Text);

        await Given.Person(await AgencyOf("EST-P"));
        var ask = await (await renamed.Follow("Merge it into another")).Submit("Show what would happen", ("into", $"{into.Id}"), ("on", "2024-07-01"));
        Assert.Contains("1 person works for it on that day or later.", ask.Text);
        Assert.Contains("with an address of estuary-pages.example is proposed to Estuary Partnership", ask.Text);
        Assert.Equal(0, await ground.Sql<long>("select count(*) from agency_successions"));
        var choose = await ask.Submit("Merge");
        Assert.Contains("Say what becomes of the people", choose.Text);
        var merged = await choose.Submit("Merge", ("Input.People", "along"));
        Assert.Contains("The people who worked for it went along", merged.Text);
        Assert.Contains("Is Estuary Partnership since", (await unit.Get("/manage/agencies?q=EST-P")).Text.Replace("Will be Estuary Partnership from", "Is Estuary Partnership since", StringComparison.Ordinal));

        // A form that was shown before: what stands against it is said.
        var stale = await ask.Submit("Merge", ("Input.People", "stay"));
        Assert.Contains("It has a successor already", stale.Text);
    }

    private async Task<Agency> AgencyOf(string code)
    {
        await using var db = ground.Db();
        return db.Agencies.Single(agency => agency.Code == code);
    }

    private async Task<Visitor> Visit(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);

    private static async Task<Page> Propose(Visitor me, Agency to, params (string Name, string? Value)[] instead)
    {
        (string, string?)[] typed = [("Input.Agency", $"{to.Id}"), ("Input.JobTitle", "Constable"), ("Input.Workforce", "adults"), ("Input.Level", "3"), ("Input.StartsOn", "2024-06-01")];
        return await (await (await me.Get("/account/work")).Follow("I have moved")).Submit("Ask the agency to confirm", [.. typed.Where(field => instead.All(other => other.Name != field.Item1)), .. instead]);
    }
}
