using Learning.Accounts;
using Learning.Bookings;
using Learning.People;
using Learning.Records.Retention;
using Learning.Tests.Accounts;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Records;

/// <summary>
/// P5: somebody signs in, books or keeps their record at the very moment at which the night erases them. Reading who is inactive and then erasing takes away whoever has come in between; the verb locks the person,
/// as signing in does, and asks again.
/// </summary>
public sealed class RetentionRaceTests : IClassFixture<Ground>
{
    private readonly Ground ground;
    private readonly LongInactive once;

    public RetentionRaceTests(Ground ground) => (this.ground, once) = (ground, new LongInactive(ground));

    [Fact] // P5
    public async Task Without_the_lock_whoever_signed_in_after_the_reading_is_erased()
    {
        var person = await DueAsync();
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var erasing = await source.OpenConnectionAsync();
        await using var read = new NpgsqlCommand($"select active_on < '2018-06-01' from last_activity(array['{person.Id}']::uuid[], 'Europe/London', '2024-05-20')", erasing);
        Assert.True((bool)(await read.ExecuteScalarAsync())!);

        await SignInAsync(person);
        await using var erase = new NpgsqlCommand($"update persons set given_name = '', family_name = '', erased_at = now() where id = '{person.Id}'", erasing);
        Assert.Equal(1, await erase.ExecuteNonQueryAsync());

        Assert.True(await once.Erased(person));
    }

    [Fact] // P5
    public async Task With_the_lock_whoever_is_signing_in_when_the_night_comes_to_them_stays()
    {
        var person = await DueAsync();
        await AccountAsync(person);
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var signing = await source.OpenConnectionAsync();
        await using var transaction = await signing.BeginTransactionAsync();
        // What EnterSite does, up to its commit.
        await using (var enter = new NpgsqlCommand($"""
            select a.id from persons p join accounts a on a.person_id = p.id where p.id = '{person.Id}' for key share;
            insert into audit_entries (at, actor_id, verb, subject_kind, subject_id) values ('{ground.Zone.Now:O}', '{person.Id}', 'signed in', 'person', '{person.Id}')
            """, signing))
        {
            await enter.ExecuteNonQueryAsync();
        }

        var night = Task.Run(once.Erase);
        await WaitsAsync(night);
        Assert.False(await once.Erased(person));
        await transaction.CommitAsync();

        Assert.Equal(new ErasedRun(0, 0), await night);
        Assert.False(await once.Erased(person));
        Assert.Equal("Ivy", await ground.Sql<string>($"select given_name from persons where id = '{person.Id}'"));
    }

    [Fact] // P5
    public async Task Whoever_signs_in_while_they_are_erased_waits_and_then_comes_to_the_door_again()
    {
        var person = await DueAsync();
        await AccountAsync(person);
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var erasing = await source.OpenConnectionAsync();
        await using var transaction = await erasing.BeginTransactionAsync();
        await using (var erase = new NpgsqlCommand($"select from persons where id = '{person.Id}' for update; delete from accounts where person_id = '{person.Id}'; update persons set given_name = '', family_name = '', erased_at = now() where id = '{person.Id}'", erasing))
        {
            await erase.ExecuteNonQueryAsync();
        }

        await using var db = ground.Db();
        var account = new Account { Id = person.Id, PersonId = person.Id, UserName = "x", SecurityStamp = "x" };
        var entering = new Doorstep(ground).With((FinishSignIn finish) => finish.RunAsync(account, SignInMethod.Passkey, null));
        await WaitsAsync(entering);
        await transaction.CommitAsync();

        Assert.Equal("/account/sign-in", await entering);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'signed in' and actor_id = '{person.Id}'"));
    }

    [Fact] // P5: the verbs against each other, many times
    public async Task Whoever_keeps_their_record_or_books_at_the_same_moment_either_stays_whole_or_is_gone_whole()
    {
        var (kept, gone) = (0, 0);
        for (var i = 0; i < 8; i++)
        {
            var person = await DueAsync();
            var link = await ground.Sql<string>($"update retention_cases set link_hash = sha256('link {person.Id}') where person_id = '{person.Id}' returning 'link {person.Id}'");
            var session = await ground.Given.Session(null, 5, "2024-07-20 09:30 to 12:00");
            var actor = await ground.Given.Actor(person);

            var night = Task.Run(once.Erase);
            var act = Task.Run(async () =>
            {
                if (i % 2 == 0)
                {
                    return await ground.With((KeepRecord keep) => keep.RunAsync(link));
                }

                try
                {
                    return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor)) is BookingOutcome.Confirmed;
                }
                catch (Microsoft.EntityFrameworkCore.DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.RestrictViolation })
                {
                    return false;
                }
            });
            await Task.WhenAll(night, act);

            Assert.True(await act != await once.Erased(person), $"acted: {await act}, and erased: {await once.Erased(person)}");
            Assert.Equal(await once.Erased(person) ? 1 : 0, (await night).Erased);
            (kept, gone) = await act ? (kept + 1, gone) : (kept, gone + 1);
            await ground.Sql($"delete from retention_cases where person_id = '{person.Id}'");
        }

        Assert.Equal(8, kept + gone);
    }

    // Who goes in the night of 20 May 2024.
    private async Task<Person> DueAsync()
    {
        var person = await once.Person("2018-05-14");
        ground.Clock.Set("2024-04-14 02:50");
        await once.List();
        await once.Noticed(person, "2024-04-14 09:00");
        ground.Clock.Set("2024-05-20 02:45");
        return person;
    }

    private Task AccountAsync(Person person) => ground.Sql($"""
        insert into accounts (id, person_id, user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, security_stamp)
        values ('{person.Id}', '{person.Id}', '{person.Id}', true, false, false, false, 0, 'x') on conflict do nothing
        """);

    private async Task SignInAsync(Person person)
    {
        await AccountAsync(person);
        Assert.Equal("/my", await new Doorstep(ground).With((FinishSignIn finish) => finish.RunAsync(new Account { Id = person.Id, PersonId = person.Id, UserName = "x", SecurityStamp = "x" }, SignInMethod.Passkey, null)));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'signed in' and actor_id = '{person.Id}'"));
    }

    // Until it waits for a lock.
    private async Task WaitsAsync(Task waiting)
    {
        while (await ground.Sql<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
        {
            Assert.False(waiting.IsCompleted, "it did not wait");
            await Task.Yield();
        }
    }
}
