using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>
/// Writes agencies, their domains (P4) and successions. What the file says of an agency corrects what was known, as far back as that held, and as at instants from the import on (T4);
/// what was recorded under it stays (P2).
/// </summary>
internal static class WriteAgencies
{
    public static async Task<IReadOnlyList<ImportCount>> ToAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var told = story.Agencies.All.Values.Where(agency => agency.IsTold).OrderBy(agency => agency.Line).ToList();
        await connection.StageAsync<ToldAgency>("import_agencies", told,
        [
            new("id", Uuid, agency => agency.Id), new("code", Text, agency => agency.Code), new("name", Text, agency => agency.Name), new("sector", Text, agency => agency.Sector),
            new("statutory_partner", NpgsqlTypes.NpgsqlDbType.Boolean, agency => agency.StatutoryPartner), new("headcount", Integer, agency => agency.Headcount), new("parent_id", Uuid, agency => agency.Parent?.Id),
            new("successor_id", Uuid, agency => agency.Successor?.Id), new("successor_from", Date, agency => agency.SuccessorFrom),
        ], stop);
        var added = await connection.ExecuteAsync("""
            insert into agencies (id, code, name, sector, statutory_partner, headcount, parent_id)
            select id, code, name, sector, statutory_partner, headcount, parent_id from import_agencies i where not exists (select from agencies a where a.id = i.id)
            """, [], stop);
        var changed = await connection.ExecuteAsync("""
            update agencies a set name = i.name, sector = i.sector, statutory_partner = i.statutory_partner, headcount = i.headcount, parent_id = case when $1 then i.parent_id else a.parent_id end,
                changed_at = $2
            from import_agencies i
            where a.id = i.id and (a.name, a.sector, a.statutory_partner, a.headcount, a.parent_id)
                is distinct from (i.name, i.sector, i.statutory_partner, i.headcount, case when $1 then i.parent_id else a.parent_id end)
            """, [story.Told.Contains((Format.Agencies, "parent")), story.Now], stop);
        return
        [
            new("agencies", told.Count, added, changed),
            await DomainsAsync(connection, told, stop),
            await SuccessionsAsync(connection, told, story.Told.Contains((Format.Agencies, "successor")), stop),
        ];
    }

    private static async Task<ImportCount> DomainsAsync(NpgsqlConnection connection, List<ToldAgency> told, CancellationToken stop)
    {
        var domains = told.SelectMany(agency => agency.Domains.Select(domain => (Domain: domain, agency.Id))).ToList();
        await connection.StageAsync<(string Domain, Guid Agency)>("import_domains", domains, [new("domain", Text, row => row.Domain), new("agency_id", Uuid, row => row.Agency)], stop);
        var removed = await connection.ExecuteAsync("""
            delete from agency_domains d using import_agencies i where d.agency_id = i.id and not exists (select from import_domains t where t.domain = d.domain)
            """, [], stop);
        var moved = await connection.ExecuteAsync("update agency_domains d set agency_id = i.agency_id from import_domains i where d.domain = i.domain and d.agency_id <> i.agency_id", [], stop);
        var added = await connection.ExecuteAsync("insert into agency_domains (domain, agency_id) select domain, agency_id from import_domains on conflict do nothing", [], stop);
        return new("e-mail domains", domains.Count, added, removed + moved);
    }

    private static async Task<ImportCount> SuccessionsAsync(NpgsqlConnection connection, List<ToldAgency> told, bool areTold, CancellationToken stop)
    {
        if (!areTold)
        {
            return new("successions", 0, 0, 0);
        }

        var removed = await connection.ExecuteAsync("delete from agency_successions s using import_agencies i where s.agency_id = i.id and i.successor_id is null", [], stop);
        var changed = await connection.ExecuteAsync("""
            update agency_successions s set successor_id = i.successor_id, starts_on = i.successor_from
            from import_agencies i where s.agency_id = i.id and (s.successor_id, s.starts_on) is distinct from (i.successor_id, i.successor_from)
            """, [], stop);
        var added = await connection.ExecuteAsync("""
            insert into agency_successions (agency_id, successor_id, starts_on) select id, successor_id, successor_from from import_agencies where successor_id is not null on conflict do nothing
            """, [], stop);
        return new("successions", told.Count(agency => agency.Successor is not null), added, removed + changed);
    }
}
