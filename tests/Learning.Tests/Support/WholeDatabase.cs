using Npgsql;

namespace Learning.Tests.Support;

/// <summary>Every column of text of every table, whoever made it: where something is left of who somebody was.</summary>
internal static class WholeDatabase
{
    /// <summary>"table.column: text" of everything that holds one of the words; read as the owner.</summary>
    public static async Task<List<string>> HoldingAsync(string ownerConnectionString, params string[] words)
    {
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        var found = new List<string>();
        foreach (var column in await ReadAsync(source, words, """
            select format('select %L || left(%I::text, 100) from %I.%I where %I::text ilike any (array[%s])', table_name || '.' || column_name || ': ', column_name, table_schema, table_name, column_name,
                (select string_agg(quote_literal('%' || word || '%'), ',') from unnest(@words) word))
            from information_schema.columns
            where table_schema not in ('pg_catalog', 'information_schema') and data_type in ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea', 'xml')
            """))
        {
            found.AddRange(await ReadAsync(source, words, column));
        }

        return found;
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string[] words, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("words", words);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
