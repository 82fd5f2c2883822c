using System.Net;
using System.Text;

using Learning.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Messages;

/// <summary>M5: what comes back after the mail server had accepted it, reported by the mail service with a signature.</summary>
public class BounceHookTests(Ground ground) : IClassFixture<Ground>
{
    private const string Secret = "a-secret-of-more-than-thirty-two-characters";

    [Fact] // M5
    public async Task A_signed_report_marks_the_address_and_the_letter_and_the_next_acceptance_takes_nothing_back()
    {
        await using var site = await SiteAsync();
        await using var room = new PostRoom(ground);
        var person = await ground.Given.Person(email: $"gone{Guid.CreateVersion7():N}@agency.example");
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}'");
        var message = await QueueAsync(person.Id, "1");
        await room.SendAsync();
        var body = $$"""{"bounces": [{"address": "{{email.ToUpperInvariant()}}", "messageId": "<{{message:N}}@partnership.example>", "permanent": true, "reason": "550 5.1.1\r\nNo such person"}, {"address": "nobody@agency.example", "permanent": true}, {"address": "{{email}}", "permanent": false}]}""";

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, body));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, body));

        Assert.Equal("came back: 550 5.1.1 No such person", await ground.Sql<string>($"select outcome from messages where id = '{message}'"));
        await QueueAsync(person.Id, "2");
        await room.SendAsync();
        Assert.Equal(2, room.Sink.Mails.Count);
        Assert.True(await BouncedAsync(email));

        // Whoever of the unit sends to it again knows better.
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        await ground.With((SendAgain again) => again.RunAsync(message, unit));
        Assert.False(await BouncedAsync(email));
    }

    [Fact] // M5
    public async Task What_is_not_signed_is_signed_otherwise_or_too_old_changes_nothing()
    {
        await using var site = await SiteAsync();
        var person = await ground.Given.Person(email: $"fine{Guid.CreateVersion7():N}@agency.example");
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}'");
        var body = $$"""{"bounces": [{"address": "{{email}}", "permanent": true}]}""";
        var bytes = Encoding.UTF8.GetBytes(body);
        var now = ground.Zone.Now;
        foreach (var signature in new[]
        {
            "", "nonsense", "t=,v1=", $"t={now.ToUnixTimeSeconds()},v1=", BounceHook.Sign(bytes, Secret + "x", now), BounceHook.Sign([.. bytes, 32], Secret, now), BounceHook.Sign(bytes, Secret, now.AddMinutes(-6)),
            BounceHook.Sign(bytes, Secret, now.AddMinutes(6)), $"t=99999999999999999999,v1={new string('0', 64)}",
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(site, body, signature));
        }

        foreach (var other in new[] { "", "[]", "{}", "{\"bounces\": null}", "{\"bounces\": [null]}", "{\"bounces\": [{}]}", "{\"bounces\": [{\"address\": \"a\\u0000b@c\"}]}", "<xml/>" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(site, other));
        }

        Assert.False(await BouncedAsync(email));
        Assert.Equal(HttpStatusCode.NotFound, (await (await ground.SiteAsync()).Visitor().Http.PostAsync("/api/hooks/bounces", new StringContent(body))).StatusCode);
    }

    [Fact] // M5: by a mail server that hands on what comes to an address
    public async Task A_report_as_it_came_marks_whom_its_letter_went_to_and_nobody_else()
    {
        await using var site = await SiteAsync();
        await using var room = new PostRoom(ground);
        var person = await ground.Given.Person(email: $"gone{Guid.CreateVersion7():N}@agency.example");
        var other = await ground.Given.Person(email: $"other{Guid.CreateVersion7():N}@agency.example");
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}'");
        var others = await ground.Sql<string>($"select email from person_emails where person_id = '{other.Id}'");
        var message = await QueueAsync(person.Id, "1");
        await room.SendAsync();
        string Report(string to, string? id = null, string? shape = null) => Encoding.UTF8.GetString(ReturnedMail.Of(shape ?? ReturnedMail.Postfix, id ?? $"<{message:N}@partnership.example>", to));

        // Of a letter of somebody else's, of no letter, and refused where it was forwarded to: the address is not marked, and the last stands on the letter.
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, Report(others), type: "message/rfc822"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, Report(others, $"<{Guid.CreateVersion7():N}@partnership.example>"), type: "message/rfc822"));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, Report(email, shape: ReturnedMail.Forwarded), type: "message/rfc822"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(site, Report(email, shape: ReturnedMail.OutOfOffice), type: "message/rfc822"));
        Assert.False(await BouncedAsync(email));
        Assert.False(await BouncedAsync(others));
        Assert.Equal("came back: 550 5.2.1 disabled", await ground.Sql<string>($"select outcome from messages where id = '{message}'"));

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(site, Report(email.ToUpperInvariant()), type: "message/rfc822"));
        Assert.True(await BouncedAsync(email));
        Assert.StartsWith("came back: 550 5.1.1", await ground.Sql<string>($"select outcome from messages where id = '{message}'"));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("abcdef", false)]
    [InlineData("a-secret-of-more-than-thirty-two-characters", true)]
    public void LEARNING_BOUNCES_is_a_long_secret_or_none(string? setting, bool fine)
    {
        if (fine)
        {
            Assert.DoesNotContain("secret", $"{BounceSecret.Of(setting)}");
        }
        else
        {
            Assert.DoesNotContain(setting!, Assert.Throws<FormatException>(() => BounceSecret.Of(setting)).Message);
        }
    }

    private Task<WebsiteUnderTest> SiteAsync() => WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, settings: plain => plain with { Bounces = BounceSecret.Of(Secret) });

    private async Task<HttpStatusCode> PostAsync(WebsiteUnderTest site, string body, string? signature = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/hooks/bounces") { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.TryAddWithoutValidation("X-Learning-Signature", signature ?? BounceHook.Sign(Encoding.UTF8.GetBytes(body), Secret, ground.Zone.Now));
        return (await site.Visitor().Http.SendAsync(request)).StatusCode;
    }

    private Task<bool> BouncedAsync(string email) => ground.Sql<bool>($"select bounced_at is not null from person_emails where email = '{email}'");

    private async Task<Guid> QueueAsync(Guid person, string occurrence)
    {
        await using var people = ground.Db();
        var booking = await ground.Given.Booking(await ground.Given.Session(), people.Persons.Single(one => one.Id == person));
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = "booking-confirmed", PersonId = person, SubjectId = booking.Id, Occurrence = occurrence, Why = "A test." }]);
        await transaction.CommitAsync();
        return await ground.Sql<Guid>($"select id from messages where person_id = '{person}' and occurrence = '{occurrence}'");
    }
}
