using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

namespace Learning.Tests.Bookings;

/// <summary>An organiser writes to the group, and decides on the day whether a session with few people takes place.</summary>
public class DeskMessagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        unit = await ground.Given.Actor(await ground.Given.Unit());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // M2, M3
    public async Task All_who_have_a_place_are_written_to_once_and_nobody_who_has_given_it_up_meanwhile()
    {
        var session = await ground.Given.Session();
        var (one, gone, waits) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Booking(session, one);
        var given = await ground.Given.Booking(session, gone);
        await ground.Given.Booking(session, waits, BookingState.Waiting);
        var form = Guid.CreateVersion7();

        for (var press = 0; press < 2; press++)
        {
            Assert.IsType<DeskOutcome.Done>(await WriteAsync(session, "Parking", "Use the *east* gate.\r\n\r\n<b>Not</b> the west.", form));
        }

        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from messages where kind = 'group-message' and session_id = '{session.Id}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'wrote to a session''s group' and subject_id = '{session.Id}'"));
        var letter = Assert.IsType<Draft.Ready>(await DraftAsync(one)).Letter;
        Assert.StartsWith("Parking: ", letter.Subject);
        Assert.Contains("Use the *east* gate.", letter.Text);
        Assert.DoesNotContain("<b>Not</b>", letter.Html);
        await ground.Sql($"update bookings set state = 'cancelled' where id = '{given.Id}'");
        Assert.IsType<Draft.Dropped>(await DraftAsync(gone));

        Assert.IsType<DeskOutcome.Done>(await ground.With((MessageGroup write) => write.RunAsync(session.Ref, true, "A place may come", "Soon.", Guid.CreateVersion7(), unit)));
        Assert.Contains("on the waiting list", Assert.IsType<Draft.Ready>(await DraftAsync(waits)).Letter.Text);
    }

    [Fact]
    public async Task Nothing_to_say_nobody_to_say_it_to_and_nobody_elses_session_are_refused()
    {
        var (session, empty) = (await ground.Given.Session(), await ground.Given.Session());
        await ground.Given.Booking(session, await ground.Given.Person());

        Assert.Equal([DeskField.Subject, DeskField.Message], Fields(await WriteAsync(session, " ", "\r\n")));
        Assert.Equal([DeskField.Subject, DeskField.Message], Fields(await WriteAsync(session, new string('x', 101), new string('x', 4001))));
        Assert.Equal([DeskField.To], Fields(await WriteAsync(empty, "Hello", "All")));
        var stranger = await ground.Given.Actor(await ground.Given.Person());
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((MessageGroup write) => write.RunAsync(session.Ref, false, "Hello", "All", Guid.CreateVersion7(), stranger)));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from messages where kind = 'group-message' and session_id in ('{session.Id}', '{empty.Id}')"));
    }

    [Fact]
    public async Task On_the_day_of_the_decision_a_session_with_too_few_is_to_be_decided_and_then_no_more()
    {
        var session = await ground.Given.Session();
        await ground.Given.Booking(session, await ground.Given.Person());
        Assert.IsType<DeskOutcome.Done>(await ground.With((SetMinimum set) => set.RunAsync(session.Ref, "2", "2024-05-16", unit)));
        Assert.DoesNotContain(await WorkAsync(), work => work.Action == "Decide");

        ground.Clock.Set("2024-05-16 08:00");
        Assert.Equal($"/manage/sessions/{session.Ref}", (await WorkAsync()).Single(work => work.Action == "Decide").Address);
        var second = await ground.Given.Booking(session, await ground.Given.Person());
        Assert.DoesNotContain(await WorkAsync(), work => work.Action == "Decide");
        await ground.Sql($"update bookings set state = 'cancelled' where id = '{second.Id}'");

        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        var desk = await (await visitor.Get("/manage")).Follow("Decide");
        Assert.Contains("Under its minimum: 1 place is taken, 2 needed", desk.Text);
        var decided = await (await desk.Follow("let it go ahead")).Submit("Save", ("Few.Minimum", ""), ("Few.DecideOn", ""));
        Assert.Contains("The minimum is changed", decided.Text);
        Assert.DoesNotContain(await WorkAsync(), work => work.Action == "Decide");
    }

    [Theory]
    [InlineData("0", "2024-05-20", DeskField.Minimum)]
    [InlineData("100000", "2024-05-20", DeskField.Minimum)]
    [InlineData("few", "2024-05-20", DeskField.Minimum)]
    [InlineData("", "2024-05-20", DeskField.Minimum)]
    [InlineData("5", "", DeskField.DecideOn)]
    [InlineData("5", "2024-05-14", DeskField.DecideOn)]
    [InlineData("5", "2024-06-04", DeskField.DecideOn)]
    public async Task A_minimum_that_cannot_be_is_refused(string minimum, string decideOn, DeskField field) =>
        Assert.Equal([field], Fields(await ground.With(async (SetMinimum set) => await set.RunAsync((await ground.Given.Session()).Ref, minimum, decideOn, unit))));

    private Task<IReadOnlyList<Work>> WorkAsync() => ground.With((WorkToDo work) => work.WaitingAsync());

    private Task<DeskOutcome> WriteAsync(Session session, string subject, string text, Guid? form = null) =>
        ground.With((MessageGroup write) => write.RunAsync(session.Ref, false, subject, text, form ?? Guid.CreateVersion7(), unit));

    private async Task<Draft> DraftAsync(Person person)
    {
        await using var db = ground.Db();
        return await ground.With((WriteLetter write) => write.RunAsync(db, db.Messages.Single(one => one.PersonId == person.Id && one.Kind == "group-message"), default));
    }

    private static IEnumerable<DeskField> Fields(DeskOutcome outcome) => Assert.IsType<DeskOutcome.Refused>(outcome).Mistakes.Select(mistake => mistake.Field);
}
