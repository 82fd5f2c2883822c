using System.Net;

using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

public class SignUpPagesTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly (string, string?)[] Amara =
        [("Input.GivenName", "Amara"), ("Input.FamilyName", "Osei"), ("Input.JobTitle", "Constable"), ("Input.Workforce", "joint"), ("Input.Level", "2")];

    [Fact] // P4
    public async Task Somebody_signs_up_by_the_code_says_yes_to_their_agency_and_is_welcomed()
    {
        await ground.AgencyAsync("police.example", "Essex Police");
        var visitor = (await ground.SiteAsync()).Visitor();

        var sent = await AskAsync(visitor, "a.osei@police.example");
        Assert.Contains("Look in your mail", sent.Text);
        var where = await sent.Submit("Continue", ("Input.Code", (await ground.MailAsync("a.osei@police.example")).Code));
        Assert.Equal("/account/join", where.Path);
        Assert.Contains("You work for Essex Police: is that right?", where.Text);
        var my = await where.Submit("Continue", ("Input.Agency", Value(where, "Yes")));

        Assert.StartsWith("/my", my.Path);
        Assert.Contains("You are with Essex Police.", my.Text);
        Assert.Contains("Amara Osei", (await visitor.Get("/account")).Text);
    }

    [Fact] // P4: mail scanners open links
    public async Task Opening_the_link_does_nothing_and_a_press_on_its_page_lets_in()
    {
        await AskAsync((await ground.SiteAsync()).Visitor(), "press@nobody.example");
        var path = $"/account/sign-up/confirm/{(await ground.MailAsync("press@nobody.example")).Link}";
        var scanner = (await ground.SiteAsync()).Visitor();
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(HttpStatusCode.OK, (await scanner.Get(path)).Status);
        }

        Assert.Equal(0, await ground.PeopleAsync("press@nobody.example"));
        Assert.StartsWith("/account/sign-in", (await scanner.Get("/account")).Path);

        var another = (await ground.SiteAsync()).Visitor();
        var waits = await (await another.Get(path)).Submit("Confirm and sign in");
        Assert.Equal("/account/join", waits.Path);
        Assert.Contains("The business unit says which agency you belong to", waits.Text);
        Assert.Contains("You are not placed with an agency yet", (await another.Get("/my")).Text);

        // A link that was used is as good as none, for whoever has it.
        var used = await (await ground.SiteAsync()).Visitor().Get(path);
        Assert.Equal(HttpStatusCode.NotFound, used.Status);
        Assert.Contains("This link no longer works", used.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await another.Get("/account/sign-up/confirm/nonsense")).Status);
    }

    [Fact]
    public async Task A_link_that_is_too_old_offers_another_mail()
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        await AskAsync(visitor, "slow@nobody.example");
        var (_, link) = await ground.MailAsync("slow@nobody.example");
        ground.Clock.Advance(TimeSpan.FromHours(25));

        var old = await visitor.Get($"/account/sign-up/confirm/{link}");
        Assert.Contains("This link is too old", old.Text);
        var sent = await old.Submit("Send another mail");

        Assert.Contains("Asked for another mail", sent.Text);
        Assert.NotEqual(link, (await ground.MailAsync("slow@nobody.example")).Link);
    }

    [Fact] // P6: whether an address is known is nobody's business
    public async Task The_pages_are_the_same_for_an_address_with_an_account_and_for_one_that_was_sent_too_many_mails()
    {
        var site = await ground.SiteAsync();
        var known = await ground.Given.Person(email: "known@same.example");
        await site.AccountAsync(known.Id);
        for (var n = 0; n < 3; n++)
        {
            await ground.AskAsync("often@same.example");
        }

        var texts = new List<string>();
        foreach (var email in new[] { "known@same.example", "fresh@same.example", "often@same.example" })
        {
            var sent = await AskAsync(site.Visitor(), email);
            var wrong = await sent.Submit("Continue", ("Input.Code", "no code"));
            var again = await wrong.Submit("Send another mail");
            texts.Add(string.Join('|', new[] { sent, wrong, again }.Select(page => $"{(int)page.Status} {page.Text.Replace(email, "ADDRESS", StringComparison.Ordinal)}")));
        }

        Assert.Contains("That is not the code", texts[0]);
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal(texts[0], texts[2]);
    }

    [Fact] // P6: nor is it told by the time it takes
    public async Task A_known_and_an_unknown_address_take_the_same_statements()
    {
        var count = new StatementCount();
        await using var site = await count.SiteAsync(ground);
        var known = await ground.Given.Person(email: "known@count.example");
        await site.AccountAsync(known.Id);
        await AskAsync(site.Visitor(), "warm@count.example");

        var (first, second) = (site.Visitor(), site.Visitor());
        var unknown = await count.Of(() => AskAsync(first, "fresh@count.example"));
        Assert.Equal(unknown, await count.Of(() => AskAsync(second, "known@count.example")));
    }

    [Theory]
    [InlineData("Input.GivenName", "", "Enter your given name")]
    [InlineData("Input.GivenName", "Amara\r\nBcc: all@agency.example", "Enter your given name in one line of at most 100 characters")]
    [InlineData("Input.GivenName", "\u202Eevil", "Enter your given name in one line of at most 100 characters")]
    [InlineData("Input.FamilyName", "\u0007", "Enter your family name in one line of at most 100 characters")]
    [InlineData("Input.FamilyName", " ", "Enter your family name")]
    [InlineData("Input.Email", "", "Enter your work e-mail address")]
    [InlineData("Input.Email", "nobody", "Enter an e-mail address like name@agency.example")]
    [InlineData("Input.Email", "a@b.example\r\nBcc: c@d.example", "Enter an e-mail address like name@agency.example")]
    [InlineData("Input.Email", "a@b.example, c@d.example", "Enter an e-mail address like name@agency.example")]
    [InlineData("Input.JobTitle", "one\ntwo", "Enter your job title in one line of at most 100 characters")]
    [InlineData("Input.Workforce", null, "Choose whom you work with, or what brings you here")]
    [InlineData("Input.Workforce", "speaker", "Choose whom you work with, or what brings you here")]
    [InlineData("Input.Level", "0123456789012345678901", "Enter your training level in one line of at most 20 characters")]
    public async Task A_mistake_has_a_sentence_beside_its_field_and_what_was_typed_stays(string field, string? typed, string sentence)
    {
        var page = await AskAsync((await ground.SiteAsync()).Visitor(), "wrong@field.example", (field, typed));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(sentence, page.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Contains(sentence, page.Document.QuerySelector(".govuk-error-message")!.TextContent);
        if (field != "Input.JobTitle")
        {
            Assert.Equal("Constable", page.Document.QuerySelector("[name='Input.JobTitle']")!.GetAttribute("value"));
        }

        Assert.Equal(0, await ground.MailsAsync("wrong@field.example"));
    }

    [Fact]
    public async Task A_very_long_answer_is_a_mistake_and_no_failure()
    {
        var page = await AskAsync((await ground.SiteAsync()).Visitor(), "long@field.example", ("Input.GivenName", new string('x', 100_000)));

        Assert.Contains("Enter your given name in one line of at most 100 characters", page.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("twelve")]
    [InlineData("123456'; drop table persons; --")]
    public async Task A_code_that_is_none_says_so_beside_the_field(string code)
    {
        var sent = await AskAsync((await ground.SiteAsync()).Visitor(), $"code{code.Length}@field.example");

        var page = await sent.Submit("Continue", ("Input.Code", code));

        Assert.NotNull(page.Document.QuerySelector(".govuk-error-message"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact] // S1: a role, an agency or a person that nobody asked for
    public async Task Extra_fields_of_a_form_raise_nothing()
    {
        var elsewhere = await ground.Given.Agency();
        var other = await ground.Given.Person();
        var visitor = (await ground.SiteAsync()).Visitor();
        var sent = await AskAsync(visitor, "raise@extra.example", ("Input.Role", "administrator"), ("Input.AgencyId", $"{elsewhere.Id}"), ("Input.PersonId", $"{other.Id}"), ("Input.State", "choosing"));
        var where = await sent.Submit("Continue", ("Input.Code", (await ground.MailAsync("raise@extra.example")).Code), ("Input.Role", "administrator"), ("Input.PersonId", $"{other.Id}"));
        await where.Submit("Tell the business unit", ("Input.Says", "A nursery"), ("Input.Agency", $"{elsewhere.Id}"), ("Input.Role", "business unit"));

        var person = await ground.Sql<Guid>("select person_id from person_emails where email = 'raise@extra.example'");
        Assert.NotEqual(other.Id, person);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from role_grants where person_id = '{person}'"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from employments where person_id = '{person}'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/manage/sign-ups")).Status);
    }

    [Fact]
    public async Task A_post_without_the_forms_token_is_refused()
    {
        var visitor = (await ground.SiteAsync()).Visitor();
        var answer = await visitor.Http.PostAsync("/account/sign-up", new FormUrlEncodedContent([
            new("_handler", "sign-up"), new("Input.Email", "forged@post.example"), new("Input.GivenName", "A"), new("Input.FamilyName", "B"), new("Input.Workforce", "adults")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await ground.MailsAsync("forged@post.example"));
    }

    [Fact] // M3
    public async Task The_mails_say_what_to_do_hold_nothing_that_a_stranger_typed_and_are_forgotten_once_sent()
    {
        await using var room = new PostRoom(ground);
        var visitor = (await ground.SiteAsync()).Visitor();
        await AskAsync(visitor, "post@mails.example", ("Input.GivenName", "Win a prize at evil.example"));
        var (code, link) = await ground.MailAsync("post@mails.example");

        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == "post@mails.example");
        Assert.Contains($"{code[..3]} {code[3..]}", mail.Text("text/plain")!);
        Assert.Contains($"https://learning.example/account/sign-up/confirm/{link}", mail.Text("text/plain")!);
        Assert.DoesNotContain("evil.example", mail.Text("text/plain")!);
        Assert.Equal("{}", await ground.Sql<string>("select data::text from messages where address = 'post@mails.example'"));
        Assert.Equal(1, await ground.Sql<long>("select count(*) from messages where address = 'post@mails.example' and sent_text is null"));
    }

    [Fact] // M3
    public async Task A_mail_whose_sign_up_was_confirmed_meanwhile_does_not_go_out()
    {
        await using var room = new PostRoom(ground);
        await ground.JoinAsync("quick@mails.example");

        await room.SendAsync();

        Assert.DoesNotContain(room.Sink.Mails, mail => mail.To == "quick@mails.example");
    }

    [Fact] // P4
    public async Task The_business_unit_places_one_and_declines_another_by_the_pages()
    {
        var nursery = await ground.Given.Agency("Bluebell Nursery");
        await ground.JoinAsync("one@queue.example");
        var waits = (await ground.SiteAsync()).Visitor();
        await (await AskAsync(waits, "two@queue.example")).Submit("Continue", ("Input.Code", (await ground.MailAsync("two@queue.example")).Code));
        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        Assert.Contains("Their address does not tell the agency", (await unit.Get("/manage")).Text);

        var person = await unit.Get($"/manage/sign-ups/{await ground.Sql<Guid>("select id from sign_ups where email = 'one@queue.example'")}");
        Assert.Contains("1 other person waits with an address of queue.example", person.Text);
        Assert.Contains("Choose the agency that they work for", (await person.Submit("Place with this agency")).Text);
        var list = await person.Submit("Place with this agency", ("Input.Agency", $"{nursery.Id}"), ("Input.Remember", "true"));
        Assert.Contains("Placed, and the domain is remembered", list.Text);
        Assert.DoesNotContain("one@queue.example", list.Text);

        // Who waits with the same domain can now say it themselves.
        Assert.Contains("You work for Bluebell Nursery: is that right?", (await waits.Get("/account/join")).Text);

        var declining = await unit.Get($"/manage/sign-ups/{await ground.Sql<Guid>("select id from sign_ups where email = 'two@queue.example'")}");
        Assert.Contains("Say why, in at most 500 characters", (await declining.Submit("Decline")).Text);
        Assert.Contains("Declined, and told why", (await declining.Submit("Decline", ("No.Reason", "We do not know you."))).Text);
        Assert.Contains("We do not know you.", (await waits.Get("/account/join")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await unit.Get(declining.Path)).Status);
    }

    [Fact] // S1
    public async Task Only_the_business_unit_opens_the_queue()
    {
        var site = await ground.SiteAsync();
        var agency = await ground.Given.Agency();
        var lead = await ground.Given.Person(agency);
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var visitor = await site.SignedInAsync(lead.Id);
        foreach (var path in new[] { "/manage/sign-ups", $"/manage/sign-ups/{Guid.CreateVersion7()}" })
        {
            Assert.StartsWith("/account/sign-in", (await site.Visitor().Get(path)).Path);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get(path)).Status);
        }
    }

    private static async Task<Page> AskAsync(Visitor visitor, string email, params (string Name, string? Value)[] instead)
    {
        var fields = Amara.Append(("Input.Email", email)).Where(field => instead.All(other => other.Name != field.Item1)).Concat(instead).ToArray();
        return await (await visitor.Get("/account/sign-up")).Submit("Send me a code", fields);
    }

    private static string Value(Page page, string label) =>
        page.Document.QuerySelectorAll("label").Where(one => one.TextContent.Trim() == label).Select(one => page.Document.GetElementById(one.GetAttribute("for")!)!.GetAttribute("value")!).Single();
}
