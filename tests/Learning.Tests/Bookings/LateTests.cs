using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>B12: giving up later than five working days before is late, unless the session was moved or the organiser withdrew.</summary>
public class LateTests(Ground ground) : IClassFixture<Ground>
{
    [Theory] // B12, T1
    [InlineData("2024-06-10 09:30 to 16:00", "2024-06-03 23:59", false)]
    [InlineData("2024-06-10 09:30 to 16:00", "2024-06-04 00:00", true)]
    [InlineData("2024-04-05 09:30 to 16:00", "2024-03-27 23:59", false)] // over Easter, and the clocks that went forward on 31 March
    [InlineData("2024-04-05 09:30 to 16:00", "2024-03-28 00:00", true)]
    [InlineData("2027-01-04 09:30 to 16:00", "2026-12-23 23:59", false)] // over Christmas and New Year
    [InlineData("2027-01-04 09:30 to 16:00", "2026-12-24 00:00", true)]
    [InlineData("2024-10-29 09:30 to 16:00", "2024-10-22 23:59", false)] // the clocks went back on 27 October
    [InlineData("2024-10-29 09:30 to 16:00", "2024-10-23 00:00", true)]
    [InlineData("2024-06-10 00:30 to 02:00", "2024-06-03 23:30", false)] // half past midnight here is the day before in UTC
    public async Task A_place_given_up_after_the_last_day_is_late(string part, string at, bool late)
    {
        ground.Clock.Set("2024-01-02 09:00");
        var (person, session) = (await ground.Given.Person(), await ground.Given.Session(null, 3, part));
        var place = await BookAsync(session, person);
        ground.Clock.Set(at);

        Assert.IsType<ChangeOutcome.Done>(await CancelAsync(place, person));

        Assert.Equal(late, await LateAsync(place));
    }

    [Fact] // B12, B13
    public async Task Who_waited_who_was_withdrawn_and_who_booked_before_the_session_was_moved_are_never_late()
    {
        ground.Clock.Set("2024-05-01 09:00");
        var (session, unit) = (await ground.Given.Session(capacity: 3), await ground.Given.Actor(await ground.Given.Unit()));
        var (before, after, withdrawn, waits) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        var (moved, taken) = (await BookAsync(session, before), await BookAsync(session, withdrawn));
        ground.Clock.Set("2024-05-02 09:00");
        await ground.Sql($"update sessions set moved_at = '2024-05-02 08:00Z' where id = '{session.Id}'");
        var (fresh, line) = (await BookAsync(session, after), await BookAsync(session, waits));
        ground.Clock.Set("2024-06-02 09:00");

        await CancelAsync(line, waits);
        await CancelAsync(moved, before);
        await CancelAsync(fresh, after);
        await ground.With((WithdrawBooking withdraw) => withdraw.RunAsync(taken, "A smaller room", unit));

        Assert.False(await LateAsync(line));
        Assert.False(await LateAsync(moved));
        Assert.False(await LateAsync(taken));
        Assert.True(await LateAsync(fresh));
    }

    [Fact] // B12
    public async Task Before_the_press_the_last_day_is_shown_and_late_asks_why()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var (session, person) = (await ground.Given.Session(), await ground.Given.Person());
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        Assert.Contains("Until Friday 24 May 2024 giving up does not count as late", (await visitor.Get($"/sessions/{session.Ref}/book")).Text);
        var place = await BookAsync(session, person);
        Assert.Contains("Until Friday 24 May 2024", await TextAsync("booking-confirmed", place));
        var ask = await visitor.Get($"/my/bookings/{place}/cancel");
        Assert.Contains("Until Friday 24 May 2024 giving up does not count as late", ask.Text);
        Assert.DoesNotContain("Why can you not come?", ask.Text);

        ground.Clock.Set("2024-05-25 09:00");
        visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        await ground.OwnerSql("insert into installation (name, value) values ('charge-late', '25') on conflict do nothing");
        ask = await visitor.Get($"/my/bookings/{place}/cancel");
        Assert.Contains("the last day was Friday 24 May 2024", ask.Text);
        Assert.Contains("your agency may be charged £25", ask.Text);
        var wrong = await ask.Submit("Give up my place", ("Input.Text", "Typed"));
        Assert.Contains("Choose why you cannot come", wrong.Text);
        Assert.Contains("Typed", wrong.Text);
        Assert.Contains("500 characters", (await ask.Submit("Give up my place", ("Input.For", "work"), ("Input.Text", new string('x', 501)))).Text);
        Assert.Contains("Choose why", (await ask.Submit("Give up my place", ("Input.For", "7"))).Text);
        var done = await ask.Submit("Give up my place", ("Input.For", "work"), ("Input.Text", "A court date"));

        Assert.Contains("work: A court date", done.Text);
        Assert.True(await LateAsync(place));
        await ground.OwnerSql("delete from installation where name = 'charge-late'");
    }

    private Task<bool> LateAsync(Guid booking) => ground.Sql<bool>($"select late from bookings where id = '{booking}'");

    private async Task<Guid> BookAsync(Session session, Person person)
    {
        var actor = await ground.Given.Actor(person);
        return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, OverlapKnown: true), actor)) switch
        {
            BookingOutcome.Confirmed one => one.Id, BookingOutcome.Waiting one => one.Id, var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private async Task<ChangeOutcome> CancelAsync(Guid booking, Person person)
    {
        var actor = await ground.Given.Actor(person);
        return await ground.With((CancelBooking cancel) => cancel.RunAsync(booking, actor));
    }

    private async Task<string> TextAsync(string kind, Guid subject)
    {
        await using var db = ground.Db();
        var message = db.Messages.Single(row => row.Kind == kind && row.SubjectId == subject);
        return await ground.With(async (WriteLetter write) => await write.RunAsync(db, message, default) is Draft.Ready { Letter: var letter } ? letter.Text : throw new InvalidOperationException($"{kind} is dropped"));
    }
}
