using Learning.Audit;
using Learning.Database;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Database;

/// <summary>S3: nobody edits the audit trail, the program included. What is tried here is tried as the role that serves, which is what somebody has who made the program run SQL of theirs.</summary>
public class ApplicationRoleTests(Ground ground) : IClassFixture<Ground>
{
    private static int made;

    [Theory] // S3
    [InlineData("update audit_entries set actor_id = null")]
    [InlineData("update audit_entries set verb = 'nothing' where false")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    [InlineData("truncate persons cascade")]
    [InlineData("alter table audit_entries disable trigger all")]
    [InlineData("alter table audit_entries disable trigger audit_entries_append_only")]
    [InlineData("drop trigger audit_entries_append_only on audit_entries")]
    [InlineData("drop table audit_entries")]
    [InlineData("alter table audit_entries rename to old_entries")]
    [InlineData("alter table audit_entries drop column verb")]
    [InlineData("create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'")]
    [InlineData("create rule forget as on insert to audit_entries do instead nothing")]
    [InlineData("create trigger forget before insert on audit_entries for each row execute function keep_session_history()")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("set role learning")]
    [InlineData("set session authorization learning")]
    [InlineData("grant learning to current_user")]
    [InlineData("alter table audit_entries owner to current_user")]
    [InlineData("alter role current_user superuser")]
    [InlineData("alter system set session_replication_role = replica")]
    [InlineData("create table public.shadow (what text)")]
    [InlineData("create schema other")]
    [InlineData("copy audit_entries to program 'cat'")]
    [InlineData("select pg_read_file('PG_VERSION')")]
    [InlineData("select lo_import('/etc/passwd')")]
    [InlineData("insert into migrations (name) values ('9999_later.sql')")]
    public async Task The_program_can_add_to_the_trail_and_do_nothing_else_to_it(string sql)
    {
        await ground.Given.Save(new AuditEntry { At = ground.Zone.Now, Verb = "was seen", SubjectKind = "test" });
        var before = await ground.Sql<long>("select count(*) from audit_entries");

        // On a connection of its own: what a setting would change ends with it.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ground.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Equal(before, await ground.Sql<long>("select count(*) from audit_entries where verb = 'was seen' and actor_id is null"));
    }

    [Fact] // S3, T4
    public async Task What_a_table_refuses_the_role_may_not_and_everything_else_it_may()
    {
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var command = source.CreateCommand("""
            select c.relname, has_table_privilege(c.oid, 'update'), has_table_privilege(c.oid, 'delete'), has_table_privilege(c.oid, 'truncate, trigger'), has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert'),
                exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = c.relname || '_append_only')
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var appendOnly = 0;
        while (await reader.ReadAsync())
        {
            var (table, only) = (reader.GetString(0), reader.GetBoolean(5));
            appendOnly += only ? 1 : 0;
            Assert.True(reader.GetBoolean(4), $"{table} cannot be read and added to");
            Assert.False(reader.GetBoolean(3), $"{table} can be emptied");
            Assert.False(only && (reader.GetBoolean(1) || reader.GetBoolean(2)), $"{table} is append-only and can be changed");
            Assert.True(only || reader.GetBoolean(1), $"{table} cannot be changed");
        }

        Assert.True(appendOnly >= 8);
        Assert.Equal("learning", await ground.Sql<string>("select distinct tableowner from pg_tables where schemaname = 'public'"));
    }

    [Fact] // S3
    public async Task A_second_start_changes_nothing_and_a_changed_password_of_the_owner_is_followed()
    {
        var (owner, name) = await NewOwnerAsync("createrole");
        var first = await ApplicationRole.PrepareAsync(owner);
        Assert.Null(first.Because);
        Assert.Equal($"{name}_app", new NpgsqlConnectionStringBuilder(first.ConnectionString).Username);
        Assert.Equal(first, await ApplicationRole.PrepareAsync(owner));

        await ground.OwnerSql($"alter role {name} password 'another'");
        var changed = new NpgsqlConnectionStringBuilder(owner) { Password = "another" }.ConnectionString;
        var second = await ApplicationRole.PrepareAsync(changed);

        Assert.NotEqual(first, second);
        Assert.Equal($"{name}_app", await RunAsync(second.ConnectionString, "select current_user::text"));
    }

    [Fact] // S3
    public async Task A_database_that_was_used_as_its_owner_until_now_keeps_its_jobs_and_its_trail()
    {
        var (owner, _) = await NewOwnerAsync("createrole");
        await Migrator.RunAsync(owner);
        await RunAsync(owner, "create table quartz.qrtz_kept (id serial primary key, what text); insert into quartz.qrtz_kept (what) values ('a firing')");

        var served = await ApplicationRole.PrepareAsync(owner);

        Assert.Equal("a firing", await RunAsync(served.ConnectionString, "insert into quartz.qrtz_kept (what) values ('another'); update quartz.qrtz_kept set what = what returning what"));
        await RunAsync(served.ConnectionString, "create table quartz.qrtz_own (id int); select analyze_history()");
    }

    [Fact] // S3
    public async Task Where_an_operator_has_prepared_both_roles_each_does_its_own()
    {
        var (owner, name) = await NewOwnerAsync("nocreaterole");
        await ground.OwnerSql($"create role \"{name} Web\" login password 'web'");
        var web = new NpgsqlConnectionStringBuilder(owner) { Username = $"{name} Web", Password = "web" }.ConnectionString;

        var early = await Assert.ThrowsAsync<DatabaseUnusableException>(() => ApplicationRole.PrepareAsync(web));
        Assert.Contains("LEARNING_DB_OWNER", early.Message);

        var served = await ApplicationRole.PrepareAsync(owner, web);
        Assert.Equal(web, served.ConnectionString);
        Assert.Equal(0, Convert.ToInt32(await RunAsync(web, "select count(*) from audit_entries")));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(web, "delete from audit_entries"))).SqlState);

        // Later starts need the owner no more, until there is something to migrate.
        Assert.Equal(web, (await ApplicationRole.PrepareAsync(web)).ConnectionString);
    }

    [Theory] // S3
    [InlineData("superuser", "rights of an administrator")]
    [InlineData("createrole", "rights of an administrator")]
    [InlineData("in role {0}", "member of the role that owns")]
    public async Task A_role_that_could_change_the_trail_is_not_served_as(string rights, string why)
    {
        var (owner, name) = await NewOwnerAsync("nocreaterole");
        await ground.OwnerSql($"create role {name}_web login password 'web' {string.Format(System.Globalization.CultureInfo.InvariantCulture, rights, name)}");
        var web = new NpgsqlConnectionStringBuilder(owner) { Username = $"{name}_web", Password = "web" }.ConnectionString;

        Assert.Contains(why, (await Assert.ThrowsAsync<DatabaseUnusableException>(() => ApplicationRole.PrepareAsync(owner, web))).Message);
    }

    [Fact] // S3
    public async Task A_role_that_may_make_no_other_serves_itself_and_the_triggers_hold()
    {
        var (owner, _) = await NewOwnerAsync("nocreaterole");
        Assert.Equal(new ServingAs(owner), await ApplicationRole.PrepareAsync(owner));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(owner, "delete from audit_entries"));
        Assert.Contains("append-only", refused.MessageText);
    }

    // A role with a database of its own, as an operator makes them.
    private async Task<(string ConnectionString, string Name)> NewOwnerAsync(string rights)
    {
        var name = $"own_{Environment.ProcessId}_{Interlocked.Increment(ref made)}";
        await ground.OwnerSql($"create role {name} login {rights} password 'secret'");
        await ground.OwnerSql($"create database {name} owner {name}");
        return (new NpgsqlConnectionStringBuilder(ground.OwnerConnectionString) { Username = name, Password = "secret", Database = name, Pooling = false }.ConnectionString, name);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
