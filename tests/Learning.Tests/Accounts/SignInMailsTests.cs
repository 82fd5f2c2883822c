using Learning.Accounts;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Learning.Tests.Accounts;

/// <summary>The mails that let somebody in: what they say, and who else can see it.</summary>
public class SignInMailsTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task The_mail_holds_link_and_code_and_afterwards_the_database_holds_neither()
    {
        await using var room = new PostRoom(ground);
        var email = await AskAsync(given: "Amara");
        var mailed = await MailedCode.NewestAsync(ground, email);
        Assert.DoesNotContain(mailed.Link, await CodesAsync());

        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == email);
        var text = mail.Text("text/plain")!;
        Assert.Contains("Dear Amara,", text);
        Assert.Contains($"https://learning.example{mailed.Path}", text);
        Assert.Contains($"{mailed.Code[..3]} {mailed.Code[3..]}", text);
        Assert.DoesNotContain(mailed.Code[..3], mail.Subject);
        await using var db = ground.Db();
        var message = await db.Messages.SingleAsync(row => row.Address == email);
        Assert.Equal(("{}", null, MessageState.Sent), (message.Data, message.SentText, message.State));
        foreach (var table in new[] { "messages", "sign_in_codes", "audit_entries", "allowances" })
        {
            var all = await ground.Sql<string>($"select coalesce(string_agg(t::text, ' '), '') from {table} t");
            Assert.DoesNotContain(mailed.Link, all);
            Assert.DoesNotContain(mailed.Code, all);
        }
    }

    [Theory]
    [InlineData("Sam\r\nBcc: victim@elsewhere.example\r\n\r\nGo to https://evil.example")]
    [InlineData("Sam\nSubject: Other")]
    [InlineData("\"Sam\" <victim@elsewhere.example>,")]
    [InlineData("Sam\u2028Bcc: victim@elsewhere.example")]
    [InlineData("[Sam](https://evil.example) <b>")]
    public async Task A_name_cannot_begin_a_header_or_a_link_of_its_own(string given)
    {
        await using var room = new PostRoom(ground);
        var email = await AskAsync(given);
        await new Doorstep(ground).With(async (EnterByLink enter) => await enter.RunAsync((await MailedCode.NewestAsync(ground, email)).Link));
        await AskAsync(email);

        await room.SendAsync();

        Assert.DoesNotContain(room.Sink.Mails, mail => mail.To.Contains("victim", StringComparison.Ordinal));
        var mail = room.Sink.Mails.Last(mail => mail.To == email);
        Assert.Null(mail.Header("Bcc"));
        Assert.Equal("Your link and code to sign in", mail.Subject);
        Assert.DoesNotContain("href=\"https://evil.example", mail.Text("text/html"));
    }

    [Fact] // M3
    public async Task A_mail_whose_link_and_code_have_ended_or_run_out_is_not_sent()
    {
        await using var room = new PostRoom(ground);
        var (used, late) = (await AskAsync("Used"), await AskAsync("Late"));
        await new Doorstep(ground).With(async (EnterByLink enter) => await enter.RunAsync((await MailedCode.NewestAsync(ground, used)).Link));
        ground.Clock.Advance(TimeSpan.FromMinutes(16));

        await room.SendAsync();

        Assert.DoesNotContain(room.Sink.Mails, mail => mail.To == used || mail.To == late);
        Assert.Equal("its link and code have ended: used", await OutcomeAsync(used));
        Assert.Equal("its link and code have run out", await OutcomeAsync(late));

        Task<string> OutcomeAsync(string email) => ground.Sql<string>($"select outcome || case data when '{{}}' then '' else data::text end from messages where address = '{email}' and kind = 'sign-in-code'");
    }

    [Fact] // S3
    public async Task The_words_are_hidden_from_the_business_unit_where_there_is_a_mail_server_and_shown_where_there_is_none()
    {
        var email = await AskAsync("Hidden");
        var mailed = await MailedCode.NewestAsync(ground, email);
        var id = await ground.Sql<Guid>($"select id from messages where address = '{email}'");
        var unit = await ground.Given.Unit();

        var page = await (await (await ground.SiteAsync()).SignedInAsync(unit.Id)).Get($"/manage/messages/{id}");
        Assert.Contains(mailed.Link, page.Text);

        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.Replace(ServiceDescriptor.Singleton(
            new MailSetting(MailServer.Of("smtp://mail.example:25?tls=none")))));
        var visitor = await site.SignedInAsync(unit.Id);
        page = await visitor.Get($"/manage/messages/{id}");
        Assert.Contains("The words let their reader in", page.Text);
        Assert.DoesNotContain(mailed.Link, page.Text);
        Assert.DoesNotContain(mailed.Link, (await visitor.Get($"/manage/messages/{id}/html")).Document.DocumentElement.OuterHtml);
        Assert.DoesNotContain("No mail server", (await (await site.Visitor().Get(SignIn.Page)).Submit("E-mail me a code", ("Input.Email", "anybody@agency.example"))).Text);
    }

    [Fact]
    public async Task Asking_for_a_sent_one_again_sends_nothing_that_lets_in()
    {
        await using var room = new PostRoom(ground);
        var email = await AskAsync("Again");
        await room.SendAsync();
        var id = await ground.Sql<Guid>($"select id from messages where address = '{email}'");
        var unit = await ground.Given.Actor(await ground.Given.Unit());

        await ground.With((SendAgain again) => again.RunAsync(id, unit));
        await room.SendAsync();

        Assert.Single(room.Sink.Mails, mail => mail.To == email);
        Assert.Equal("its link and code are gone", await ground.Sql<string>($"select outcome from messages where address = '{email}' and state = 'dropped'"));
    }

    private Task<string> CodesAsync() => ground.Sql<string>("select string_agg(c::text, ' ') from sign_in_codes c");

    private async Task<string> AskAsync(string given)
    {
        var email = given.Contains('@', StringComparison.Ordinal) && given.EndsWith("agency.example", StringComparison.Ordinal) ? given
            : await ground.Sql<string>($"select email from person_emails where person_id = '{(await ground.Given.Person(given: given)).Id}'");
        await new Doorstep(ground).With((AskForCode ask) => ask.RunAsync(email, null));
        return email;
    }
}
