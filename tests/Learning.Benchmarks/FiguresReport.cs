using Npgsql;

namespace Learning.Benchmarks;

/// <summary>The year's report that is measured, and hand-written SQL of the same aggregates that knows no as-at instant, no merges and no digest.</summary>
internal static class FiguresReport
{
    // What is counted, of which programme, professionals only, since the start, and the column of its table.
    private static readonly (string Measure, string Programme, bool Professionals, bool SinceStart, string? By)[] Asked =
    [
        ("people", "P1", true, true, "agency"), ("people", "P2", true, false, "agency"), ("attendances", "P2", false, false, "month"), ("attendances", "P3", false, false, "sector"),
        ("people", "P3", false, false, "sector"), ("people", "P4", false, false, "sector"), ("people", "P4", true, false, "sector"), ("average_attendance", "P5", false, false, null),
    ];

    public static string Yaml => "report: bench\ntitle: The year\nperiod: {from: 2023-04-01, to: 2024-04-01}\nfigures:\n" + string.Concat(Asked.Select((figure, i) =>
        $"  - {{id: f{i}, title: Figure {i}, measure: {figure.Measure}, programme: {figure.Programme}, window: {(figure.SinceStart ? "since-start" : "in-period")}, phrase: exact"
        + $"{(figure.Professionals ? ", who: professionals" : "")}{(figure.By is null ? "" : $", by: [{figure.By}]")}}}\n"));

    /// <summary>The total of each figure, from the bare SQL, which counts the tables too.</summary>
    public static async Task<List<double>> BareAsync(NpgsqlDataSource database)
    {
        var totals = new List<double>();
        foreach (var figure in Asked)
        {
            var key = figure.By switch { "agency" => "a.code", "sector" => "a.sector", "month" => "to_char(x.counted_on, 'YYYY-MM')", _ => "null::text" };
            var value = figure.Measure switch
            {
                "people" => "count(distinct x.person_id)::float8",
                "attendances" => "count(*)::float8",
                _ => "count(*)::float8 / count(distinct x.session_id)",
            };
            await using var command = database.CreateCommand($"""
                with standing as (
                    select distinct on (m.session_id, m.part_id, m.person_id) m.*, s.counted_on, c.required_minutes, p.minutes as part_minutes
                    from course_programmes cp join programmes g on g.id = cp.programme_id and g.code = '{figure.Programme}'
                    join courses c on c.id = cp.course_id join sessions s on s.course_id = c.id and s.status = 'planned'
                    join marks m on m.session_id = s.id join session_parts p on p.id = m.part_id
                    where s.counted_on < '2024-04-01' {(figure.SinceStart ? "" : "and s.counted_on >= '2023-04-01'")}
                    order by m.session_id, m.part_id, m.person_id, m.marked_at desc, m.number desc)
                select {key} as key, {value} as value
                from standing x left join agencies a on a.id = x.agency_id
                where (x.mark = 'attended' or x.mark = 'part' and x.minutes >= x.required_minutes * x.part_minutes)
                  {(figure.Professionals ? "and x.workforce not in ('volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')" : "")}
                group by grouping sets (({key}), ()) order by grouping({key}) desc
                """);
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            totals.Add(reader.GetDouble(1));
            while (await reader.ReadAsync())
            {
                _ = reader.GetDouble(1);
            }
        }

        return totals;
    }
}
