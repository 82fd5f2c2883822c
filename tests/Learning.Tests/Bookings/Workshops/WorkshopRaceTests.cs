using System.Net;

using Learning.Benchmarks.Storm;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>A hundred delegates who change their workshops at once.</summary>
public class WorkshopRaceTests(Ground ground) : IClassFixture<Ground>
{
    private const int People = 100;

    [Fact] // B14, B2; by the real clock
    public async Task A_hundred_who_change_at_once_through_two_servers_leave_no_room_overfull_and_nobody_in_two_places()
    {
        var conference = await GivenConference.On(ground, "2036-06-04", 260, 2, 30, 30, 30, 25);
        var people = new List<Delegate>();
        for (var i = 0; i < People; i++)
        {
            people.Add(await conference.Delegate($"1{"ABCD"[i % 4]} 2{"DCBA"[i % 4]}"));
        }

        await conference.GiveOut();
        await AccountsAsync(people);
        await using var one = await ServerProcess.StartAsync(ground.OwnerConnectionString, "web");
        await using var other = await ServerProcess.StartAsync(ground.OwnerConnectionString, "web");
        var windows = await Task.WhenAll(people.Select((person, i) => OpenAsync((i % 2 == 0 ? one : other).Address, person)));

        var random = new Random(14);
        var wanted = windows.Select(window => (Window: window, Codes: new[] { $"1{"ABCD"[random.Next(4)]}", $"2{"ABCD"[random.Next(4)]}", $"1{"ABCD"[random.Next(4)]}" })).ToList();
        await Task.WhenAll(wanted.Select(each => Task.Run(async () =>
        {
            var page = each.Window;
            foreach (var code in each.Codes)
            {
                var round = code[0] - '1';
                page = await page.Submit(round == 0 ? "Change at 10:45am to 11:45am" : "Change at midday to 1pm", ($"Pressed.Ref{round}", conference.At(code).Ref));
                Assert.Equal(HttpStatusCode.OK, page.Status);
            }
        })));

        Assert.Empty(await conference.BrokenAsync());
        Assert.Empty(one.Complaints.Concat(other.Complaints));
        // Everybody has one workshop of each round still: a change gives one up only with the other in hand.
        var confirmed = $"select count(*) from bookings b join sessions s on s.id = b.session_id where s.parent_id = '{conference.Session.Id}' and b.state = 'confirmed'";
        Assert.Equal(2L * People, await ground.Sql<long>(confirmed));
        Assert.Equal(0, await ground.Sql<long>($"{confirmed} and b.state_reason is null"));
        // They did change, through both.
        Assert.True(await ground.Sql<long>($"select count(*) from bookings b join sessions s on s.id = b.session_id where s.parent_id = '{conference.Session.Id}' and b.state = 'cancelled'") > People / 2);
    }

    // One password for all: a hash is slow by design.
    private async Task AccountsAsync(List<Delegate> people)
    {
        var site = await ground.SiteAsync();
        await site.AccountAsync(people[0].Person.Id);
        await ground.Sql($"""
            insert into accounts (id, person_id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash, security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, second_step_exempt)
            select gen_random_uuid(), e.person_id, e.email, upper(e.email), e.email, upper(e.email), true, a.password_hash, upper(md5(e.email)), gen_random_uuid()::text, false, false, a.lockout_enabled, 0, a.second_step_exempt
            from person_emails e, accounts a where a.person_id = '{people[0].Person.Id}' and e.main and e.person_id <> a.person_id and e.person_id in ({string.Join(',', people.Select(one => $"'{one.Person.Id}'"))})
            """);
    }

    private async Task<Page> OpenAsync(Uri server, Delegate person)
    {
        var (email, password) = await (await ground.SiteAsync()).AccountAsync(person.Person.Id);
        var visitor = new Visitor(server);
        await (await visitor.Get(Learning.Accounts.SignIn.Page)).Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
        return await visitor.Get($"/my/bookings/{person.Booking}/conference");
    }

    [Fact] // B14, B2
    public async Task Without_the_lock_everybody_who_read_in_time_moves_to_the_one_place_that_was_free()
    {
        const int Movers = 12;
        var conference = await GivenConference.In(ground, 260, 1, Movers, 1);
        var people = new List<Delegate>();
        for (var i = 0; i < Movers; i++)
        {
            people.Add(await conference.Delegate("1A"));
        }

        await conference.GiveOut();
        await ground.OwnerSql("alter table sessions drop constraint sessions_never_oversold");
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        var read = 0;
        var everybodyHasRead = new TaskCompletionSource();

        await Task.WhenAll(people.Select(async one =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var count = new NpgsqlCommand($"select taken < capacity from sessions where id = '{conference.At("1B").Id}'", connection, transaction);
            var free = (bool)(await count.ExecuteScalarAsync())!;
            if (Interlocked.Increment(ref read) == Movers)
            {
                everybodyHasRead.SetResult();
            }

            await everybodyHasRead.Task;
            await using var move = new NpgsqlCommand($"""
                update bookings set state = 'cancelled', state_at = now() where person_id = '{one.Person.Id}' and session_id = '{conference.At("1A").Id}' and {free};
                insert into bookings (id, session_id, person_id, state, booked_at, state_at) select gen_random_uuid(), '{conference.At("1B").Id}', '{one.Person.Id}', 'confirmed', now(), now() where {free};
                """, connection, transaction);
            await move.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }));

        Assert.Contains(await conference.BrokenAsync(), broken => broken.StartsWith("overfull", StringComparison.Ordinal));
        await ground.OwnerSql("alter table sessions add constraint sessions_never_oversold check (taken + kept <= capacity or beyond_rules) not valid");
    }
}
