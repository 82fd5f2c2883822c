using Learning.Commands;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Membership;

/// <summary>What <c>learning check</c> finds about roles that a hand at the database has changed (S1).</summary>
public class RoleInvariantTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1
    public async Task A_role_that_one_person_gave_alone_and_an_installation_without_an_administrator_are_found_out()
    {
        var (administrator, person) = (await ground.Given.Person(), await ground.Given.Person());
        var grant = await ground.Given.Role(administrator, Role.Administrator);
        Assert.Equal("", await WalkAsync());

        await ground.OwnerSql("alter table role_grants drop constraint role_grants_second_person");
        await ground.Sql($"insert into role_grants (id, person_id, role, starts_on, granted_at, granted_by) values (gen_random_uuid(), '{person.Id}', 'business unit', '2024-01-01', now(), '{administrator.Id}')");
        await ground.Sql($"update role_grants set revoked_at = now() where id = '{grant.Id}'");

        var lines = await WalkAsync();
        Assert.Contains("S1 What takes two people was approved by a second one: role", lines);
        Assert.Contains("S1 Where there was ever an administrator there is one without a last day: no administrator", lines);
    }

    private async Task<string> WalkAsync()
    {
        await using var database = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var output = new StringWriter();
        return await CheckCommand.WalkAsync(database, output, CancellationToken.None) == 0 ? "" : output.ToString();
    }
}
