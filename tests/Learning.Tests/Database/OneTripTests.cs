using Learning.Database;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Tests.Database;

/// <summary>Several statements in one round trip: each answer where it belongs, and what fails fails all.</summary>
public class OneTripTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Each_answer_is_where_it_was_asked_for_whatever_stands_between()
    {
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await using var trip = new OneTrip(db);
        trip.Do($"create temporary table kept (what text) on commit drop");
        var numbers = trip.Ask($"select n from generate_series(1, {3}) n order by n", row => row.GetInt32(0));
        trip.Do($"set local lock_timeout = 0");
        var none = trip.Ask($"select 1 where {(string?)null}::text is not null", row => row.GetInt32(0));
        var last = trip.Ask($"select {"{0} and {1}"} || current_setting('lock_timeout')", row => row.GetString(0));

        await trip.MakeAsync(default);

        Assert.Equal([1, 2, 3], numbers);
        Assert.Empty(none);
        Assert.Equal(["{0} and {1}0"], last);
    }

    [Fact]
    public async Task What_fails_after_the_last_answer_is_thrown_and_nothing_of_the_trip_is_kept()
    {
        var id = Guid.CreateVersion7();
        await using (var db = ground.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await using var trip = new OneTrip(db);
            trip.Ask($"select 1", row => row.GetInt32(0));
            trip.Do($"insert into persons (id, given_name, family_name, created_at) values ({id}, 'Ann', 'Lee', now())");
            trip.Do($"insert into person_emails (email, person_id, main) values ('ann@homes.example', {Guid.CreateVersion7()}, true)");
            Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, (await Assert.ThrowsAsync<PostgresException>(() => trip.CommitAsync(transaction, default))).SqlState);
        }

        await using var after = ground.Db();
        Assert.False(await after.Persons.AnyAsync(person => person.Id == id));
    }
}
