using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

using Npgsql;

namespace Learning.Tests.Database;

/// <summary>Migrations are SQL, so the EF model is held against the migrated database: every column exists, is of the type, and is null where the model says.</summary>
public class SchemaTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task The_model_is_what_the_migrations_made()
    {
        await using var db = ground.Db();
        var actual = await ColumnsAsync();
        var wrong = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson() && entity.GetTableName() is not null))
        {
            var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
            foreach (var property in entity.GetProperties())
            {
                var name = $"{table.Name}.{property.GetColumnName(table)}";
                var expected = (property.GetColumnType(), property.IsColumnNullable(table));
                if (!actual.TryGetValue(name, out var found))
                {
                    wrong.Add($"{name} is not in the database");
                }
                else if (found.Nullable != expected.Item2 || Type(found.Type) != Type(expected.Item1))
                {
                    wrong.Add($"{name} is {found.Type}{(found.Nullable ? " null" : "")}, the model says {expected.Item1}{(expected.Item2 ? " null" : "")}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static string Type(string type) => type.Split('(')[0];

    private async Task<Dictionary<string, (string Type, bool Nullable)>> ColumnsAsync()
    {
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var command = source.CreateCommand("""
            select c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new Dictionary<string, (string, bool)>();
        while (await reader.ReadAsync())
        {
            columns[reader.GetString(0)] = (reader.GetString(1), reader.GetBoolean(2));
        }

        return columns;
    }
}
