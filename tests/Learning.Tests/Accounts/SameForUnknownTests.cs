using System.Net;
using System.Text.RegularExpressions;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Learning.Tests.Accounts;

/// <summary>Neither words nor work tell a stranger whether an address is known here.</summary>
public partial class SameForUnknownTests(Ground ground) : IClassFixture<Ground>
{
    private const string Unknown = "nobody@agency.example", Known = "known@agency.example", Newcomer = "newcomer@agency.example";

    [Fact]
    public async Task Asking_for_a_code_says_the_same_in_as_many_statements_and_queues_as_many_mails()
    {
        await KnownAsync();
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);

        var answers = new List<(string Text, int Statements, long Mails)>();
        // Twice each: an address that was told an hour ago that nobody has it must not be quicker.
        foreach (var email in new[] { Known, Newcomer, Unknown, Known, Newcomer, Unknown })
        {
            var (mails, text) = (await MailsAsync(), "");
            var page = await site.Visitor().Get(SignIn.Page);
            var statements = await counter.Of(async () => text = (await page.Submit("E-mail me a code", ("Input.Email", email))).Text);
            answers.Add((text.Replace(email, "…"), statements, await MailsAsync() - mails));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(1, answers[0].Mails);
        Assert.True(answers[0].Statements > 5);
    }

    [Fact]
    public async Task Wrong_codes_say_the_same_in_as_many_statements_from_the_first_to_the_last_and_so_does_an_older_one()
    {
        await KnownAsync();
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);

        var stories = new List<string>();
        foreach (var email in new[] { Known, Unknown })
        {
            var story = new List<string>();
            var older = await Ask(email);
            var page = await Ask(email);
            story.Add(await Type(older));
            for (var i = 0; i < SignInCode.MostWrong + 1; i++)
            {
                story.Add(await Type(page));
            }

            stories.Add(string.Join("\n", story).Replace(email, "…"));

            async Task<Page> Ask(string address) => await (await site.Visitor().Get(SignIn.Page)).Submit("E-mail me a code", ("Input.Email", address));
        }

        Assert.Equal(stories[0], stories[1]);
        Assert.Contains("you can try 1 more time", stories[0]);
        Assert.Contains("This code is good no more", stories[0]);

        async Task<string> Type(Page page)
        {
            var text = "";
            var statements = await counter.Of(async () => text = (await page.Submit("Sign in", ("Input.Code", await WrongAsync()))).Text);
            return $"{statements}: {text}";
        }
    }

    [Fact]
    public async Task A_wrong_password_is_hashed_once_for_an_account_one_without_a_password_and_none()
    {
        await KnownAsync();
        var hasher = new CountingHasher();
        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<Account>>(hasher)));
        async Task<int> HashesAsync(string email)
        {
            var page = await site.Visitor().Get(SignIn.Page);
            hasher.Hashed = 0;
            await page.Submit("Sign in", ("Input.Email", email), ("Input.Password", "not the password"));
            return hasher.Hashed;
        }

        await HashesAsync(Unknown); // what nobody's password is compared with is made once

        Assert.Equal((1, 1, 1), (await HashesAsync(Known), await HashesAsync(Newcomer), await HashesAsync(Unknown)));
    }

    [Fact]
    public async Task A_wrong_password_says_the_same_in_as_many_statements_for_an_account_one_without_a_password_and_none()
    {
        await KnownAsync();
        var door = new Doorstep(ground);
        await door.With((AskForCode ask) => ask.RunAsync(Newcomer, null));
        var link = await MailedCode.NewestAsync(ground, Newcomer);
        await door.With((EnterByLink enter) => enter.RunAsync(link.Link));
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);

        var answers = new List<(string Text, int Statements)>();
        foreach (var email in new[] { Known, Newcomer, Unknown })
        {
            var (page, text) = (await site.Visitor().Get(SignIn.Page), "");
            var statements = await counter.Of(async () => text = (await page.Submit("Sign in", ("Input.Email", email), ("Input.Password", "not the password"))).Text);
            answers.Add((text.Replace(email, "…"), statements));
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("do not belong together", answers[0].Text);
    }

    [Fact]
    public async Task Running_out_of_tries_says_the_same()
    {
        await KnownAsync();
        var site = await ground.SiteAsync();
        var texts = new List<string>();
        foreach (var email in new[] { Known, Unknown })
        {
            var visitor = site.Visitor();
            var page = await visitor.Get(SignIn.Page);
            for (var i = 0; i <= Allowance.WrongPasswordsForAddress.AtOnce; i++)
            {
                page = await page.Submit("Sign in", ("Input.Email", email), ("Input.Password", "not the password"));
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
            Assert.Equal(email, page.Document.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
            texts.Add(page.Text);
            for (var i = 0; i <= Allowance.MailsToAddress.AtOnce; i++)
            {
                page = await (await visitor.Get(SignIn.Page)).Submit("E-mail me a code", ("Input.Email", email));
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
            texts.Add(page.Text);
        }

        Assert.Equal(texts[..2], texts[2..]);
        Assert.Contains("Too many wrong passwords", texts[0]);
        Assert.Contains("Several e-mails have been asked for", texts[1]);
    }

    [Fact]
    public async Task An_address_that_nobody_has_is_told_so_once_an_hour_at_most_and_no_mail_lets_it_in()
    {
        const string stranger = "stranger@elsewhere.example";
        await using var room = new Messages.PostRoom(ground);
        for (var i = 0; i < 5; i++)
        {
            await new Doorstep(ground, $"198.51.100.{i}").With((AskForCode ask) => ask.RunAsync(stranger, null));
        }

        await room.SendAsync();
        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == stranger);
        Assert.Equal("Nobody here has this e-mail address", mail.Subject);
        Assert.Contains("https://learning.example/account/sign-up", mail.Text("text/plain"));
        Assert.DoesNotMatch(SixDigits(), mail.Text("text/plain")!);

        ground.Clock.Advance(TimeSpan.FromHours(1));
        await new Doorstep(ground).With((AskForCode ask) => ask.RunAsync(stranger, null));
        await room.SendAsync();
        Assert.Equal(2, room.Sink.Mails.Count(one => one.To == stranger));
    }

    private sealed class CountingHasher : PasswordHasher<Account>
    {
        public int Hashed { get; set; }

        public override string HashPassword(Account user, string password)
        {
            Hashed++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Hashed++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private async Task KnownAsync()
    {
        await ground.Sql("delete from allowances");
        if (await ground.Sql<long>($"select count(*) from person_emails where email = '{Known}'") == 0)
        {
            await using var site = await new StatementCount().SiteAsync(ground);
            await site.AccountAsync((await ground.Given.Person(email: Known)).Id);
            await ground.Given.Person(email: Newcomer);
        }
    }

    private async Task<string> WrongAsync() => (await MailedCode.NewestAsync(ground, Known)).Wrong;

    private Task<long> MailsAsync() => ground.Sql<long>("select count(*) from messages");

    [GeneratedRegex(@"\d{3} ?\d{3}")]
    private static partial Regex SixDigits();
}
