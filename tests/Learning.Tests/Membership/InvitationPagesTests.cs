using System.Net;
using System.Text;

using Learning.Membership;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

public class InvitationPagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // P4, P1
    public async Task A_lead_types_a_list_sees_what_would_happen_invites_and_somebody_joins_by_the_mail()
    {
        await using var room = new PostRoom(ground);
        var (agency, lead) = await LeadAsync("Bluebell Nursery");
        var what = await (await lead.Get("/agency/invite")).Submit("Check the list", ("Input.List", "Cara Dunn <cara@pages.example>\njoe@pages.example"));
        Assert.Contains("What would happen", what.Text);
        Assert.Contains("2 are new here: invited", what.Text);
        var running = await what.Submit("Invite 2 people");
        Assert.Contains("0 of 2 done", running.Text);
        Assert.NotNull(running.Document.QuerySelector("[data-refresh]"));

        await RunAsync();
        var done = await running.Follow("See how far it is");
        Assert.Contains("2 people invited. Each has 14 days to join.", done.Text);
        Assert.Null(done.Document.QuerySelector("[data-refresh]"));
        Assert.Contains("Cara Dunn", (await done.Follow("Open invitations")).Text);

        await room.SendAsync();
        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == "cara@pages.example");
        Assert.Equal("Bluebell Nursery invites you to its training", mail.Subject);
        var link = System.Text.RegularExpressions.Regex.Match(mail.Text("text/plain")!, "/account/invitation/[\\w-]+").Value;
        Assert.Equal(0, await ground.Sql<long>("select count(*) from messages where kind = 'invitation' and (data <> '{}'::jsonb or sent_text is not null) and state = 'sent'"));

        // A scanner opens it: nothing happens.
        Assert.Equal(HttpStatusCode.OK, (await (await ground.SiteAsync()).Visitor().Get(link)).Status);
        Assert.Equal(0, await ground.PeopleAsync("cara@pages.example"));

        var cara = (await ground.SiteAsync()).Visitor();
        var page = await cara.Get(link);
        Assert.Equal("Cara", page.Document.QuerySelector("[name='Input.GivenName']")!.GetAttribute("value"));
        Assert.Contains("Choose whom you work with", (await page.Submit("Join Bluebell Nursery")).Text);
        var my = await page.Submit("Join Bluebell Nursery", ("Input.Workforce", "volunteer"), ("Input.AgencyId", $"{Guid.CreateVersion7()}"), ("Input.Role", "agency lead"));
        Assert.Contains("You are with Bluebell Nursery.", my.Text);
        Assert.Equal(agency.Id, await ground.Sql<Guid>("select j.agency_id from employments j join person_emails e on e.person_id = j.person_id where e.email = 'cara@pages.example'"));
        Assert.Equal(0, await ground.Sql<long>("select count(*) from role_grants g join person_emails e on e.person_id = g.person_id where e.email = 'cara@pages.example'"));

        var again = await (await ground.SiteAsync()).Visitor().Get(link);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Contains("This link no longer works", again.Text);
    }

    [Fact]
    public async Task A_file_with_mistakes_names_each_and_the_good_ones_are_invited_only_by_an_explicit_choice()
    {
        var (_, lead) = await LeadAsync();
        var page = await (await lead.Get("/agency/invite")).Upload("Check the list", "Input.File", "staff.csv", "email,workforce\ngood@file.example,children\nbad,children\nalso@file.example,nobody\n"u8.ToArray());

        Assert.Contains("2 mistakes", page.Text);
        Assert.Equal(["3 1 “bad” is not an e-mail address", "4 19 “nobody” is no workforce; it is one of children, adults, joint, volunteer, carer, student, speaker, exhibitor, public"],
            page.Document.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Contains("The list has mistakes", (await page.Submit("Invite the 1 good ones", ("Input.WithoutMistakes", null))).Text);
        Assert.Contains("0 of 1 done", (await page.Submit("Invite the 1 good ones")).Text);
    }

    [Fact]
    public async Task A_workbook_another_encoding_and_a_file_that_is_too_large_get_a_sentence_beside_the_field()
    {
        var (_, lead) = await LeadAsync();
        foreach (var (content, sentence) in new (byte[], string)[]
        {
            ([.. "PK\u0003\u0004"u8, 1, 2, 3], "This is a workbook, not a CSV file"),
            ([.. "email,given_name\nzoe@b.example,Zo"u8, 0xEB], "This file is not text in UTF-8"),
            (new byte[JoiningRules.LargestList + 1], "The list is larger than 5 MB"),
            (new byte[JoiningRules.LargestList * 2], "The list is larger than 5 MB"),
        })
        {
            var page = await (await lead.Get("/agency/invite")).Upload("Check the list", "Input.File", "<script>.csv", content);
            Assert.Contains(sentence, page.Document.QuerySelector("#Input_File-error")!.TextContent);
            Assert.Contains(sentence, page.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        }

        var nothing = await (await lead.Get("/agency/invite")).Submit("Check the list");
        Assert.Contains("Type at least one address, or choose a file", nothing.Document.QuerySelector("#Input_List-error")!.TextContent);
        var both = await (await lead.Get("/agency/invite")).Upload("Check the list", "Input.File", "a.csv", "email\na@b.example"u8.ToArray(), ("Input.List", "c@d.example"));
        Assert.Contains("not both", both.Text);
        Assert.Contains("c@d.example", both.Document.QuerySelector("textarea")!.TextContent);
    }

    [Fact] // S2
    public async Task A_lead_invites_for_no_other_agency_whatever_is_sent_and_sees_no_other_list()
    {
        var (_, lead) = await LeadAsync();
        var (other, stranger) = await LeadAsync();
        var list = await (await stranger.Get("/agency/invite")).Submit("Check the list", ("Input.List", "theirs@other.example"));
        await list.Submit("Invite 1 person");
        await RunAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Get(list.Path)).Status);

        // Where there is one agency, what the form says of it is not read; of several, another's is none of them.
        var mine = await (await lead.Get("/agency/invite")).Submit("Check the list", ("Input.List", "raised@own.example"), ("Input.Agency", $"{other.Id}"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bulk_rows where email = 'raised@own.example' and agency_id = '{other.Id}'"));
        Assert.Equal(HttpStatusCode.OK, mine.Status);

        var invitation = await ground.Sql<Guid>("select id from invitations where email = 'theirs@other.example'");
        Assert.DoesNotContain("theirs@other.example", (await lead.Get("/agency/invitations")).Text);
        await (await mine.Submit("Invite 1 person")).Follow("See how far it is");
        await RunAsync();
        var taken = await (await lead.Get("/agency/invitations")).Submit("Take back from raised@own.example", ("Input.Withdraw", $"{invitation}"));
        Assert.Contains("It is not open any more", taken.Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from invitations where id = '{invitation}' and withdrawn_at is null"));

        var practitioner = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person(other)).Id);
        foreach (var path in new[] { "/agency/invite", list.Path, "/agency/invitations" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await practitioner.Get(path)).Status);
            Assert.StartsWith("/account/sign-in", (await (await ground.SiteAsync()).Visitor().Get(path)).Path);
        }
    }

    [Fact]
    public async Task An_open_invitation_is_sent_again_after_an_hour_and_taken_back_at_once()
    {
        var (_, lead) = await LeadAsync();
        await (await (await lead.Get("/agency/invite")).Submit("Check the list", ("Input.List", "again@list.example"))).Submit("Invite 1 person");
        await RunAsync();
        var page = await lead.Get("/agency/invitations?q=AGAIN%40list");
        Assert.Contains("1 invitation that nobody has taken up yet", page.Text);

        Assert.Contains("Not sent", (await page.Submit("Send again to again@list.example")).Text);
        ground.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("Sent again", (await page.Submit("Send again to again@list.example")).Text);
        Assert.Contains("Taken back", (await page.Submit("Take back from again@list.example")).Text);
        Assert.DoesNotContain("again@list.example", (await lead.Get("/agency/invitations")).Text);
        Assert.Contains("No open invitation matches", (await lead.Get("/agency/invitations?q=nobody&page=nonsense")).Text);
    }

    [Fact]
    public async Task The_business_unit_invites_for_any_agency()
    {
        var (agency, _) = (await ground.Given.Agency("Invited by the unit"), await ground.Given.Agency());
        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

        Assert.Contains("Choose the agency that they belong to", (await (await unit.Get("/agency/invite")).Submit("Check the list", ("Input.List", "u@unit.example"), ("Input.Agency", ""))).Text);
        var page = await (await unit.Get("/agency/invite")).Submit("Check the list", ("Input.List", "u@unit.example"), ("Input.Agency", $"{agency.Id}"));

        Assert.Contains("For Invited by the unit.", page.Text);
    }

    [Fact] // M3
    public async Task A_name_in_a_list_that_tries_to_be_a_header_or_a_link_reaches_the_mail_as_text()
    {
        await using var room = new PostRoom(ground);
        var (_, lead) = await LeadAsync("Evil: \r\n Bcc");
        var file = Encoding.UTF8.GetBytes("email,given_name\n[x](http://evil.example)@b.example,A\nhead@inject.example,\"**[Win](http://evil.example)**\"\n");
        var page = await (await lead.Get("/agency/invite")).Upload("Check the list", "Input.File", "a.csv", file);
        await page.Submit("Invite the 1 good ones");
        await RunAsync();
        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == "head@inject.example");
        Assert.DoesNotContain("href=\"http://evil.example", mail.Raw);
        Assert.Null(mail.Header("Bcc"));
    }

    private async Task RunAsync()
    {
        while (await ground.With((InvitePiece piece) => piece.RunAsync()))
        {
        }
    }

    private async Task<(Agency Agency, Visitor Lead)> LeadAsync(string? name = null)
    {
        var agency = await ground.Given.Agency(name);
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        return (agency, await (await ground.SiteAsync()).SignedInAsync(lead.Id));
    }
}
