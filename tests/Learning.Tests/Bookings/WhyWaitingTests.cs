using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Bookings;

/// <summary>B5, B6: somebody who waits reads why, in numbers that name nobody.</summary>
public class WhyWaitingTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B5, B6
    public async Task Who_waits_reads_who_is_before_them_what_is_kept_for_whom_and_what_is_offered_to_others_and_no_name_or_reason_of_theirs()
    {
        var (police, health) = (await ground.Given.Agency("Estuary Police"), await ground.Given.Agency());
        var (session, unit) = (await ground.Given.Session(capacity: 4), await ground.Given.Actor(await ground.Given.Unit()));
        await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, police.Id, null, 2, ground.Zone.InstantOf(new(2024, 5, 20, 12, 0, 0)), unit));
        var people = new List<Person>();
        for (var i = 0; i < 5; i++)
        {
            people.Add(await ground.Given.Person(health));
            await BookAsync(session, people[i]);
            ground.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // Two have a place; the third is offered one that comes free; the last is put before the fourth; somebody of the police has one that was kept.
        await ground.With((CancelBooking cancel) => cancel.RunAsync(IdOf(session, people[0]), Of(people[0])));
        await ground.With((PutFirst put) => put.RunAsync(IdOf(session, people[4]), "Their secret reason", unit));
        var officer = await ground.Given.Person(police);
        await BookAsync(session, officer);

        var page = await (await (await ground.SiteAsync()).SignedInAsync(people[3].Id)).Get($"/my/bookings/{IdOf(session, people[3])}");
        var why = page.Document.QuerySelector("[aria-labelledby=why]")!.TextContent;
        Assert.Contains("1 person is before you", why);
        Assert.Contains("The organiser put somebody before you: 1 person.", why);
        Assert.Contains("1 place is kept for Estuary Police until Monday 20 May 2024, midday", why);
        Assert.Contains("1 person who joined later has a place that was kept", why);
        Assert.Contains("1 place is offered to somebody just now, with time to answer until Thursday 16 May 2024, 9:05am", why);
        foreach (var other in people.Where(person => person != people[3]).Append(officer))
        {
            Assert.DoesNotContain(other.FamilyName, page.Text);
        }

        Assert.DoesNotContain("secret reason", page.Text);

        // Whoever was put first reads that of themselves, with the reason; and nobody is before them.
        var own = await (await (await ground.SiteAsync()).SignedInAsync(people[4].Id)).Get($"/my/bookings/{IdOf(session, people[4])}");
        Assert.Contains("Nobody is before you", own.Text);
        Assert.Contains("Put elsewhere in the waiting list", own.Text);
        Assert.Contains("Their secret reason", own.Text);
        Assert.DoesNotContain("put somebody before you", own.Text);

        // Who has a place, or an offer, is not told why they wait.
        Assert.Null((await (await (await ground.SiteAsync()).SignedInAsync(people[2].Id)).Get($"/my/bookings/{IdOf(session, people[2])}")).Document.QuerySelector("#why"));
    }

    [Fact]
    public async Task It_is_one_statement_however_many_wait_and_whatever_is_kept_or_offered()
    {
        var (session, counter, waiting) = (await ground.Given.Session(capacity: 1), new StatementCount(), await ground.Given.Person());
        await using var site = await counter.SiteAsync(ground);
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LearningDb>();
        await BookAsync(session, await ground.Given.Person());
        await BookAsync(session, waiting);
        var id = IdOf(session, waiting);
        WhyWaiting why = null!;
        Task<int> Asked() => counter.Of(async () => why = await WhyWaiting.OfAsync(db, id));

        Assert.Equal(1, await Asked());
        Assert.Equal(new WhyWaiting(0, 0, [], [], [], 0, 0, null).Sentences(ground.Zone), why.Sentences(ground.Zone));

        await ground.Sql($"update sessions set capacity = 9 where id = '{session.Id}'");
        for (var i = 0; i < 3; i++)
        {
            await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Offered);
            await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Waiting);
            await ground.Given.Save(new HeldPlaces { Id = Guid.CreateVersion7(), SessionId = session.Id, AgencyId = (await ground.Given.Agency()).Id, Places = 1, Until = ground.Zone.Now.AddDays(1), MadeAt = ground.Zone.Now });
        }

        Assert.Equal(1, await Asked());
        Assert.Equal((3, 3), (why.Kept.Length, why.Offered));
    }

    private async Task BookAsync(Session session, Person person) => await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), Of(person)));

    private static Actor Of(Person person) => Actor.Nobody with { PersonId = person.Id };

    private Guid IdOf(Session session, Person person)
    {
        using var db = ground.Db();
        return db.Bookings.Single(row => row.SessionId == session.Id && row.PersonId == person.Id).Id;
    }
}
