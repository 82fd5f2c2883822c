using System.Net;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>A stranger who guesses slows himself, not the person whose address he tries.</summary>
public class TriesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private const string Password = "Learning-test-1";

    // Each test has its tries to itself.
    public Task InitializeAsync() => ground.Sql("delete from allowances");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Ten_thousand_tries_let_nobody_in_the_owner_comes_in_and_the_database_stays_small()
    {
        var (email, own) = await OwnerAsync();
        var before = await RowsAsync();
        var outcomes = new System.Collections.Concurrent.ConcurrentBag<PasswordOutcome>();

        // From three networks, of the address of a person and of 500 that nobody has.
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stop) => outcomes.Add(await new Doorstep(ground, $"198.51.100.{i % 3}")
            .With((EnterByPassword enter) => enter.RunAsync(i % 2 == 0 ? email : $"nobody{i % 500}@agency.example", i % 5 == 0 ? $"guess {i}" : "Learning-test-1!", null, stop))));

        Assert.Equal(10_000, outcomes.Count);
        Assert.DoesNotContain(outcomes, outcome => outcome is PasswordOutcome.Entered);
        Assert.True(outcomes.Count(outcome => outcome is PasswordOutcome.Wrong) <= 3 * Allowance.WrongFromNetwork.AtOnce);
        Assert.InRange(await ground.Sql<long>($"select count(*) from allowances where what like 'wrong%' and what not like '%own browser'"), 3, 3 + 251);
        Assert.Equal(before, await RowsAsync());

        // Even the right password is not heard from a strange browser now; from the owner's own it is.
        Assert.IsType<PasswordOutcome.TooMany>(await Enter(new Doorstep(ground, "203.0.113.9"), email));
        Assert.IsType<PasswordOutcome.Entered>(await Enter(own, email));

        // And what is left goes by itself.
        ground.Clock.Advance(TimeSpan.FromHours(3));
        await ground.With((ForgetSignIns forget) => forget.RunAsync());
        Assert.Equal(0, await ground.Sql<long>("select count(*) from allowances"));

        Task<string> RowsAsync() => ground.Sql<string>("select (select count(*) from messages) || ' ' || (select count(*) from sign_in_codes) || ' ' || (select count(*) from audit_entries)");
    }

    [Fact]
    public async Task While_a_stranger_guesses_the_owner_still_comes_in_by_the_mail_from_any_browser()
    {
        var (email, _) = await OwnerAsync();
        var stranger = new Doorstep(ground, "198.51.100.66");
        for (var i = 0; i < 30; i++)
        {
            await stranger.With((EnterByPassword enter) => enter.RunAsync(email, "a guess", null));
        }

        var phone = new Doorstep(ground, "203.0.113.10");
        Assert.IsType<PasswordOutcome.TooMany>(await Enter(phone, email));
        var asked = Assert.IsType<AskOutcome.Asked>(await phone.With((AskForCode ask) => ask.RunAsync(email, null)));
        var code = (await MailedCode.NewestAsync(ground, email)).Code;
        Assert.IsType<CodeOutcome.Entered>(await phone.With((EnterByCode enter) => enter.RunAsync(new CodeAsked(asked.Secret, email), code)));

        // From now on the telephone is the owner's own.
        Assert.IsType<PasswordOutcome.Entered>(await Enter(phone, email));
    }

    [Fact]
    public async Task While_a_stranger_asks_for_code_after_code_the_owners_own_stays_good_in_their_own_browser()
    {
        var (email, own) = await OwnerAsync();
        var asked = Assert.IsType<AskOutcome.Asked>(await own.With((AskForCode ask) => ask.RunAsync(email, null)));
        var mine = await MailedCode.NewestAsync(ground, email);

        AskOutcome last = asked;
        for (var i = 0; i < 10; i++)
        {
            last = await new Doorstep(ground, $"198.51.100.{i}").With((AskForCode ask) => ask.RunAsync(email, null));
        }

        Assert.IsType<AskOutcome.TooMany>(last);
        Assert.IsType<CodeOutcome.Entered>(await own.With((EnterByCode enter) => enter.RunAsync(new CodeAsked(asked.Secret, email), mine.Code)));
        Assert.IsType<AskOutcome.Asked>(await own.With((AskForCode ask) => ask.RunAsync(email, null)));
    }

    [Fact]
    public async Task However_often_a_stranger_asks_the_newest_mail_has_a_link_that_is_good()
    {
        var (email, _) = await OwnerAsync();
        for (var minute = 0; minute < 60; minute++)
        {
            await new Doorstep(ground, "198.51.100.7").With((AskForCode ask) => ask.RunAsync(email, null));
            ground.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var link = (await MailedCode.NewestAsync(ground, email)).Link;
        Assert.NotNull(await new Doorstep(ground, "203.0.113.11").With((EnterByLink enter) => enter.RunAsync(link)));
    }

    [Fact]
    public async Task Somebody_who_asks_for_code_after_code_and_guesses_has_ten_guesses_and_the_link_stays_good()
    {
        var (email, _) = await OwnerAsync();
        var (wrong, refused) = (0, 0);
        for (var i = 0; i < 5; i++)
        {
            var stranger = new Doorstep(ground, $"198.51.100.{i}");
            var asked = Assert.IsType<AskOutcome.Asked>(await stranger.With((AskForCode ask) => ask.RunAsync(email, null)));
            var guess = (await MailedCode.NewestAsync(ground, email)).Wrong;
            for (var guesses = 0; guesses < SignInCode.MostWrong - 1; guesses++)
            {
                var outcome = await stranger.With((EnterByCode enter) => enter.RunAsync(new CodeAsked(asked.Secret, email), guess));
                (wrong, refused) = outcome is CodeOutcome.TooMany ? (wrong, refused + 1) : (wrong + 1, refused);
            }
        }

        Assert.Equal((10, 10), (wrong, refused));
        var link = (await MailedCode.NewestAsync(ground, email)).Link;
        Assert.NotNull(await new Doorstep(ground, "203.0.113.12").With((EnterByLink enter) => enter.RunAsync(link)));
    }

    [Fact]
    public async Task Four_hundred_people_of_one_office_sign_in_and_use_nothing_up()
    {
        var (email, _) = await OwnerAsync();
        for (var i = 0; i < Allowance.WrongFromNetwork.AtOnce + 50; i++)
        {
            Assert.IsType<PasswordOutcome.Entered>(await Enter(new Doorstep(ground, "203.0.113.50"), email));
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.IsType<AskOutcome.Asked>(await new Doorstep(ground, "203.0.113.50").With((AskForCode ask) => ask.RunAsync($"colleague{i}@agency.example", null)));
        }
    }

    [Fact]
    public async Task Tries_come_back_with_time_and_many_at_once_are_counted_one_by_one()
    {
        var one = Allowance.WrongPasswordsForAddress.Of("somebody");
        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ground.With((Allowances allowances) => allowances.TakeAsync(one)))));
        Assert.Equal(10, taken.Count(was => was));

        var wait = await ground.With((Allowances allowances) => allowances.TakeAsync([one]));
        Assert.Equal(TimeSpan.FromMinutes(15), wait);
        ground.Clock.Advance(wait!.Value);
        Assert.Null(await ground.With((Allowances allowances) => allowances.TakeAsync([one])));
        Assert.NotNull(await ground.With((Allowances allowances) => allowances.TakeAsync([one])));
        await ground.With(async (Allowances allowances) => { await allowances.GiveBackAsync([one]); return true; });
        Assert.Null(await ground.With((Allowances allowances) => allowances.TakeAsync([one])));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    public async Task A_network_is_an_address_of_version_4_or_the_half_of_one_of_version_6(string one, string other, bool same)
    {
        Task<string> NetworkAsync(string address) => new Doorstep(ground, address).With((ThisBrowser browser) => Task.FromResult(browser.Network));

        Assert.Equal(same, await NetworkAsync(one) == await NetworkAsync(other));
    }

    private static Task<PasswordOutcome> Enter(Doorstep browser, string email) => browser.With((EnterByPassword enter) => enter.RunAsync(email, Password, null));

    private async Task<(string Email, Doorstep Own)> OwnerAsync()
    {
        var person = await ground.Given.Person();
        var (email, _) = await (await ground.SiteAsync()).AccountAsync(person.Id);
        var own = new Doorstep(ground, "203.0.113.1");
        Assert.IsType<PasswordOutcome.Entered>(await Enter(own, email));
        return (email, own);
    }
}
