using Npgsql;

namespace Learning.Tests.Support;

/// <summary>
/// The audit trail holds ids only (P5, S3): whatever wrote to it in a test class, none of its lines has the name or the address of anybody in the database. Asked of every test class when it ends, so that
/// every verb that a test ever calls is held to it.
/// </summary>
internal static class TrailHoldsNoNames
{
    public static async Task HoldAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("""
            with lines as (select id, lower(verb || ' ' || subject_kind || ' ' || coalesce(details::text, '')) as words from audit_entries order by id desc limit 2000),
            called as (
                -- Names that a test made up end in a number; a family name alone may be a word of the language.
                select lower(given_name || ' ' || family_name) as name from (select * from persons order by created_at desc limit 2000) p where family_name <> '' and given_name <> ''
                union select lower(family_name) from (select * from persons order by created_at desc limit 2000) p where family_name ~ '[0-9]$'
                union select email from (select email from person_emails limit 2000) e)
            select l.words from lines l join called c on position(c.name in l.words) > 0 limit 5
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        Assert.True(found.Count == 0, $"The audit trail names somebody, and it holds ids only (P5):\n{string.Join('\n', found)}");
    }
}
