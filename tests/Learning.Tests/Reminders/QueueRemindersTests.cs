using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Reminders;

public class QueueRemindersTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private readonly DateTimeOffset started = ground.Zone.Now;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        ground.Clock.Advance(started - ground.Zone.Now);
        return Task.CompletedTask;
    }

    [Theory] // M4, T1
    [InlineData("2024-06-03 09:30", "2024-05-27 09:00", "2024-06-02 09:00")]
    // In spring the clocks went forward on Sunday 31 March 2024, between both reminders and the session; 09:00 stays 09:00.
    [InlineData("2024-04-01 09:30", "2024-03-25 09:00", "2024-03-31 09:00")]
    [InlineData("2024-03-31 00:30", "2024-03-24 09:00", "2024-03-30 09:00")]
    // In autumn they went back on Sunday 27 October 2024; the session begins in the hour that came twice.
    [InlineData("2024-10-27 01:30", "2024-10-20 09:00", "2024-10-26 09:00")]
    [InlineData("2024-10-28 09:30", "2024-10-21 09:00", "2024-10-27 09:00")]
    // Before midnight and after it are different days, in local time.
    [InlineData("2024-07-10 00:15", "2024-07-03 09:00", "2024-07-09 09:00")]
    // Over New Year, and over a leap day.
    [InlineData("2025-01-03 09:30", "2024-12-27 09:00", "2025-01-02 09:00")]
    [InlineData("2028-03-01 09:30", "2028-02-23 09:00", "2028-02-29 09:00")]
    public async Task Reminders_are_at_9_in_the_morning_local_7_days_and_1_day_before(string starts, string week, string day)
    {
        ground.Clock.Set("2024-03-01 12:00");
        var (_, booking) = await BookedAsync(starts);

        foreach (var (hour, kinds) in new[] { (week, 1), (day, 2) })
        {
            ground.Clock.Set(hour);
            ground.Clock.Advance(TimeSpan.FromHours(-1));
            await RunAsync();
            Assert.Equal(kinds, (await AboutAsync(booking)).Count);
        }

        Assert.Equal([("session-reminder-7", week), ("session-reminder-1", day)], (await AboutAsync(booking)).Select(one => (one.Kind, $"{ground.Zone.LocalOf(one.DueAt):yyyy-MM-dd HH:mm}")));
    }

    [Fact] // M2
    public async Task A_reminder_is_queued_once_though_the_job_runs_again_and_on_several_servers_at_once()
    {
        var (_, booking) = await BookedAsync("2024-05-23 09:30");
        ground.Clock.Set("2024-05-16 08:00");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync()));
        ground.Clock.Set("2024-05-16 10:00");
        await RunAsync();

        Assert.Single(await AboutAsync(booking));
    }

    [Fact] // M4
    public async Task Whoever_books_after_the_hour_of_a_reminder_is_not_reminded_at_it()
    {
        ground.Clock.Set("2024-05-16 09:00");
        var (person, session) = (await ground.Given.Person(), await ground.Given.Session(null, 20, "2024-05-23 09:30 to 16:00"));
        var inTime = await ground.Given.Booking(session, person);
        ground.Clock.Set("2024-05-16 09:01");
        var late = await ground.Given.Booking(session, await ground.Given.Person());
        await RunAsync();

        Assert.Single(await AboutAsync(inTime));
        Assert.Empty(await AboutAsync(late));
        ground.Clock.Set("2024-05-22 08:50");
        await RunAsync();
        Assert.Equal("session-reminder-1", Assert.Single(await AboutAsync(late)).Kind);
    }

    [Fact] // M4
    public async Task A_stop_of_the_program_over_the_hour_loses_no_reminder_and_one_of_a_whole_day_reminds_nobody_too_late()
    {
        var (_, hours) = await BookedAsync("2024-05-30 09:30");
        var (_, days) = await BookedAsync("2024-05-29 09:30");
        ground.Clock.Set("2024-05-23 17:00");
        await RunAsync();

        Assert.Single(await AboutAsync(hours));
        Assert.Empty(await AboutAsync(days));
    }

    [Fact] // M3, M4
    public async Task A_server_that_was_off_for_two_days_sends_what_still_makes_sense_and_says_what_it_dropped()
    {
        await using var room = new PostRoom(ground);
        ground.Clock.Set("2024-05-20 12:00");
        var (_, week) = await BookedAsync("2024-05-28 09:30");
        var (_, day) = await BookedAsync("2024-05-22 09:30");
        var (_, gone) = await BookedAsync("2024-05-22 14:00");
        await ground.Sql("delete from reminder_rounds");
        await RunAsync();
        await ground.Sql($"delete from messages where subject_id in ('{day.Id}', '{gone.Id}')");

        ground.Clock.Set("2024-05-23 12:00");
        var round = await RunAsync();
        await room.SendAsync();

        Assert.Equal(ground.Zone.InstantOf(new DateTime(2024, 5, 20, 12, 0, 0)), round.OffSince);
        Assert.Contains("nothing had run since Monday 20 May 2024, midday", round.InWords(ground.Zone));
        var late = Assert.Single(await AboutAsync(week));
        Assert.Equal((MessageState.Sent, "In 5 days: "), (late.State, late.SentSubject![..11]));
        Assert.Equal((MessageState.Dropped, "the session has begun"), Assert.Single(await AboutAsync(day)) is var one ? (one.State, one.Outcome!) : default);
        Assert.Equal("the session has begun", Assert.Single(await AboutAsync(gone)).Outcome);
        Assert.Equal((0, null), (await RunAsync()) is var again ? (again.Queued, again.OffSince) : default);
    }

    [Fact] // T1
    public async Task A_server_whose_own_zone_is_another_reminds_at_9_in_Southend()
    {
        ground.Clock.Set("2024-10-01 12:00");
        var (_, booking) = await BookedAsync("2024-10-28 09:30");
        ground.Clock.Set("2024-10-27 08:00");
        var services = new ServiceCollection();
        Learning.Web.Site.AddFoundation(services, new Npgsql.NpgsqlConnectionStringBuilder(ground.ConnectionString) { Timezone = "Pacific/Auckland" }.ConnectionString);
        await using var elsewhere = services.BuildServiceProvider();
        await using var db = await elsewhere.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();

        await new QueueReminders(db, ground.Zone).RunAsync();

        Assert.Equal("2024-10-27 09:00", $"{ground.Zone.LocalOf(Assert.Single(await AboutAsync(booking), one => one.Kind == "session-reminder-1").DueAt):yyyy-MM-dd HH:mm}");
    }

    [Fact] // M3, M4
    public async Task Only_who_has_a_place_on_a_session_ahead_that_takes_place_is_reminded()
    {
        var session = await ground.Given.Session(null, 20, "2024-06-12 09:30 to 16:00");
        var silent = new List<Booking>();
        foreach (var state in new[] { BookingState.Waiting, BookingState.Offered, BookingState.Cancelled, BookingState.Requested })
        {
            silent.Add(await ground.Given.Booking(session, await ground.Given.Person(), state));
        }

        var (other, onCancelled) = await BookedAsync("2024-06-12 09:30");
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{other.Id}'");
        var has = await ground.Given.Booking(session, await ground.Given.Person());
        ground.Clock.Set("2024-06-05 09:00");

        await RunAsync();

        Assert.Single(await AboutAsync(has));
        Assert.All(silent.Append(onCancelled), booking => Assert.Empty(AboutAsync(booking).Result));
    }

    [Fact] // M3
    public async Task A_session_that_moved_is_reminded_of_at_its_new_hour_and_not_at_the_old()
    {
        await using var room = new PostRoom(ground);
        var (session, booking) = await BookedAsync("2024-06-20 09:30");
        ground.Clock.Set("2024-06-13 08:00");
        await RunAsync();
        await ground.Sql($"""
            update sessions set starts_at = '2024-06-27 08:30Z', ends_at = '2024-06-27 15:00Z', counted_on = '2024-06-27', sequence = 1 where id = '{session.Id}';
            update session_parts set starts_local = '2024-06-27 09:30', ends_local = '2024-06-27 16:00', starts_at = '2024-06-27 08:30Z', ends_at = '2024-06-27 15:00Z' where session_id = '{session.Id}'
            """);

        ground.Clock.Set("2024-06-13 09:00");
        await room.SendAsync();
        Assert.Equal((MessageState.Dropped, "the session has moved"), Assert.Single(await AboutAsync(booking)) is var one ? (one.State, one.Outcome!) : default);

        ground.Clock.Set("2024-06-20 08:55");
        await RunAsync();
        ground.Clock.Set("2024-06-20 09:00");
        await room.SendAsync();
        var mail = Assert.Single(room.Sink.Mails, mail => mail.Text("text/calendar")!.Contains(booking.Id.ToString(), StringComparison.Ordinal));
        Assert.Contains("Thursday 27 June 2024", mail.Text("text/plain"));
        Assert.Contains("SEQUENCE:1\r\n", mail.Text("text/calendar"));
    }

    [Fact] // A6
    public async Task A_register_that_is_not_signed_chases_its_trainers_after_1_3_and_7_days_until_it_is()
    {
        var (trainer, second) = (await ground.Given.Person(), await ground.Given.Person());
        var (session, _) = await BookedAsync("2024-07-01 09:30");
        var (empty, _) = (await ground.Given.Session(null, 20, "2024-07-01 09:30 to 16:00"), 0);
        await ground.Given.Trainer(session, trainer);
        await ground.Given.Trainer(session, second);
        await ground.Given.Trainer(empty, trainer);
        foreach (var day in new[] { "2024-07-02 09:05", "2024-07-03 09:05", "2024-07-04 09:05", "2024-07-05 09:05" })
        {
            ground.Clock.Set(day);
            await RunAsync();
        }

        Assert.Equal(["2024-07-02 09:00", "2024-07-04 09:00"], (await ToAsync(trainer)).Select(one => $"{ground.Zone.LocalOf(one.DueAt):yyyy-MM-dd HH:mm}"));
        Assert.Equal(2, (await ToAsync(second)).Count);

        await ground.Sql($"insert into register_events (session_id, event, recorded_at) values ('{session.Id}', 'signed', '2024-07-05 12:00Z')");
        ground.Clock.Set("2024-07-08 09:05");
        await RunAsync();
        Assert.Equal(2, (await ToAsync(trainer)).Count);
    }

    [Fact] // M3, A6
    public async Task A_chaser_is_not_sent_when_the_register_is_signed_by_the_time()
    {
        await using var room = new PostRoom(ground);
        var trainer = await ground.Given.Person();
        var (session, _) = await BookedAsync("2024-07-01 09:30");
        await ground.Given.Trainer(session, trainer);
        ground.Clock.Set("2024-07-02 08:00");
        await RunAsync();
        Assert.Single(await ToAsync(trainer));
        await ground.Sql($"insert into register_events (session_id, event, recorded_at) values ('{session.Id}', 'signed', '2024-07-02 07:30Z')");

        ground.Clock.Set("2024-07-02 09:00");
        await room.SendAsync();

        Assert.Equal("the register is signed", Assert.Single(await ToAsync(trainer)).Outcome);
    }

    private async Task<(Session, Booking)> BookedAsync(string starts)
    {
        var session = await ground.Given.Session(null, 20, $"{starts} to {DateTime.Parse(starts, System.Globalization.CultureInfo.InvariantCulture).AddHours(5):yyyy-MM-dd HH:mm}");
        return (session, await ground.Given.Booking(session, await ground.Given.Person()));
    }

    private Task<ReminderRound> RunAsync() => ground.With((QueueReminders verb) => verb.RunAsync());

    private async Task<List<Message>> AboutAsync(Booking booking)
    {
        await using var db = ground.Db();
        return await db.Messages.Where(message => message.SubjectId == booking.Id).OrderBy(message => message.DueAt).ToListAsync();
    }

    private async Task<List<Message>> ToAsync(Person person)
    {
        await using var db = ground.Db();
        return await db.Messages.Where(message => message.PersonId == person.Id).OrderBy(message => message.DueAt).ToListAsync();
    }
}
