using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Records.Retention;
using Learning.Tests.Attendance;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Records;

/// <summary>P5: what people need in order to take part goes 30 local days after their session.</summary>
public sealed class PurgeNeedsTests : IClassFixture<Ground>
{
    private const string Words = "ramp-and-no-nuts";
    private readonly Ground ground;

    public PurgeNeedsTests(Ground ground)
    {
        this.ground = ground;
        ground.Clock.Set("2024-05-15 09:00");
    }

    [Theory] // P5, T1: local days, also over a leap day and over the nights in which the clocks change
    [InlineData("2024-04-15 09:30 to 23:30", "2024-05-14 23:59", "2024-05-15 00:00")]
    [InlineData("2024-06-01 09:30 to 12:00", "2024-06-30 23:59", "2024-07-01 00:00")]
    [InlineData("2024-01-30 09:30 to 12:00", "2024-02-28 23:59", "2024-02-29 00:00")]
    [InlineData("2024-02-29 09:30 to 12:00", "2024-03-29 23:59", "2024-03-30 00:00")]
    [InlineData("2024-03-15 09:30 to 12:00", "2024-04-13 23:59", "2024-04-14 00:00")]
    [InlineData("2024-10-10 09:30 to 12:00", "2024-11-08 23:59", "2024-11-09 00:00")]
    [InlineData("2024-06-01 22:00 to 2024-06-02 00:30", "2024-07-01 23:59", "2024-07-02 00:00")]
    public async Task Needs_are_deleted_on_the_thirtieth_day_after_the_end_and_once(string session, string before, string then)
    {
        await ground.Sql("update bookings set needs = null, needs_met_at = null, needs_met_by = null");
        var (booking, unmet) = (await NeedsAsync(session, met: true), await NeedsAsync(session, state: BookingState.Cancelled));

        ground.Clock.Set(before);
        Assert.Equal(0, await PurgeAsync());
        ground.Clock.Set(then);
        Assert.Equal(2, await PurgeAsync());
        Assert.Equal(0, await PurgeAsync());

        Assert.Equal(2, await ground.Sql<long>($"select count(*) from bookings where id in ('{booking.Id}', '{unmet.Id}') and needs is null and needs_met_at is null and needs_met_by is null"));
        Assert.Equal("confirmed", await ground.Sql<string>($"select state from bookings where id = '{booking.Id}'"));
    }

    [Fact] // P5: needs stand nowhere but in bookings
    public async Task Nowhere_in_the_whole_database_is_a_word_left_of_what_somebody_needed()
    {
        await ground.Sql("update bookings set needs = null, needs_met_at = null, needs_met_by = null");
        var (site, person) = (await ground.SiteAsync(), await ground.Given.Person());
        var session = await ground.Given.Session(null, 20, "2024-06-01 09:30 to 12:00");
        var visitor = await site.SignedInAsync(person.Id);
        await (await visitor.Get($"/sessions/{session.Ref}/book")).Submit("Book a place", ("Input.Needs", Words));
        Assert.Equal(["bookings.needs"], await WhereAsync());

        ground.Clock.Set("2024-07-01 02:40");
        Assert.Equal(1, await PurgeAsync());

        Assert.Empty(await WhereAsync());
    }

    [Fact] // P5, S2
    public async Task Whoever_runs_the_session_is_told_that_they_were_deleted()
    {
        var hall = await Hall.Open(ground, 1, null, "2024-05-15 10:00 to 15:30");
        await ground.Sql($"update bookings set needs = '{Words}' where session_id = '{hall.Session.Id}'");
        var trainer = await (await ground.SiteAsync()).SignedInAsync(hall.Trainer.Id);
        Assert.Contains("It is deleted 30 days after.", (await trainer.Get($"/sessions/{hall.Session.Ref}/needs")).Text);
        Assert.Contains(Words, (await trainer.Get($"/sessions/{hall.Session.Ref}/needs")).Text);

        ground.Clock.Set("2024-06-14 02:40");
        await PurgeAsync();
        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

        var page = await unit.Get($"/sessions/{hall.Session.Ref}/needs");
        Assert.Contains("What people asked for has been deleted", page.Text);
        Assert.Contains("it went on Friday 14 June 2024, 30 days after the session", page.Text);
        Assert.DoesNotContain("Nobody has asked for anything", page.Text);
    }

    [Fact] // P5: the check
    public async Task The_check_finds_needs_that_stayed_too_long()
    {
        await ground.Sql("update bookings set needs = null, needs_met_at = null, needs_met_by = null");
        var booking = await NeedsAsync("2024-04-15 09:30 to 12:00");
        Assert.Contains($"P5 What somebody needed is gone in time after the session, give or take a day: booking {booking.Id}", await WalkAsync());
        await PurgeAsync();
        Assert.DoesNotContain("What somebody needed", await WalkAsync());
    }

    private Task<int> PurgeAsync() => ground.With((PurgeNeeds purge) => purge.RunAsync());

    private async Task<Booking> NeedsAsync(string session, bool met = false, BookingState state = BookingState.Confirmed)
    {
        var (person, trainer) = (await ground.Given.Person(), await ground.Given.Person());
        var booking = await ground.Given.Booking(await ground.Given.Session(null, 20, session), person, state);
        await ground.Sql($"update bookings set needs = '{Words}'{(met ? $", needs_met_at = now(), needs_met_by = '{trainer.Id}'" : "")} where id = '{booking.Id}'");
        return booking;
    }

    private async Task<List<string>> WhereAsync()
    {
        await using var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
        var questions = new List<string>();
        await using (var columns = source.CreateCommand("""
            select format('select %L from %I.%I where %I::text like ''%%%s%%''', table_name || '.' || column_name, table_schema, table_name, column_name, @word) from information_schema.columns
            where table_schema not in ('pg_catalog', 'information_schema') and data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea', 'xml')
            """))
        {
            columns.Parameters.AddWithValue("word", Words);
            await using var reader = await columns.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                questions.Add(reader.GetString(0));
            }
        }

        await using var all = source.CreateCommand(string.Join(" union all ", questions));
        await using var found = await all.ExecuteReaderAsync();
        var where = new List<string>();
        while (await found.ReadAsync())
        {
            where.Add(found.GetString(0));
        }

        return where;
    }

    private async Task<string> WalkAsync()
    {
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        await Learning.Commands.CheckCommand.WalkAsync(database, output, CancellationToken.None);
        return output.ToString();
    }
}
