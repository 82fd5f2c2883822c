using System.Globalization;

using Learning.Attendance;
using Learning.Evaluation;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Attendance;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Reminders;

/// <summary>
/// M4, T1: whatever the day does, each reminder of it is due at 9 in the morning in Southend, and a joining link at half past 7. The instants are written here in UTC, and not worked out by the program's own zone.
/// </summary>
public sealed class NineInSouthendTests(Ground ground) : IClassFixture<Ground>
{
    [Theory] // M4, T1, A6
    [InlineData("2024-03-30", "09:00Z")] // the day before the clocks go forward
    [InlineData("2024-03-31", "08:00Z")] // they went forward in the night
    [InlineData("2024-04-01", "08:00Z")]
    [InlineData("2024-10-26", "08:00Z")] // the day before they go back
    [InlineData("2024-10-27", "09:00Z")] // they went back in the night
    [InlineData("2024-10-28", "09:00Z")]
    [InlineData("2028-02-29", "09:00Z")] // a leap day
    [InlineData("2028-03-01", "09:00Z")] // and the day after
    [InlineData("2024-12-31", "09:00Z")]
    [InlineData("2025-01-01", "09:00Z")] // New Year
    public async Task Every_reminder_of_a_day_is_due_at_9(string on, string nine)
    {
        var day = DateOnly.Parse(on, CultureInfo.InvariantCulture);
        await using var room = new PostRoom(ground);
        // Another day's test is no stop of the program.
        await ground.Sql("delete from reminder_rounds");
        ground.Clock.Set($"{day.AddDays(-20):yyyy-MM-dd} 12:00");
        var about = await AboutAsync(day);

        // Signed a week before, at an hour of the evening; asked at once, and once more on the day.
        ground.Clock.Set($"{day.AddDays(-7):yyyy-MM-dd} 18:30");
        var hall = await HallAsync(day.AddDays(-7));
        await ground.With((AskForEvaluations verb) => verb.RunAsync());
        about.Add((hall.People[0].Id, "evaluation-nudge"));

        ground.Clock.Set($"{day.AddDays(-1):yyyy-MM-dd} 10:00");
        await ground.With((QueueReminders queue) => queue.RunAsync());
        ground.Clock.Set($"{on} 07:00");
        await ground.With((QueueReminders queue) => queue.RunAsync());

        var instant = DateTimeOffset.Parse($"{on}T{nine}", CultureInfo.InvariantCulture);
        foreach (var (person, kind) in about)
        {
            var due = await ground.Sql<string>($"select string_agg(to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), ' ' order by due_at) from messages where person_id = '{person}' and kind = '{kind}' and due_at >= '{instant.AddHours(-12):O}' and due_at < '{instant.AddHours(12):O}'");
            Assert.Equal((kind, $"{(kind == "session-joining" ? instant.AddMinutes(-90) : instant):yyyy-MM-dd HH:mm}"), (kind, due));
        }

        // A minute before nothing has gone, and at the hour it goes.
        ground.Clock.SetTo(instant.AddMinutes(-1));
        await room.SendAsync();
        Assert.Equal(about.Count(one => one.Kind == "session-joining"), await SentAsync(about));
        ground.Clock.SetTo(instant);
        await room.SendAsync();
        Assert.Equal(about.Count, await SentAsync(about));
    }

    [Theory] // B9, B12, T1: at 9 of the second and of the fifth working day, over holidays
    [InlineData("2024-03-28 17:00", "2024-04-03 08:00", "2024-04-08 08:00")] // Easter, and the clocks went forward in it
    [InlineData("2024-10-25 09:00", "2024-10-29 09:00", "2024-11-01 09:00")]
    [InlineData("2028-02-25 09:00", "2028-02-29 09:00", "2028-03-03 09:00")]
    [InlineData("2024-12-30 09:00", "2025-01-02 09:00", "2025-01-07 09:00")]
    public async Task Whoever_approves_is_reminded_at_9(string asked, string second, string fifth)
    {
        ground.Clock.Set(asked);
        var session = await ground.Given.Session(null, 20, $"{ground.Zone.Today.AddDays(60):yyyy-MM-dd} 09:30 to 16:00");
        var booking = await ground.Given.Booking(session, await ground.Given.Person(), Learning.Bookings.BookingState.Requested);
        await ground.Sql($"insert into booking_approvals (booking_id, approver_email, asked_at) values ('{booking.Id}', 'boss{booking.Id:N}@agency.example', '{ground.Zone.Now:O}')");
        for (var day = ground.Zone.Today; day < DateOnly.Parse(fifth[..10], CultureInfo.InvariantCulture); day = day.AddDays(1))
        {
            ground.Clock.Set($"{day:yyyy-MM-dd} 17:00");
            await ground.With((QueueReminders queue) => queue.RunAsync());
        }

        Assert.Equal($"{second} {fifth}", await ground.Sql<string>($"select string_agg(to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), ' ' order by due_at) from messages where subject_id = '{booking.Id}'"));
    }

    [Theory] // M4, T1: what came of it is asked three months after the day, at 9
    [InlineData("2023-12-31", "2024-03-31T08:00Z")]
    [InlineData("2024-07-27", "2024-10-27T09:00Z")]
    [InlineData("2027-11-30", "2028-02-29T09:00Z")] // there is no 30 February
    [InlineData("2024-10-01", "2025-01-01T09:00Z")]
    public async Task What_came_of_it_is_asked_at_9(string held, string at)
    {
        ground.Clock.Set($"{held} 18:30");
        var hall = await HallAsync(DateOnly.Parse(held, CultureInfo.InvariantCulture));
        await ground.With((AskForEvaluations verb) => verb.RunAsync());
        var hour = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        foreach (var (minutes, letters) in new[] { (-1, 0L), (0, 1L) })
        {
            ground.Clock.SetTo(hour.AddMinutes(minutes));
            await ground.With((AskForEvaluations verb) => verb.RunAsync());
            Assert.Equal(letters, await ground.Sql<long>($"select count(*) from messages where person_id = '{hall.People[0].Id}' and kind = 'evaluation-impact' and due_at = '{hour:O}'"));
        }
    }

    // Whom each kind of reminder is for on a day; each has one reason for it.
    private async Task<List<(Guid Person, string Kind)>> AboutAsync(DateOnly day)
    {
        var about = new List<(Guid, string)>();
        foreach (var (ahead, kind) in new[] { (7, "session-reminder-7"), (1, "session-reminder-1"), (0, "session-joining") })
        {
            var session = await ground.Given.Session(null, 20, $"{day.AddDays(ahead):yyyy-MM-dd} 10:00 to 12:00");
            var person = await ground.Given.Person();
            await ground.Given.Booking(session, person);
            about.Add((person.Id, kind));
            if (ahead == 0)
            {
                await ground.Sql($"update sessions set mode = 'virtual', join_link = 'https://meet.example/it', venue = null where id = '{session.Id}'");
            }
        }

        foreach (var days in new[] { 1, 3, 7 })
        {
            var session = await ground.Given.Session(null, 20, $"{day.AddDays(-days):yyyy-MM-dd} 20:00 to 23:30");
            var trainer = await ground.Given.Person();
            await ground.Given.Trainer(session, trainer);
            await ground.Given.Booking(session, await ground.Given.Person());
            about.Add((trainer.Id, "register-unsigned"));
        }

        var idle = await ground.Given.Person();
        var learning = await ground.Given.Course(Learning.Catalogue.CourseKind.ELearning);
        await ground.Sql($"insert into course_versions (course_id, digest, texts, first_used_at) values ('{learning.Id}', repeat('a', 64), jsonb_build_object(), now())");
        await ground.Sql($"insert into learning_attempts (id, course_id, person_id, version, started_at, last_seen_at, last_page) values (gen_random_uuid(), '{learning.Id}', '{idle.Id}', repeat('a', 64), '{day.AddDays(-15):yyyy-MM-dd}', ('{day.AddDays(-14):yyyy-MM-dd} 23:30'::timestamp at time zone 'Europe/London'), 'one')");
        about.Add((idle.Id, "learning-idle"));

        foreach (var days in new[] { 90, 30, 7 })
        {
            var (person, course) = (await ground.Given.Person(), await ground.Given.Course());
            await ground.Sql($"update courses set validity_months = 12 where id = '{course.Id}'");
            await ground.Sql($"insert into completions (id, course_id, person_id, completed_on, recorded_at) values (gen_random_uuid(), '{course.Id}', '{person.Id}', date '{day.AddDays(days):yyyy-MM-dd}' - interval '12 months', '{day.AddDays(-60):yyyy-MM-dd}')");
            about.Add((person.Id, "training-expiry"));
        }

        return about;
    }

    private async Task<Hall> HallAsync(DateOnly day)
    {
        var hall = await Hall.Open(ground, 1, null, $"{day:yyyy-MM-dd} 10:00 to 15:30");
        await hall.Signed();
        return hall;
    }

    private async Task<int> SentAsync(List<(Guid Person, string Kind)> about)
    {
        var sent = 0;
        foreach (var (person, kind) in about)
        {
            sent += (int)await ground.Sql<long>($"select count(*) from messages where person_id = '{person}' and kind = '{kind}' and state = 'sent'");
        }

        return sent;
    }
}
