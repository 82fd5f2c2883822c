using Npgsql;

namespace Learning.Database;

/// <summary>
/// What the role that serves may do (S3): read and change the program's tables, but only add to those that are append-only, and own nothing. What is append-only is not a second list:
/// a role may not do what the table's own trigger <c>refuse_change</c> refuses. Worked out anew at each start, so that a table of a later migration is never forgotten.
/// </summary>
internal static class Rights
{
    // What a trigger fires at, by the bits of pg_trigger.tgtype; one with a condition, or for some columns only, does not refuse all.
    private const string Tables = """
        select c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) as name, n.nspname <> 'public' as engine, c.relname = 'migrations' and n.nspname = 'public' as read_only,
            coalesce((select bit_or(t.tgtype) from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = to_regproc('public.refuse_change') and t.tgqual is null and t.tgattr = ''), 0) as refuses
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'quartz', 'hangfire') and c.relkind in ('r', 'p', 'v', 'm') and c.relowner <> (select oid from pg_roles where rolname = $1)
        """;

    private const string Statements = $"""
        with tables as ({Tables}),
        tables_wanted as (
            select name, oid, privilege, wanted from tables, lateral (values
                ('select', true),
                ('insert', relkind in ('r', 'p') and not read_only),
                ('update', relkind in ('r', 'p') and not read_only and refuses & 16 = 0),
                ('delete', relkind in ('r', 'p') and not read_only and refuses & 8 = 0),
                ('truncate', false), ('references', false), ('trigger', false)) as p (privilege, wanted)),
        differ as (
            select 'table ' || name as thing, privilege, wanted from tables_wanted where has_table_privilege($1, oid, privilege) <> wanted
            union all
            select format('sequence %I.%I', n.nspname, c.relname), 'usage', true from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'quartz', 'hangfire') and case when c.relkind = 'S' then not has_sequence_privilege($1, c.oid, 'usage') end
            union all
            select format('schema %I', n.nspname), p.privilege, p.wanted
            from pg_namespace n, lateral (values ('usage', true), ('create', n.nspname <> 'public')) as p (privilege, wanted)
            where n.nspname in ('public', 'quartz', 'hangfire') and has_schema_privilege($1, n.oid, p.privilege) <> p.wanted)
        select format(case when wanted then 'grant %s on %s to %I' else 'revoke %s on %s from %I' end, string_agg(privilege, ', '), thing, $1) from differ group by thing, wanted order by wanted, thing
        """;

    // The one rule that must hold whatever else somebody has granted; $1 is the role, $2 whoever owns the trail.
    private const string TooMany = """
        select case
            when r.rolsuper or r.rolcreaterole or r.rolreplication or r.rolbypassrls then 'has rights of an administrator'
            when pg_has_role(r.oid, c.relowner, 'member') then 'is a member of the role that owns the tables'
            when has_table_privilege(r.oid, c.oid, 'update, delete, truncate, trigger') then 'may change the audit trail'
        end
        from pg_roles r, pg_class c where r.rolname = $1 and c.oid = 'public.audit_entries'::regclass
        """;

    /// <summary>Gives the role what it lacks and takes what it should not have; as the owner. Throws where the role has more than can be taken.</summary>
    public static async Task GiveAsync(NpgsqlConnection owner, string role, CancellationToken stop)
    {
        foreach (var statement in await ReadAsync(owner, Statements, role, stop))
        {
            await using var command = new NpgsqlCommand(statement, owner);
            await command.ExecuteNonQueryAsync(stop);
        }

        if ((await ReadAsync(owner, TooMany, role, stop)).FirstOrDefault() is { } why)
        {
            throw new DatabaseUnusableException($"The program would serve as the database role {role}, which {why}. Give LEARNING_DB a role of its own that owns nothing, or leave LEARNING_DB_OWNER out.");
        }
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection owner, string sql, string role, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, owner) { Parameters = { new() { Value = role } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var lines = new List<string>();
        while (await reader.ReadAsync(stop))
        {
            if (!await reader.IsDBNullAsync(0, stop))
            {
                lines.Add(reader.GetString(0));
            }
        }

        return lines;
    }
}
