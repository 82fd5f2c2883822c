namespace Learning.Records.Held;

/// <summary>A column of a section: its name for programs, and its heading for people.</summary>
/// <param name="OwnEyes">For the person alone: somebody else's report about them says only that there is something.</param>
internal sealed record Column(string Key, string Heading, bool OwnEyes = false);

/// <summary>
/// A part of what is held about somebody: one question, answered row by row. Others are in it by their role, never by name.
/// </summary>
/// <param name="Covers">The columns of the database, as table.column, through which its rows are this person's: see <see cref="Everything"/>.</param>
/// <param name="Sql">Asks for @persons, the person and whoever was merged with them (P3); a column of the answer for each of <paramref name="Columns"/>.</param>
/// <param name="Long">Has texts that fill more than a cell: each row stands by itself.</param>
internal sealed record Section(string Key, string Title, string About, IReadOnlyList<string> Covers, string Sql, IReadOnlyList<Column> Columns, bool Long = false)
{
    /// <summary>Who somebody was at an instant, as an expression: "you", "the program", or the role in which they did it.</summary>
    public static string Who(string person, string at) => $"""
        case when {person} is null then 'the program' when {person} = any(@persons) then 'you'
            else coalesce(
                (select 'somebody of the role ' || g.role from role_grants g where g.person_id = {person} and g.starts_on <= {at}::date and (g.ends_on is null or {at}::date < g.ends_on) and (g.revoked_at is null or g.revoked_at > {at})
                 order by array_position(array['business unit', 'administrator', 'chair', 'agency lead', 'subgroup member'], g.role) limit 1),
                (select 'a trainer' from session_trainers t where t.person_id = {person} limit 1), 'somebody else') end
        """;
}
