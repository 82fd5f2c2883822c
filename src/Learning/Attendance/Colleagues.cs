using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Somebody of the holder's agency on the day of the session who may have come instead.</summary>
/// <param name="Exact">Has the very name that was asked for.</param>
public sealed record Colleague(Guid HolderId, Guid Id, string Name, bool Exact);

/// <summary>The question who of a holder's agency is called so: one query for any number of rows, at most 20 names each, whole names before parts of names.</summary>
public sealed class Colleagues(LearningDb db)
{
    public async Task<ILookup<Guid, Colleague>> AskAsync(IReadOnlyCollection<(Guid Holder, Guid? Agency, string Name)> asked, DateOnly day, CancellationToken stop = default)
    {
        if (asked.Count == 0)
        {
            return Array.Empty<Colleague>().ToLookup(row => row.HolderId);
        }

        Guid[] holders = [.. asked.Select(row => row.Holder)];
        Guid?[] agencies = [.. asked.Select(row => row.Agency)];
        string[] names = [.. asked.Select(row => string.Join(' ', row.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
        string[] patterns = [.. names.Select(name => $"%{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%")];
        return (await db.Database.SqlQuery<Colleague>($"""
            select asked.holder as "HolderId", found.id as "Id", found.name as "Name", found.exact as "Exact"
            from unnest({holders}, {agencies}, {names}, {patterns}) as asked (holder, agency, name, pattern)
            cross join lateral (
                select distinct p.id, p.given_name || ' ' || p.family_name as name, lower(p.given_name || ' ' || p.family_name) = lower(asked.name) as exact
                from employments e join persons p on p.id = e.person_id
                where e.agency_id = asked.agency and e.starts_on <= {day} and (e.ends_on is null or {day} < e.ends_on)
                    and p.id <> asked.holder and p.erased_at is null and p.given_name || ' ' || p.family_name ilike asked.pattern
                order by exact desc, name, p.id limit 20) found
            order by found.exact desc, found.name
            """).ToListAsync(stop)).ToLookup(row => row.HolderId);
    }
}
