using System.Diagnostics;

using Learning.Benchmarks.Storm;
using Learning.Messages;
using Learning.Reminders;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>
/// 2,000 reminders, found by the reminders' job, which runs five times at once, and sent to a mail server of other people's making on this machine; beside it the same letters, written before, sent by a bare loop over as many
/// connections of the same client. Three times each, by turns. Then two workers send 2,000 more, and one of them is killed in the middle: nothing is lost, and what comes twice was between the server's acceptance and our
/// commit (M1), under one Message-ID.
/// </summary>
public static class MessagesScenario
{
    private const int People = 2000, Sessions = 40, Lanes = 4, Rounds = 3;

    public static readonly Scenario Scenario = new("messages", $"{People} reminders to a local mail server, beside a bare loop, {Rounds} times; then two workers, one of them killed", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        await using var sink = await MailSink.StartAsync();
        await using var site = Site.Build(new SiteSettings { ConnectionString = ground.ConnectionString, Port = 0, Role = SiteRole.Web, Mail = MailServer.Of($"smtp://127.0.0.1:{sink.Port}?tls=none") });
        await using var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
        await PeopleAsync(source);
        var (ours, bare, exact) = (new List<double>(), new List<double>(), true);
        for (var round = -1; round < Rounds; round++) // the first warms up
        {
            await RemindAsync(source, site);
            var letters = await LettersAsync(site);
            await sink.EmptyAsync();
            var watch = Stopwatch.StartNew();
            var run = await site.Services.GetRequiredService<SendMessages>().RunAsync();
            var sending = watch.Elapsed.TotalMilliseconds;
            exact &= run is { Sent: People, Unreachable: null } && await sink.CountAsync() is { Mails: People, Distinct: People } && await LeftAsync(source) == 0;
            await sink.EmptyAsync();
            watch.Restart();
            await LoopAsync(site, letters);
            if (round >= 0)
            {
                ours.Add(sending);
                bare.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        var (arrived, left, seconds) = await KillAsync(ground, source, site, sink);
        var ratio = Median(bare) / Median(ours);
        return new Result(exact && ratio >= 0.8 && left == 0 && arrived.Distinct == People && arrived.Strayed == 0, new Dictionary<string, object>
        {
            ["exact"] = exact,
            ["perSecond"] = Math.Round(People / (Median(ours) / 1000)),
            ["barePerSecond"] = Math.Round(People / (Median(bare) / 1000)),
            ["ofBare"] = Math.Round(ratio, 2),
            ["killed"] = new { arrived.Mails, arrived.Distinct, twiceUnderOneMessageId = arrived.Twice, left, seconds = Math.Round(seconds, 1) },
        });
    }

    // Two workers as they are run; the first is killed when a third has arrived.
    private static async Task<(Arrived Arrived, long Left, double Seconds)> KillAsync(Ground ground, NpgsqlDataSource source, WebApplication site, MailSink sink)
    {
        await RemindAsync(source, site);
        await sink.EmptyAsync();
        var mail = ("LEARNING_SMTP", $"smtp://127.0.0.1:{sink.Port}?tls=none");
        var watch = Stopwatch.StartNew();
        var (first, second) = (ServerProcess.StartAsync(ground.OwnerConnectionString, "worker", mail), ServerProcess.StartAsync(ground.OwnerConnectionString, "worker", mail));
        await using (var survivor = await second)
        {
            await using var victim = await first;
            while ((await sink.CountAsync()).Distinct < People / 3)
            {
                await Task.Delay(5);
            }

            victim.Kill();
            while (await LeftAsync(source) > 0 && watch.Elapsed < TimeSpan.FromMinutes(3))
            {
                await Task.Delay(100);
            }
        }

        return (await sink.CountAsync(), await LeftAsync(source), watch.Elapsed.TotalSeconds);
    }

    private static async Task PeopleAsync(NpgsqlDataSource source) => await DoAsync(source, $"""
        insert into agencies (id, code, name, sector, statutory_partner) values (gen_random_uuid(), 'MAIL', 'Mail', 'Health', false);
        insert into courses (id, code, title, kind, owner_id, board, published_on) select gen_random_uuid(), 'MAIL', 'Graded Care Profile 2', 'trained', id, 'joint', '2020-01-01' from agencies where code = 'MAIL';
        with p as (insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Zoë', 'Number ' || n, now() from generate_series(1, {People}) n returning id, family_name)
        insert into person_emails (email, person_id, main, verified_at) select lower(replace(family_name, ' ', '')) || '@agency.example', id, true, now() from p;
        analyze;
        """);

    // Sessions of tomorrow, whose reminder has been due since the morning, and everybody booked on one of them; what was before is over.
    private static async Task RemindAsync(NpgsqlDataSource source, WebApplication site)
    {
        await DoAsync(source, $"""
            update sessions set status = 'cancelled', cancelled_at = now() where status = 'planned';
            with session as (
                insert into sessions (id, ref, course_id, mode, venue, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
                select gen_random_uuid(), 'MAIL-' || gen_random_uuid(), c.id, 'in person', 'Estuary Hall', {People / Sessions}, 'planned', at, at + interval '6 hours', (at at time zone 'Europe/London')::date, at - interval '1 hour', now()
                from courses c, generate_series(1, {Sessions}) n, lateral (select (((now() at time zone 'Europe/London')::date + 1) + time '09:30' + n * interval '1 minute') at time zone 'Europe/London' as at) t where c.code = 'MAIL'
                returning id, starts_at, ends_at),
            part as (
                insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at)
                select gen_random_uuid(), id, 1, starts_at at time zone 'Europe/London', ends_at at time zone 'Europe/London', starts_at, ends_at from session)
            insert into bookings (id, session_id, person_id, state, booked_at, state_at)
            select gen_random_uuid(), s.id, p.id, 'confirmed', now() - interval '30 days', now() - interval '30 days'
            from (select id, row_number() over (order by starts_at) as n from session) s join (select id, (row_number() over (order by family_name) - 1) / {People / Sessions} + 1 as n from persons where family_name like 'Number %') p on p.n = s.n;
            """);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<QueueReminders>().RunAsync();
        }));
        await DoAsync(source, "update messages set due_at = now() - interval '1 second', next_try_at = now() - interval '1 second' where state = 'due'");
        if (await LeftAsync(source) is not People and var queued)
        {
            throw new InvalidOperationException($"The reminders' job queued {queued} messages for {People} people.");
        }
    }

    private static async Task<List<Letter>> LettersAsync(WebApplication site)
    {
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();
        var (write, letters) = (site.Services.GetRequiredService<WriteLetter>(), new List<Letter>());
        foreach (var message in await db.Messages.AsNoTracking().Where(message => message.State == MessageState.Due).ToListAsync())
        {
            letters.Add(((Draft.Ready)await write.RunAsync(db, message, default)).Letter);
        }

        return letters;
    }

    private static Task LoopAsync(WebApplication site, List<Letter> letters) => Task.WhenAll(letters.Chunk((letters.Count + Lanes - 1) / Lanes).Select(async chunk =>
    {
        await using var line = site.Services.GetRequiredService<Func<IMailTransport>>()();
        foreach (var letter in chunk)
        {
            if (await line.SendAsync(letter, default) is not Delivery.Accepted)
            {
                throw new InvalidOperationException("The mail sink refused a letter.");
            }
        }
    }));

    private static async Task<long> LeftAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select count(*) from messages where state = 'due'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task DoAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
