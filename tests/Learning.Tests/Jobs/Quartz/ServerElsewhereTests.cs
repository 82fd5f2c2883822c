using Learning.Benchmarks.Storm;
using Learning.Bookings;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Jobs.Quartz;

/// <summary>A server as it is run, in New Zealand and in German, on a database of the same zone: everything is at the hours of Southend and in British English. By the real clock.</summary>
public sealed class ServerElsewhereTests(Ground ground) : IClassFixture<Ground>
{
    private const string Elsewhere = "Pacific/Auckland";
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Fact] // M4, T1
    public async Task Reminders_letters_and_jobs_keep_the_hours_of_Southend()
    {
        await ground.OwnerSql($"do $$ begin execute format('alter database %I set timezone to ''{Elsewhere}''', current_database()); end $$");
        await using var sink = new SmtpSink();
        var now = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), London).DateTime;
        var nine = now.Date.AddDays(now.TimeOfDay < TimeSpan.FromHours(9) ? 0 : 1).AddHours(9);

        // A session the day after the next 9 in the morning, booked an hour ago; its confirmation is due.
        ground.Clock.SetTo(TimeProvider.System.GetUtcNow().AddHours(-1));
        var session = await ground.Given.Session(null, 20, $"{nine.AddDays(1):yyyy-MM-dd} 13:30 to 16:00");
        var booking = await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Confirmed);
        await ground.Sql($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            values ('{booking.Id}', 'booking-confirmed', '{booking.PersonId}', '{booking.Id}', '', 'A place was booked.', jsonb_build_object(), '{session.Id}', now(), now(), now(), 'due')
            """);
        await using var server = await ServerProcess.StartAsync(ground.OwnerConnectionString, "worker",
            ("LEARNING_SMTP", $"smtp://127.0.0.1:{sink.Port}?tls=none"), ("TZ", Elsewhere), ("PGTZ", Elsewhere), ("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8"));
        await using var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
        await UntilAsync(source, "select exists (select from quartz.qrtz_triggers where trigger_name = 'Queue reminders')");
        Assert.Equal(Elsewhere, await AskAsync<string>(source, "select current_setting('timezone')"));

        // The round comes at once, instead of within ten minutes.
        await AskAsync<int?>(source, "update quartz.qrtz_triggers set next_fire_time = 621355968000000000 + extract(epoch from now())::bigint * 10000000 where trigger_name = 'Queue reminders'");
        await UntilAsync(source, $"select exists (select from messages where subject_id = '{booking.Id}' and kind = 'session-reminder-1')");
        Assert.Equal($"{nine:yyyy-MM-dd HH:mm}", await AskAsync<string>(source, $"select to_char(due_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') from messages where subject_id = '{booking.Id}' and kind = 'session-reminder-1'"));
        Assert.Equal("02:15 03:30", await AskAsync<string>(source, """
            select string_agg(to_char(to_timestamp((next_fire_time - 621355968000000000) / 10000000) at time zone 'Europe/London', 'HH24:MI'), ' ' order by next_fire_time)
            from quartz.qrtz_triggers where trigger_name in ('Forget what nobody took up', 'Build the training figures')
            """));

        await UntilAsync(source, $"select exists (select from messages where id = '{booking.Id}' and state = 'sent')");
        var mail = Assert.Single(sink.Mails);
        Assert.Contains(nine.AddDays(1).ToString("dddd d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB")), mail.Text("text/plain"));
        Assert.Contains("1:30pm", mail.Text("text/plain"));
        Assert.Contains($"DTSTART;TZID=Europe/London:{nine.AddDays(1):yyyyMMdd}T133000", mail.Text("text/calendar"));
    }

    private static async Task<T?> AskAsync<T>(NpgsqlDataSource source, string question)
    {
        await using var command = source.CreateCommand(question);
        return (T?)await command.ExecuteScalarAsync();
    }

    private static async Task UntilAsync(NpgsqlDataSource source, string question)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await AskAsync<bool>(source, question))
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
