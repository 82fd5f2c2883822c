using Learning.Time;

using Npgsql;

namespace Learning.Figures;

/// <summary>What of a figure's window depends on the instant and the measure.</summary>
internal static class ScopeThen
{
    /// <summary>
    /// The scope with its window settled: since the start of a programme that does not say when it started, from its first session (F1; without one, from ever); for
    /// active trainers the twelve months to the period's last day.
    /// </summary>
    public static async Task<Scope> OfAsync(NpgsqlConnection connection, Scope scope, Measure measure, Zone zone, DateTimeOffset asAt, CancellationToken stop)
    {
        if (measure == Measure.TrainersActive)
        {
            return scope with { From = scope.To.AddMonths(-12) };
        }

        // A return is of no course and no board: whichever the report is about, it is shown.
        if (!measure.KnowsCourse())
        {
            return scope with { Boards = null };
        }

        if (scope.Starts.Count == 0)
        {
            return scope;
        }

        var starts = new List<DateOnly?> { scope.From };
        starts.RemoveAll(start => start is null);
        foreach (var courses in scope.Starts)
        {
            starts.Add(await FirstSessionAsync(connection, courses, zone, asAt, stop));
        }

        return scope with { From = starts.Contains(null) ? null : starts.Min() };
    }

    private static async Task<DateOnly?> FirstSessionAsync(NpgsqlConnection connection, Guid[] courses, Zone zone, DateTimeOffset asAt, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("""
            select min(h.starts_at) from sessions s
            cross join lateral (
                select h.starts_at from session_history h where h.session_id = s.id
                order by h.recorded_at > @as_at, case when h.recorded_at <= @as_at then h.recorded_at end desc, case when h.recorded_at <= @as_at then h.id end desc, h.recorded_at, h.id
                limit 1) h
            where s.course_id = any(@courses)
            """, connection);
        command.Parameters.AddWithValue("as_at", asAt.ToUniversalTime());
        command.Parameters.AddWithValue("courses", courses);
        return await command.ExecuteScalarAsync(stop) is DateTime first ? zone.DateOf(new DateTimeOffset(first, TimeSpan.Zero)) : null;
    }

    /// <summary>The same number has the same name, whichever figure asks for it.</summary>
    public static string Name(this Scope scope, Measure measure) => $"{measure} {scope.NameOfRecords()} {scope.NameOfWhom()}";

    /// <summary>What decides which records there are at all.</summary>
    public static string NameOfRecords(this Scope scope) => $"{List(scope.Courses)} {List(scope.Boards)} {List(scope.Levels)} {scope.From:O} {scope.To:O}";

    /// <summary>What decides whose of them count.</summary>
    public static string NameOfWhom(this Scope scope) => $"{List(scope.Agencies)} {scope.Professionals}";

    private static string List<T>(IEnumerable<T>? values) => values is null ? "all" : string.Join(',', values.Order());
}
