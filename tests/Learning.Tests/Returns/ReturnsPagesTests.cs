using System.Net;
using System.Text;

using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Returns;

/// <summary>A lead returns for their agency, by form and by file; the subgroup and the business unit see who returned what, and who did not (C2).</summary>
public sealed class ReturnsPagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // T4, C2
    public async Task A_lead_returns_corrects_and_takes_back()
    {
        ground.Clock.Set("2024-07-10 09:00");
        var (agency, lead) = await LeadAsync();
        var page = await lead.Get("/agency/returns");
        page = await page.Submit("Record the return", ("Input.On", "2024-06-30"), ("Input.Lines[2].InScope", "40"), ("Input.Lines[2].Valid", "38"));
        Assert.Contains("Recorded", page.Text);
        Assert.Contains("30 June 2024|Level 3|40|38|Wed 10 Jul 2024", Rows(page));
        page = await page.Submit("Record the return", ("Input.On", "2024-06-30"), ("Input.Lines[2].InScope", "40"), ("Input.Lines[2].Valid", "38"));
        Assert.Contains("Nothing was new", page.Text);
        page = await page.Submit("Record the return", ("Input.On", "2024-06-30"), ("Input.Lines[2].InScope", "41"), ("Input.Lines[2].Valid", "38"));
        Assert.Contains("corrected 1 time", page.Text);
        page = await page.Submit($"Take back the return for Level 3 of 30 June 2024, {agency.Name}");
        Assert.Contains("Taken back", page.Text);
        Assert.Contains("Nothing is returned yet", page.Text);
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from training_returns where agency_id = '{agency.Id}'"));
    }

    [Fact] // Bad input: a sentence beside each field, and what was typed stays
    public async Task What_cannot_be_returned_is_said_beside_its_field_and_nothing_is_lost()
    {
        ground.Clock.Set("2024-07-10 09:00");
        var (agency, lead) = await LeadAsync();
        var page = await (await lead.Get("/agency/returns")).Submit(
            "Record the return", ("Input.On", "2024-08-30"), ("Input.Lines[0].InScope", "ten"), ("Input.Lines[1].InScope", "10"), ("Input.Lines[1].Valid", "11"), ("Input.Lines[2].Valid", "4"), ("Input.Lines[3].InScope", "-1"));
        foreach (var sentence in new[] { "The date is still to come", "Enter the people in scope as a whole number", "11 people cannot hold valid training where 10 are in scope", "Enter how many people are in scope, too" })
        {
            Assert.Contains(sentence, page.Text);
        }

        Assert.Equal("ten", page.Document.GetElementById("Input_Lines_0_InScope")!.GetAttribute("value"));
        page = await page.Submit("Record the return", ("Input.On", "2024-06-30"), ("Input.Lines[0].InScope", ""), ("Input.Lines[1].InScope", ""), ("Input.Lines[1].Valid", ""), ("Input.Lines[2].Valid", ""), ("Input.Lines[3].InScope", ""));
        Assert.Contains("Enter the people in scope of at least one level", page.Text);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from training_returns where agency_id = '{agency.Id}'"));
    }

    [Fact] // H1's kind: whole or not at all, each slip by line and column
    public async Task A_file_goes_in_whole_or_not_at_all()
    {
        ground.Clock.Set("2024-07-10 09:00");
        var (agency, lead) = await LeadAsync();
        var other = await ground.Given.Agency();
        var page = await Send(lead, "level,date,in_scope,valid\n3,2024-06-30,40,38\n9,2024-06-30,40,38\n3,30/06/2024,1,1\n2,2025-06-30,10,12\n2,2024-06-30,10\n");
        Assert.Contains("Nothing was recorded.", page.Text);
        foreach (var slip in new[] { "3:1 There is no level “9”", "4:1 Line 2 has the same agency, level and date", "5:3 The date is still to come", "5:17 12 people cannot hold valid training where 10 are in scope", "6:16 The row has 3 values and the header 4" })
        {
            Assert.Contains(slip, page.Text);
        }

        page = await Send(lead, $"agency,level,date,in_scope,valid\n{other.Code},3,2024-06-30,40,38\n");
        Assert.Contains($"2:1 “{other.Code}” is none of your agencies", page.Text); // S2
        Assert.Contains("1:1 There is no column “levle” (did you mean 'level'?)", (await Send(lead, "levle,date,in_scope,valid\n3,2024-06-30,1,1\n")).Text);
        Assert.Contains("no CSV file in UTF-8", (await Send(lead, [0xFF, 0x00, 0x31])).Text);
        Assert.Contains("Choose a file", (await Send(lead, "")).Text);
        Assert.Equal(0L, await ground.Sql<long>("select count(*) from training_returns where by_file"));

        page = await Send(lead, $"date,valid,in_scope,level,agency\r\n30/06/2024,38,40,3,{agency.Code}\r\n2024-03-31,7,9,board,{agency.Code}\r\n");
        Assert.Contains("Recorded", page.Text);
        Assert.Contains("Nothing was new", (await Send(lead, $"date,valid,in_scope,level\n2024-06-30,38,40,3\n")).Text);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from training_returns where by_file and agency_id = '{agency.Id}'"));
    }

    [Fact] // F3, C2, S3, F6: the matrix as it is published, with whom it misses
    public async Task The_matrix_says_who_returned_what_and_who_did_not()
    {
        ground.Clock.Set("2024-10-10 09:00");
        var (agency, lead) = await LeadAsync("Clinics");
        var silent = await ground.Given.Agency("Silent agency");
        await Send(lead, "level,date,in_scope,valid\n3,2024-06-30,40,38\n5,2024-06-30,4,4\n");
        var subgroup = await ground.Given.Person();
        await ground.Given.Role(subgroup, Role.SubgroupMember);
        var reader = await (await ground.SiteAsync()).SignedInAsync(subgroup.Id);

        var page = await reader.Get("/insight/returns?year=2024-25");
        Assert.Contains("Clinics|Level 3|95%38 of 40|not known|not yet|to come", Rows(page));
        Assert.Contains("Silent agency|Never|Nobody leads it", Rows(page));
        Assert.Contains("Clinics|of 30 June 2024|Its lead", Rows(page));
        Assert.DoesNotContain("Clinics|of 30 June 2024", Rows(await reader.Get("/insight/returns?year=2024-25&quarter=1")));

        var csv = await reader.Http.GetStringAsync("/insight/returns.csv?year=2024-25");
        Assert.Contains($"{agency.Code},Clinics,3,2024-25 Q1,40,38,95%", csv);
        Assert.Contains($"{agency.Code},Clinics,3,2024-25 Q2,,,not known", csv);
        Assert.Contains($"{agency.Code},Clinics,3,2024-25 Q3,,,not yet", csv);
        Assert.Contains($"{agency.Code},Clinics,3,2024-25 Q4,,,to come", csv);
        csv = await reader.Http.GetStringAsync("/insight/returns.csv?year=2024-25&published=yes");
        Assert.Contains($"{agency.Code},Clinics,3,2024-25 Q1,,,95%", csv);
        Assert.Contains($"{agency.Code},Clinics,5,2024-25 Q1,,,X", csv);
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from audit_entries where actor_id = '{subgroup.Id}' and verb = 'exported training returns as CSV'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.Get("/insight/returns")).Status);
    }

    private static string Rows(Page page) => string.Join('\n', page.Document.QuerySelectorAll("tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));

    private static Task<Page> Send(Visitor lead, string csv) => Send(lead, Encoding.UTF8.GetBytes(csv));

    private static async Task<Page> Send(Visitor lead, byte[] file) => await (await lead.Get("/agency/returns")).Upload("Send the file", "Sent.File", "returns.csv", file);

    private async Task<(Agency Agency, Visitor Lead)> LeadAsync(string? name = null)
    {
        var agency = await ground.Given.Agency(name);
        var person = await ground.Given.Person(agency);
        await ground.Given.Role(person, Role.AgencyLead, agency);
        return (agency, await (await ground.SiteAsync()).SignedInAsync(person.Id));
    }
}
