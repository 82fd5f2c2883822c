using Learning.Database;
using Learning.Membership;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

using NpgsqlTypes;

namespace Learning.Required;

/// <summary>Somebody of a lead's agency and a course that they need: how it stands, never where or when they learnt it (S2: a lead sees records only since they joined).</summary>
/// <param name="By">By when it is to be done (again); null: it is held for good.</param>
/// <param name="Elsewhere">What counts is evidence that a lead accepted.</param>
/// <param name="NudgedAt">When they were nudged last about it.</param>
public sealed record RequiredLine(Guid PersonId, string Name, string Department, Guid CourseId, string Code, string Course, RequiredState State, DateOnly? By, bool Elsewhere, DateTimeOffset? NudgedAt);

/// <summary>A course and how the people who need it stand.</summary>
public sealed record RequiredByCourse(Guid CourseId, string Code, string Title, int People, int InDate, int Due, int Overdue);

/// <summary>What a lead sees: each course in numbers, and a page of people.</summary>
/// <param name="Total">Lines of the filter.</param>
/// <param name="People">Different people in them.</param>
public sealed record RequiredSeen(IReadOnlyList<RequiredByCourse> Courses, IReadOnlyList<RequiredLine> Lines, int Total, int People);

/// <summary>
/// Who of a lead's people is in date, due and overdue (S2): people who work for their agencies today, with the departments; for the business unit all. The validity of required training counts whoever employed
/// them when they took it. One statement for ten thousand people and for one.
/// </summary>
public sealed class AgencyRequired(LearningDb db, Zone zone)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    /// <summary>The agencies to choose among.</summary>
    public async Task<IReadOnlyList<AgencyPlace>> AgenciesAsync(Actor actor, CancellationToken stop = default) =>
        actor.IsUnit ? await AgencyTree.AllAsync(db, zone.Today, past: true, stop) : await AgencyTree.BelowAsync(db, [.. actor.LeadOf], zone.Today, past: true, stop);

    /// <param name="all">Every line, not a page of them.</param>
    public async Task<RequiredSeen> FindAsync(RequiredFilter filter, IReadOnlyList<AgencyPlace> agencies, bool all = false, CancellationToken stop = default)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            // How large sets are read is said for this transaction alone.
            await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(stop) : null;
            await using var command = Command((NpgsqlConnection)db.Database.GetDbConnection(), filter, agencies, all);
            await using var reader = await command.ExecuteReaderAsync(stop);
            var (courses, lines, total, people) = (new List<RequiredByCourse>(), new List<RequiredLine>(), 0, 0);
            while (await reader.ReadAsync(stop))
            {
                if (reader.GetInt32(0) == 0)
                {
                    courses.Add(new RequiredByCourse(reader.GetGuid(5), reader.GetString(6), reader.GetString(7), reader.GetInt32(12), reader.GetInt32(13), reader.GetInt32(14), reader.GetInt32(15)));
                    continue;
                }

                (total, people) = (reader.GetInt32(12), reader.GetInt32(13));
                lines.Add(new RequiredLine(
                    reader.GetGuid(1), $"{reader.GetString(2)} {reader.GetString(3)}".Trim(), reader.GetString(4), reader.GetGuid(5), reader.GetString(6), reader.GetString(7), MyRequired.StateOf(reader.GetString(8)),
                    reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9), reader.GetBoolean(10), reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11)));
            }

            return new RequiredSeen(courses, lines, total, people);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // The numbers by course and the page are read of one set, which is worked out once.
    private NpgsqlCommand Command(NpgsqlConnection connection, RequiredFilter filter, IReadOnlyList<AgencyPlace> agencies, bool all)
    {
        var command = RequiredSql.Command(connection, $"""
            set local jit = off; set local work_mem = '32MB';
            {RequiredSql.Of("e.agency_id = any(@agencies)")},
            here as materialized (
                select distinct on (j.person_id) j.person_id, j.agency_id, p.given_name, p.family_name from job j join persons p on p.id = j.person_id and p.erased_at is null
                where not exists (select from unnest(@words) word where concat_ws(' ', p.given_name, p.family_name) not ilike word)
                order by j.person_id, j.starts_on desc),
            chosen as materialized (
                select d.person_id, d.course_id, d.state, d.by_day, d.elsewhere, h.agency_id, h.given_name, h.family_name from standing d join here h on h.person_id = d.person_id
                where (@state::text is null or d.state = @state) and (@code::text is null or d.course_id = (select id from courses where upper(code) = upper(@code)))),
            totals as materialized (select count(*)::int as lines, count(distinct person_id)::int as people from chosen),
            page as (
                select g.*, case g.state when 'overdue' then 0 when 'due' then 1 else 2 end as urgent from chosen g
                order by urgent, g.by_day nulls last, lower(g.family_name), lower(g.given_name), g.person_id, g.course_id limit @limit offset @offset)
            select 0, null::uuid, '', '', '', c.id, c.code, c.title, '', null::date, false, null::timestamptz, n.people, n.in_date, n.due, n.overdue, 0::bigint as place
            from (select course_id, count(*)::int as people, (count(*) filter (where state = 'in date'))::int as in_date, (count(*) filter (where state = 'due'))::int as due, (count(*) filter (where state = 'overdue'))::int as overdue
                  from standing group by course_id) n join courses c on c.id = n.course_id
            union all
            select 1, g.person_id, g.given_name, g.family_name, a.name, g.course_id, c.code, c.title, g.state, g.by_day, g.elsewhere,
                (select max(m.queued_at) from messages m where m.kind = '{NudgeLetter.Kind}' and m.person_id = g.person_id and m.subject_id = g.course_id),
                t.lines, t.people, 0, 0, row_number() over (order by g.urgent, g.by_day nulls last, lower(g.family_name), lower(g.given_name), g.person_id, g.course_id)
            from page g join agencies a on a.id = g.agency_id join courses c on c.id = g.course_id cross join totals t
            order by 1, place, 8
            """, zone.Today, null);
        command.Parameters.AddWithValue("agencies", Wanted(filter, agencies));
        command.Parameters.AddWithValue("words", (filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Like.Holding).ToArray());
        command.Parameters.Add(new NpgsqlParameter("state", NpgsqlDbType.Text) { Value = filter.State is { } state ? RequiredFilter.WordOf(state).Replace('-', ' ') : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("code", NpgsqlDbType.Text) { Value = filter.Course is { } course ? course : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("limit", NpgsqlDbType.Bigint) { Value = all ? DBNull.Value : (long)Size });
        command.Parameters.Add(new NpgsqlParameter("offset", NpgsqlDbType.Bigint) { Value = all ? 0L : (long)(filter.Page - 1) * Size });
        return command;
    }

    // The chosen one, and what follows it deeper in the tree.
    private static Guid[] Wanted(RequiredFilter filter, IReadOnlyList<AgencyPlace> agencies)
    {
        if (filter.Agency is null)
        {
            return [.. agencies.Select(place => place.Id)];
        }

        var at = agencies.Index().FirstOrDefault(place => place.Item.Code.Equals(filter.Agency, StringComparison.OrdinalIgnoreCase), (Index: -1, Item: null!));
        return at.Index < 0 ? [] : [at.Item.Id, .. agencies.Skip(at.Index + 1).TakeWhile(place => place.Depth > at.Item.Depth).Select(place => place.Id)];
    }
}
