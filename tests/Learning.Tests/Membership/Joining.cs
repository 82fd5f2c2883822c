using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>What tests of joining do over and over: an agency with a domain, somebody who asks, the mail that they find.</summary>
internal static class Joining
{
    private static int made;

    public static async Task<Agency> AgencyAsync(this Ground ground, string domain, string? name = null, Guid? parent = null)
    {
        var agency = await ground.Given.Agency(name, parent: parent);
        await ground.Given.Save(new AgencyDomain { Domain = domain, AgencyId = agency.Id });
        return agency;
    }

    /// <summary>A domain of nobody.</summary>
    public static string Domain() => $"d{Interlocked.Increment(ref made)}.example";

    /// <summary>Asks for an account; the number of the sign-up.</summary>
    public static async Task<Guid> AskAsync(this Ground ground, string email, string given = "Amara", string family = "Osei", string workforce = "children") =>
        Assert.IsType<JoinOutcome.Asked>(await ground.With((AskToJoin ask) => ask.RunAsync(email, new TypedDetails(given, family, "Social worker", workforce, "3")))).Id;

    /// <summary>What the newest mail of signing up brought to an address, by the order of writing: the clock may stand still.</summary>
    public static async Task<(string Code, string Link)> MailAsync(this Ground ground, string email) => (
        await ground.Sql<string>($"select data ->> 'code' from messages where kind = 'sign-up' and address = '{email}' order by queued_at desc, ctid desc limit 1"),
        await ground.Sql<string>($"select data ->> 'link' from messages where kind = 'sign-up' and address = '{email}' order by queued_at desc, ctid desc limit 1"));

    public static Task<long> MailsAsync(this Ground ground, string email, string kind = "sign-up") =>
        ground.Sql<long>($"select count(*) from messages m left join person_emails e on e.person_id = m.person_id where kind = '{kind}' and coalesce(m.address, e.email) = '{email}'");

    /// <summary>Asks and proves the address by its link; the person.</summary>
    public static async Task<Guid> JoinAsync(this Ground ground, string email)
    {
        await ground.AskAsync(email);
        var (_, link) = await ground.MailAsync(email);
        return Assert.IsType<ConfirmOutcome.Confirmed>(await ground.With((ConfirmSignUp confirm) => confirm.ByLinkAsync(link))).Account.PersonId;
    }

    public static async Task<SignUp?> SignUpOf(this Ground ground, Guid person)
    {
        await using var db = ground.Db();
        return await db.SignUps.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person);
    }

    public static async Task<Actor> ActorAsync(this Ground ground, Guid person)
    {
        await using var db = ground.Db();
        return await Actor.ForAsync(db, person, ground.Zone.Today);
    }

    /// <summary>How many people have an address or a name.</summary>
    public static Task<long> PeopleAsync(this Ground ground, string email) => ground.Sql<long>($"select count(*) from person_emails where email = '{email}'");
}
