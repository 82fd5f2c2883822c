using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>Somebody changes employer and takes their account along, on a phone; every page and state on the way is scanned once and fits.</summary>
public class MovingJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private Given Given => ground.Given;

    [Fact] // P1, P6, S2
    public async Task A_move_is_told_on_a_phone_confirmed_by_the_new_agency_and_the_main_address_follows()
    {
        var (old, next) = (await Given.Agency("Southend-on-Sea City Council, Children’s Services and Public Health"), await Given.Agency("Essex Police"));
        var (amara, lead) = (await Given.Person(old, "amara@council-journey.example", "Amara", "Osei"), await Given.Person(next, given: "Ruth", family: "Calloway"));
        await Given.Role(lead, Role.AgencyLead, next);
        var (me, decides) = (await As(amara), await As(lead));

        await me.GotoAsync("/account/work");
        await me.LooksRightAsync();
        await me.GetByRole(AriaRole.Button, new() { Name = "I have moved" }).ClickAsync();
        await me.LooksRightAsync();
        await me.PressAsync("Ask the agency to confirm");
        await me.LooksRightAsync();
        await me.GetByLabel("Your new agency").SelectOptionAsync(new SelectOptionValue { Label = "Essex Police" });
        await me.GetByLabel("Your job title there").FillAsync("Detective constable");
        await me.GetByLabel("I work with both").CheckAsync();
        await me.GetByLabel("Your first day there").FillAsync("2024-06-01");
        await me.PressAsync("Ask the agency to confirm");
        await me.GetByRole(AriaRole.Heading, new() { Name = "The agency has been asked" }).WaitForAsync();
        await me.LooksRightAsync();

        await decides.GotoAsync("/agency/moves");
        await decides.LooksRightAsync();
        await decides.GetByRole(AriaRole.Link, new() { Name = "Amara Osei" }).ClickAsync();
        await decides.LooksRightAsync();
        await decides.PressAsync("Decline");
        await decides.LooksRightAsync();
        await decides.PressAsync("Yes, confirm");
        await decides.GetByRole(AriaRole.Heading, new() { Name = "Confirmed", Exact = true }).WaitForAsync();
        await decides.LooksRightAsync();
        await decides.GotoAsync($"/agency/jobs/{await ground.Sql<Guid>($"select id from employments where person_id = '{amara.Id}' and ends_on is null")}");
        await decides.LooksRightAsync();

        await me.GotoAsync("/account/work/also");
        await me.LooksRightAsync();
        await me.GotoAsync("/account/addresses");
        await me.LooksRightAsync();
        await me.GetByLabel("E-mail address").FillAsync("amara.osei@police-journey.example");
        await me.PressAsync("Send the code");
        await me.LooksRightAsync();
        await me.GetByLabel("Code of six digits").FillAsync(await Code(amara, "confirm-address"));
        await me.PressAsync("Confirm this address");
        await me.LooksRightAsync();
        await me.PressAsync("Make main address: amara.osei@police-journey.example");
        await me.LooksRightAsync();
        await me.GetByLabel("Code that came to the new address").FillAsync(await Code(amara, "main-address-new"));
        await me.PressAsync("Confirm the new address");
        await me.LooksRightAsync();
        await me.GetByLabel("Code that came to the old address").FillAsync(await Code(amara, "main-address-old"));
        await me.PressAsync("Confirm the old address");
        await me.GetByRole(AriaRole.Heading, new() { Name = "Your main address has changed" }).WaitForAsync();
        await me.LooksRightAsync();
    }

    [Fact] // P2, P4
    public async Task The_unit_looks_after_agencies_on_a_phone()
    {
        var (small, large) = (await Given.Agency("Little Herons Nursery"), await Given.Agency("Nurseries and Childminders"));
        await Given.Agency("Puddle Ducks", parent: large.Id);
        await Given.Save(new AgencyDomain { Domain = "little-herons.example", AgencyId = small.Id });
        await Given.Person(small);
        var unit = await As(await Given.Unit());
        foreach (var page in new[] { "/manage/agencies", "/manage/agencies?q=herons", "/manage/agencies?q=nothing-of-it", "/manage/moves", "/manage/agencies/new" })
        {
            await unit.GotoAsync(page);
            await unit.LooksRightAsync();
        }

        await unit.PressAsync("Add the agency");
        await unit.LooksRightAsync();
        await unit.GotoAsync($"/manage/agencies/{small.Id}");
        await unit.LooksRightAsync();
        foreach (var page in new[] { "rename", "change", "merge" })
        {
            await unit.GotoAsync($"/manage/agencies/{small.Id}/{page}");
            await unit.LooksRightAsync();
        }

        await unit.GetByLabel("Which agency stands for it?").SelectOptionAsync(new SelectOptionValue { Label = "Nurseries and Childminders" });
        await unit.GetByLabel("From which day?").FillAsync("2024-07-01");
        await unit.PressAsync("Show what would happen");
        await unit.LooksRightAsync();
        await unit.GetByLabel("They work for Nurseries and Childminders from that day").CheckAsync();
        await unit.PressAsync("Merge");
        await unit.GetByRole(AriaRole.Heading, new() { Name = "The successor is written down" }).WaitForAsync();
        await unit.LooksRightAsync();
    }

    private Task<string> Code(Person person, string kind) => ground.Sql<string>($"select data ->> 'code' from messages where kind = '{kind}' and person_id = '{person.Id}'");

    private async Task<IPage> As(Person person) => await chromium.SignedInAsync(await ground.SiteAsync(), person, 360);
}
