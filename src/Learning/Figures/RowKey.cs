namespace Learning.Figures;

/// <summary>
/// How the rows of a table are keyed: by what the records <c>r</c> are grouped, and what names a group <c>n</c>. Where it is the code of one agency, course or
/// programme, the groups are named after they have been counted: they are few.
/// </summary>
/// <param name="Group">What is the same in all records of a row.</param>
/// <param name="Joins">What that needs beside the records.</param>
/// <param name="Name">What the row is called.</param>
/// <param name="NameJoins">What that needs beside the groups.</param>
internal sealed record RowKey(string Group, string Joins, string Name, string NameJoins)
{
    /// <summary>P2, T4: <c>belonging</c>, the sector of each agency on the period's last day, as far as was recorded at the instant; once for all tables by sector.</summary>
    public const string Belonging = "belonging as materialized (select id, sector from agencies_then(@to - 1, @as_at))";

    public static readonly RowKey Total = new("null::text", "", "null::text", "");

    /// <param name="column">The column of <c>n</c> that has the group.</param>
    public static RowKey Of(Breakdown by, string column, RecordSet set)
    {
        var named = $"{column}_named";
        return by switch
        {
            Breakdown.Agency => Named("r.agency_id", "", "left join agencies") with { Name = $"coalesce({named}.code, '{Breakdowns.NotKnown}')" },
            Breakdown.Sector => Plain($"coalesce(belonged.sector, '{Breakdowns.NotKnown}')", "left join belonging belonged on belonged.id = r.agency_id"),
            Breakdown.Course => Named("r.course_id", "", "join courses"),

            // A course without a level, or in no programme, has no row there; it counts in the total.
            Breakdown.Programme => Named("cp.programme_id", "join course_programmes cp on cp.course_id = r.course_id", "join programmes"),
            Breakdown.Level when set == RecordSet.Returns => Plain("r.level"),
            Breakdown.StatedBoard => Plain($"coalesce(stated.stated, '{Breakdowns.NotStated}')", "join sessions_then stated on stated.id = r.session_id"),
            Breakdown.Level => Plain("graded.level", "join courses graded on graded.id = r.course_id and graded.level is not null"),
            Breakdown.Owner => Named("owned.owner_id", "join courses owned on owned.id = r.course_id", "join agencies"),
            Breakdown.Board => Plain("r.board"),
            Breakdown.Month => Plain("to_char(r.dated, 'YYYY-MM')"),
            Breakdown.Quarter => Plain("""
                to_char(r.dated - interval '3 months', 'YYYY') || '-' || to_char(r.dated + interval '9 months', 'YY') || ' Q' || to_char(r.dated - interval '3 months', 'Q')
                """),
            _ => throw new ArgumentOutOfRangeException(nameof(by)),
        };

        RowKey Plain(string group, string joins = "") => new(group, joins, $"n.{column}", "");

        RowKey Named(string group, string joins, string names) => new(group, joins, $"{named}.code", $"{names} {named} on {named}.id = n.{column}");
    }
}
