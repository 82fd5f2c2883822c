using System.Net;

using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Records;

/// <summary>The pages on which the business unit compares two records, merges them and takes it back (P3).</summary>
public class MergePagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P3, S3
    public async Task Two_records_are_compared_merged_with_a_reason_and_taken_apart_again()
    {
        var (kept, other) = (await ground.Given.Person(email: "maeve.byrne@one.example", given: "Maeve", family: "Byrne"), await ground.Given.Person(email: "m.byrne@two.example", given: "Maeve", family: "Byrne-Shah"));
        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

        var page = await (await (await unit.Get($"/manage/people/{kept.Id}")).Follow("Merge with another record")).Submit("Compare the two", ("with", " M.Byrne@two.example"));
        Assert.Contains("Is counted as it: Maeve Byrne-Shah", page.Text);
        Assert.Contains("maeve.byrne@one.example", page.Text);
        page = await page.Submit("Merge the two records", ("Input.Reason", " "));
        Assert.Contains("Enter a reason", page.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        page = await page.Submit("Merge the two records", ("Input.Reason", "married, told us in May"));
        Assert.Contains("The two records are one", page.Text);

        page = await unit.Get($"/manage/people/{other.Id}");
        Assert.Contains("Counted as Maeve Byrne since", page.Text);
        page = await (await page.Follow("Undo the merge")).Submit("Undo the merge", ("Input.Reason", "they are cousins"));
        Assert.Contains("The merge is undone", page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/manage/people/{other.Id}/unmerge")).Status);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{other.Id}' and verb like '%merge%'"));
    }

    [Fact]
    public async Task An_address_of_nobody_and_the_person_s_own_are_said_where_they_were_typed()
    {
        var person = await ground.Given.Person(email: "only@one.example");
        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

        var page = await unit.Get($"/manage/people/{person.Id}/merge?with=nobody%40one.example");
        Assert.Contains("Nobody has this address", page.Document.QuerySelector("#with-error")!.TextContent);
        Assert.Equal("nobody@one.example", page.Document.QuerySelector("#with")!.GetAttribute("value"));
        Assert.Contains("These are one record already", (await unit.Get($"/manage/people/{person.Id}/merge?with=only%40one.example")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get($"/manage/people/{Guid.CreateVersion7()}/merge")).Status);
    }

    [Fact] // S2
    public async Task Pairs_on_file_twice_are_listed_for_the_unit_alone_and_two_people_stay_two()
    {
        var lead = await ground.Given.Person();
        await ground.Given.Role(lead, Role.AgencyLead, await ground.Given.Agency());
        await ground.Given.Person(given: "Pair", family: "Lookalike");
        await ground.Given.Person(given: "Pair", family: "Lookalike");
        var site = await ground.SiteAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignedInAsync(lead.Id)).Get("/manage/duplicates")).Status);

        var page = await (await site.SignedInAsync((await ground.Given.Unit()).Id)).Get("/manage/duplicates");
        Assert.Contains("Because of the same name", page.Text);
        page = await page.Submit("Two people: Pair Lookalike and Pair Lookalike");

        Assert.Contains("Kept apart", page.Text);
        Assert.DoesNotContain("Lookalike", page.Text);
    }
}
