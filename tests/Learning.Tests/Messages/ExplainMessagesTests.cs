using Learning.Bookings;
using Learning.Messages;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Support;

namespace Learning.Tests.Messages;

/// <summary>For any person and session: sent, due, not sent because.</summary>
public class ExplainMessagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // M2, M3, M4
    public async Task It_says_what_was_sent_what_comes_and_why_something_does_not()
    {
        await using var room = new PostRoom(ground);
        ground.Clock.Set("2024-05-29 10:00");
        var session = await ground.Given.Session(null, 20, "2024-06-03 09:30 to 16:00");
        var (ann, other) = (await ground.Given.Person(await ground.Given.Agency(), email: $"ann{Guid.CreateVersion7():N}@agency.example", given: "Ann"), await ground.Given.Person());
        await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await ground.Given.Actor(ann)));
        await room.SendAsync();
        var email = await ground.Sql<string>($"select email from person_emails where person_id = '{ann.Id}'");
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

        var page = await visitor.Get($"/manage/messages/explain?who={email.ToUpperInvariant()}&session={session.Ref.ToLowerInvariant()}");
        Assert.Contains("They got their place after its hour; the confirmation has told them.", page.Text);
        Assert.Contains("It is queued a day before its hour", page.Text);
        Assert.Contains("accepted by 127.0.0.1", page.Text);

        ground.Clock.Set("2024-06-02 09:00");
        await ground.With((QueueReminders queue) => queue.RunAsync());
        await ground.Sql($"update bookings set state = 'cancelled' where person_id = '{ann.Id}'");
        await room.SendAsync();
        visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        page = await visitor.Get($"/manage/messages/explain?who={email}&session={session.Ref}");
        Assert.True(page.Text.Contains("the booking is cancelled now", StringComparison.Ordinal), page.Text);

        var none = await ground.Sql<string>($"select email from person_emails where person_id = '{other.Id}'");
        Assert.Contains("They have never had a booking on it.", (await visitor.Get($"/manage/messages/explain?who={none}&session={session.Ref}")).Text);
        Assert.Contains("There is no such person or session", (await visitor.Get($"/manage/messages/explain?who=x@y.example&session={session.Ref}")).Text);
        Assert.Null(await ground.With((ExplainMessages explain) => explain.RunAsync(email, session.Ref, Actor.Nobody)));
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'asked why a message came or did not' and subject_id = '{ann.Id}'"));
    }
}
