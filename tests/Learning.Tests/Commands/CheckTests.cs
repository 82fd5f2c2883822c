using Learning.Commands;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Commands;

public class CheckTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B2, B3, P6, T3, T4
    public async Task Every_invariant_can_be_asked_and_a_hand_at_the_database_is_found_out()
    {
        var session = await ground.Given.Session(capacity: 2);
        await ground.Given.Booking(session, await ground.Given.Person());
        Assert.Equal((0, ""), await Walk());

        await ground.Sql($"update sessions set taken = 2, counted_on = counted_on + 1, beyond_rules = false where id = '{session.Id}'");

        var (code, lines) = await Walk();
        Assert.Equal(1, code);
        Assert.Contains($"B2 Places taken are those confirmed and offered: session {session.Ref}: 2 counted, 1 found", lines);
        Assert.Contains($"T3 A session counts on the local date on which its last part starts: session {session.Ref}", lines);
    }

    private async Task<(int Code, string Lines)> Walk()
    {
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        var code = await CheckCommand.WalkAsync(database, output, CancellationToken.None);
        return (code, code == 0 ? "" : output.ToString());
    }
}
