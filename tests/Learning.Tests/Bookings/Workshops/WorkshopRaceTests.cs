using Learning.Bookings.Workshops;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>A hundred delegates who change their workshops at once.</summary>
public class WorkshopRaceTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B14, B2
    public async Task A_hundred_who_change_at_once_through_two_servers_leave_no_room_overfull_and_nobody_in_two_places()
    {
        var conference = await GivenConference.In(ground, 260, 2, 30, 30, 30, 25);
        var people = new List<Delegate>();
        for (var i = 0; i < 100; i++)
        {
            people.Add(await conference.Delegate($"1{"ABCD"[i % 4]} 2{"DCBA"[i % 4]}"));
        }

        await conference.GiveOut();
        await using var second = await OtherServer.StartAsync(ground);

        var random = new Random(14);
        var wanted = people.Select(one => (Who: one, Codes: new[] { $"1{"ABCD"[random.Next(4)]}", $"2{"ABCD"[random.Next(4)]}", $"1{"ABCD"[random.Next(4)]}" })).ToList();
        await Task.WhenAll(wanted.Index().Select(one => Task.Run(async () =>
        {
            foreach (var code in one.Item.Codes)
            {
                var choose = one.Index % 2 == 0 ? one.Item.Who.Choose(code) : second.With((ChooseWorkshop other) => other.RunAsync(one.Item.Who.Booking, conference.At(code).Ref, one.Item.Who.Actor));
                Assert.IsNotType<ChoiceOutcome.Refused>(await choose);
            }
        })));

        Assert.Empty(await conference.BrokenAsync());
        // Everybody has one workshop of each round still: a change gives one up only with the other in hand.
        Assert.Equal(200, await ground.Sql<long>($"select count(*) from bookings b join sessions s on s.id = b.session_id where s.parent_id = '{conference.Session.Id}' and b.state = 'confirmed'"));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings b join sessions s on s.id = b.session_id where s.parent_id = '{conference.Session.Id}' and b.state = 'confirmed' and b.state_reason is null"));
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
