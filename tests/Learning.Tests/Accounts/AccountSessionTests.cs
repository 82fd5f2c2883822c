using Learning.Accounts;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

public class AccountSessionTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Each_sign_in_is_a_new_session_and_ends_the_one_that_the_browser_had()
    {
        var person = await ground.Given.Person();
        var site = await ground.SiteAsync();
        var visitor = await site.SignedInAsync(person.Id);
        var first = await OnlyLiveAsync(person.Id);

        var (email, password) = await site.AccountAsync(person.Id);
        await (await visitor.Get(SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));

        Assert.NotEqual(first, await OnlyLiveAsync(person.Id));
    }

    [Fact]
    public async Task A_cookie_kept_from_before_signing_out_opens_nothing()
    {
        var person = await ground.Given.Person();
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        var cookie = visitor.Cookies;
        await (await visitor.Get("/account")).Submit("Sign out");

        var thief = (await ground.SiteAsync()).Visitor();
        thief.Http.DefaultRequestHeaders.Add("Cookie", cookie);

        Assert.StartsWith(SignIn.Page, (await thief.Get("/account")).Path);
    }

    [Theory]
    [InlineData(12, 1)] // idle
    [InlineData(7 * 24, 4)] // however busy
    public async Task A_session_runs_out(int hours, int everyHours)
    {
        var person = await ground.Given.Person();
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        for (var passed = 0; hours > 12 && passed + everyHours < hours; passed += everyHours)
        {
            ground.Clock.Advance(TimeSpan.FromHours(everyHours));
            Assert.Equal("/account", (await visitor.Get("/account")).Path);
        }

        ground.Clock.Advance(TimeSpan.FromHours(hours > 12 ? everyHours : hours));
        Assert.StartsWith(SignIn.Page, (await visitor.Get("/account")).Path);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("curl/8.0", "A browser")]
    [InlineData(null, "A browser")]
    public void A_device_is_named_as_its_owner_knows_it(string? userAgent, string name) => Assert.Equal(name, DeviceName.Of(userAgent));

    private async Task<Guid> OnlyLiveAsync(Guid person)
    {
        await using var db = ground.Db();
        var account = await db.Users.SingleAsync(row => row.PersonId == person);
        return (await db.AccountSessions.Where(row => row.AccountId == account.Id).Live(ground.Zone.Now).SingleAsync()).Id;
    }
}
