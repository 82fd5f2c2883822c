using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>Signs the registers of sessions that were held, and writes completions.</summary>
internal static class WriteRegisters
{
    /// <summary>A held session is signed at the later of its end and its latest first mark (H0); one whose register was ever signed here keeps that.</summary>
    public static async Task<ImportCount> SignAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var held = story.Sessions.All.Values.Where(session => session.IsTold && session.Status == ToldStatus.Held).ToList();
        await connection.StageAsync<ToldSession>("import_held", held.Where(session => !session.WasSigned),
        [
            new("session_id", Uuid, session => session.Id),
            new("ends_at", TimestampTz, session => session.EndsAt),
            new("is_late", NpgsqlTypes.NpgsqlDbType.Boolean, session => story.RecordedAt(DateTimeOffset.MinValue, session.CountedOn) == story.Now),
        ], stop);
        var added = await connection.ExecuteAsync("""
            insert into register_events (session_id, event, recorded_at)
            select h.session_id, 'signed', case when h.is_late then $1 else greatest(h.ends_at, m.latest) end
            from import_held h join sessions s on s.id = h.session_id left join (
                select session_id, max(first) as latest
                from (select session_id, min(marked_at) as first from marks where session_id in (select session_id from import_held) group by session_id, part_id, person_id, seat) f
                group by session_id) m on m.session_id = h.session_id
            order by s.ends_at, s.ref
            """, [story.Now], stop);
        return new("signed registers", held.Count, added, 0);
    }

    /// <summary>A completion counts as recorded at 00:00 of its local day (H0). What is recorded stays: another score is a warning.</summary>
    public static async Task<ImportCount> CompletionsAsync(NpgsqlConnection connection, Story story, Func<DateOnly, DateTimeOffset> startOf, CancellationToken stop)
    {
        await connection.StageAsync<ToldCompletion>("import_completions", story.Completions,
        [
            new("id", Uuid, row => StableId.Of(startOf(row.On)).Add(row.Course.Id).Add(row.Person.Id).Make()), new("course_id", Uuid, row => row.Course.Id),
            new("person_id", Uuid, row => row.Person.Id), new("agency_id", Uuid, row => row.Agency?.Id), new("completed_on", Date, row => row.On), new("score", Numeric, row => row.Score),
            new("recorded_at", TimestampTz, row => story.RecordedAt(startOf(row.On), row.On)), new("line", Integer, row => row.Line),
        ], stop);
        await foreach (var row in connection.RowsAsync("""
            select i.line, c.score from import_completions i join completions c on (c.course_id, c.person_id, c.completed_on) = (i.course_id, i.person_id, i.completed_on)
            where c.attempt_id is null and c.score is distinct from i.score
            """, [], stop))
        {
            story.Findings.Warning(new Place(Format.Completions.Order, Format.Completions.File, row.GetInt32(0), 1), "this completion is recorded with another score, which stays");
        }

        var added = await connection.ExecuteAsync("""
            insert into completions (id, course_id, person_id, agency_id, workforce, completed_on, score, recorded_at)
            select i.id, i.course_id, i.person_id, coalesce(i.agency_id, e.agency_id), e.workforce, i.completed_on, i.score, i.recorded_at
            from import_completions i left join employments e on e.id = employment_on(i.person_id, i.completed_on, i.agency_id)
            order by i.completed_on, i.line
            on conflict do nothing
            """, [], stop);
        return new("completions", story.Completions.Count, added, 0);
    }
}
