using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings;

/// <summary>
/// What B2 is against: in this class's own database the check that refuses a place too many is taken away. Reading the count and then writing oversells;
/// the verb, which locks the session first, does not.
/// </summary>
public class RaceWithoutLockTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private const int People = 20, Places = 3, Leads = 5;

    public Task InitializeAsync() => ground.OwnerSql("alter table sessions drop constraint if exists sessions_never_oversold");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B2
    public async Task Without_the_lock_everybody_who_read_in_time_gets_one_of_the_three_places()
    {
        var session = await ground.Given.Session(capacity: Places);
        var people = await PeopleAsync();
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        var read = 0;
        var everybodyHasRead = new TaskCompletionSource();

        await Task.WhenAll(people.Select(async person =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var count = new NpgsqlCommand(
                $"select count(*) from bookings where session_id = '{session.Id}' and state in ('confirmed', 'offered')", connection, transaction);
            var free = (long)(await count.ExecuteScalarAsync())! < Places;
            if (Interlocked.Increment(ref read) == People)
            {
                everybodyHasRead.SetResult();
            }

            await everybodyHasRead.Task;
            await using var insert = new NpgsqlCommand(
                $"insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{session.Id}', '{person.Id}', '{(free ? "confirmed" : "waiting")}', now(), now())",
                connection, transaction);
            await insert.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }));

        Assert.Equal(People, await ConfirmedAsync(session));
    }

    [Fact] // B2
    public async Task With_the_lock_three_get_the_three_places()
    {
        var session = await ground.Given.Session(capacity: Places);
        var actors = await Task.WhenAll((await PeopleAsync()).Select(ground.Given.Actor));

        var outcomes = await Task.WhenAll(actors.Select(actor => Task.Run(() =>
            ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor)))));

        Assert.Equal(Places, outcomes.OfType<BookingOutcome.Confirmed>().Count());
        Assert.Equal(Places, await ConfirmedAsync(session));
    }

    [Fact] // B10, B2
    public async Task Without_the_lock_every_lead_who_read_in_time_gets_places_for_all_of_theirs()
    {
        var session = await ground.Given.Session(capacity: Places);
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        var read = 0;
        var everybodyHasRead = new TaskCompletionSource();

        await Task.WhenAll((await PeopleAsync()).Chunk(Places).Take(Leads).Select(async theirs =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var count = new NpgsqlCommand($"select count(*) from bookings where session_id = '{session.Id}' and state in ('confirmed', 'offered')", connection, transaction);
            var free = Places - (long)(await count.ExecuteScalarAsync())!;
            if (Interlocked.Increment(ref read) == Leads)
            {
                everybodyHasRead.SetResult();
            }

            await everybodyHasRead.Task;
            await using var insert = new NpgsqlCommand($"""
                insert into bookings (id, session_id, person_id, state, booked_at, state_at)
                select gen_random_uuid(), '{session.Id}', person, 'confirmed', now(), now() from unnest(array['{string.Join("', '", theirs.Select(one => one.Id))}']::uuid[]) person where {free} >= {theirs.Length}
                """, connection, transaction);
            await insert.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }));

        Assert.Equal(Leads * Places, await ConfirmedAsync(session));
    }

    [Fact] // B10, B2
    public async Task With_the_lock_one_of_them_gets_places_for_all_of_theirs_and_the_others_none()
    {
        var (session, unit) = (await ground.Given.Session(capacity: Places), await ground.Given.Actor(await ground.Given.Unit()));

        var outcomes = await Task.WhenAll((await PeopleAsync()).Chunk(Places).Take(Leads).Select(theirs => Task.Run(() => ground.With((BookSeveral book) => book.RunAsync(
            new SeveralWanted(session.Ref, theirs.Select(one => new PersonWanted(one.Id, null)).ToList(), AllOrNothing: true, OthersWait: false), unit)))));

        Assert.Single(outcomes.OfType<SeveralOutcome.Done>());
        Assert.Equal(Leads - 1, outcomes.Count(outcome => outcome is SeveralOutcome.NoRoom { Places: 0 }));
        Assert.Equal(Places, await ConfirmedAsync(session));
    }

    private async Task<List<Person>> PeopleAsync()
    {
        var people = new List<Person>();
        for (var i = 0; i < People; i++)
        {
            people.Add(await ground.Given.Person());
        }

        return people;
    }

    private Task<long> ConfirmedAsync(Session session) => ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and state = 'confirmed'");
}
