using Learning.Attendance;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Figures;

/// <summary>All of a report is read from one view of the database, on however many connections (T4).</summary>
public sealed class SnapshotTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // T4: what is written while a report is counted is in none of its figures
    public async Task A_second_connection_sees_what_the_first_one_sees()
    {
        var told = new Told(ground);
        var session = await told.Given.Session();
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var db = ground.Db();
        await using var first = await Snapshot.OpenAsync(db, Actor.Machine, default);
        Assert.Equal(1, await MarksAsync(first.Connection));
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        await using var second = await first.SecondAsync(database, default);
        Assert.Equal(1, await MarksAsync(second!.Connection));
        Assert.Equal(1, await MarksAsync(first.Connection));
        Assert.Equal("25006", (await Assert.ThrowsAsync<PostgresException>(() => DoAsync(second.Connection, "delete from person_emails"))).SqlState); // read only

        async Task<long> MarksAsync(NpgsqlConnection connection)
        {
            await using var command = new NpgsqlCommand($"select count(*) from marks where session_id = '{session.Id}'", connection);
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact] // Reports never take the connections that pages need: many at once are counted on one each, with the same numbers
    public async Task Many_reports_at_once_are_all_counted()
    {
        var told = new Told(ground);
        var session = await told.Given.Session();
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        var course = await ground.Sql<string>($"select code from courses where id = '{session.CourseId}'");
        var figures = $"{{id: a, measure: people, courses: [{course}]}}, {{id: b, measure: dna_rate, courses: [{course}]}}, {{id: c, measure: sessions_held, courses: [{course}]}}";
        var reports = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => told.Report(figures)));
        Assert.All(reports, report => Assert.Equal([1, null, 0], report.Figures.Select(figure => figure.Value)));
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
