using System.Text.Json;

using Learning.Accounts;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>Somebody with an authenticator app and a password, at an agency with a lead, who has lost the phone.</summary>
internal sealed class LostPhone
{
    private readonly Ground ground;

    private LostPhone(Ground ground) => this.ground = ground;

    public required Agency Agency { get; init; }
    public required Person Lead { get; init; }
    public required Person Person { get; init; }

    /// <summary>The app that is lost; the test has it all the same, as a thief would.</summary>
    public required PhoneApp Phone { get; init; }

    public static async Task<LostPhone> In(Ground ground, Agency? agency = null, bool hasLead = true)
    {
        // All of a test class come from one network.
        await ground.Sql($"delete from allowances where what = '{Allowance.RecoveriesFromNetwork.What}'");
        agency ??= await ground.Given.Agency();
        var lead = await ground.Given.Person(agency, given: "Leonie");
        if (hasLead)
        {
            await ground.Given.Role(lead, Role.AgencyLead, agency);
        }

        var person = await ground.Given.Person(agency, given: "Petra");
        return new LostPhone(ground) { Agency = agency, Lead = lead, Person = person, Phone = await AppAsync(ground, person) };
    }

    /// <summary>Gives a person an account with an authenticator app.</summary>
    public static async Task<PhoneApp> AppAsync(Ground ground, Person person)
    {
        await (await ground.SiteAsync()).AccountAsync(person.Id, exempt: false);
        var key = Totp.NewKey();
        await using var db = ground.Db();
        await ground.Given.Save(new AccountAuthenticator
        {
            Id = Guid.CreateVersion7(), AccountId = (await db.Users.SingleAsync(account => account.PersonId == person.Id)).Id,
            Key = await ground.With((AuthenticatorKeys keys) => Task.FromResult(keys.Protect(key))), BegunAt = ground.Zone.Now, ConfirmedAt = ground.Zone.Now,
        });
        return new PhoneApp(Totp.Spelt(key));
    }

    /// <summary>Gives the password, as far as the second step.</summary>
    public async Task<Page> HalfwayAsync(Visitor? visitor = null, Person? who = null)
    {
        var site = await ground.SiteAsync();
        var (email, password) = await site.AccountAsync((who ?? Person).Id);
        var page = await (await (visitor ?? site.Visitor()).Get(SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(FinishSignIn.SecondStep, page.Path);
        return page;
    }

    /// <summary>Asks to be let back in, by the pages, and gives the page that says so.</summary>
    public async Task<Page> AskAsync(Visitor? visitor = null, Person? who = null) =>
        await (await (await HalfwayAsync(visitor, who)).Follow("I have lost my phone and my recovery codes")).Submit("Ask to be let back in");

    /// <summary>The same; the request's id.</summary>
    public async Task<Guid> AskedAsync(Person? who = null)
    {
        ground.Clock.Advance(TimeSpan.FromSeconds(1)); // so that the newest is the newest
        Assert.Contains("We have asked for you", (await AskAsync(who: who)).Text);
        return await NewestAsync(who);
    }

    public Task<Guid> NewestAsync(Person? who = null) => ground.Sql<Guid>($"select id from account_recoveries where person_id = '{(who ?? Person).Id}' order by asked_at desc, id desc limit 1");

    /// <summary>Somebody lets them back in, past the page.</summary>
    public async Task<RecoveryOutcome> LetIn(Guid id, Person? by = null, bool spoken = true)
    {
        var actor = await ground.Given.Actor(by ?? Lead);
        return await ground.With((LetBackIn verb) => verb.RunAsync(id, spoken, actor));
    }

    /// <summary>Somebody does not.</summary>
    public async Task<RecoveryOutcome> Refuse(Guid id, Person? by = null, string? reason = "I could not reach them.")
    {
        var actor = await ground.Given.Actor(by ?? Lead);
        return await ground.With((RefuseRecovery verb) => verb.RunAsync(id, reason, actor));
    }

    /// <summary>Asked, and let in: the path of the link's page.</summary>
    public async Task<string> LinkAsync()
    {
        var id = await AskedAsync();
        Assert.Equal(new RecoveryOutcome.Done(RecoveryState.LetIn), await LetIn(id));
        return await PathAsync("let-in-link", id);
    }

    /// <summary>The path of the page by which the owner stops it.</summary>
    public Task<string> StopPathAsync(Guid id) => PathAsync("let-in-begun", id);

    private async Task<string> PathAsync(string kind, Guid id)
    {
        await using var db = ground.Db();
        var data = (await db.Messages.SingleAsync(message => message.Kind == kind && message.SubjectId == id && message.PersonId == db.AccountRecoveries.Single(row => row.Id == id).PersonId)).Data;
        return $"/account/recover/{(kind == "let-in-link" ? "" : "stop/")}{JsonSerializer.Deserialize<JsonElement>(data).GetProperty("Secret").GetString()}";
    }

    /// <summary>What somebody was told, by kind, the oldest first; of what protects an account by its title.</summary>
    public static async Task<List<string>> ToldAsync(Ground ground, Person person)
    {
        await using var db = ground.Db();
        var told = await db.Messages.Where(message => message.PersonId == person.Id && (message.Kind == "security-changed" || message.Kind.StartsWith("let-in-"))).OrderBy(message => message.QueuedAt).ThenBy(message => message.Id).ToListAsync();
        return told.ConvertAll(message => message.Kind == "security-changed" ? JsonSerializer.Deserialize<JsonElement>(message.Data).GetProperty("title").GetString()! : message.Kind);
    }
}
