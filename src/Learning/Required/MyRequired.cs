using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Required;

/// <summary>How somebody stands with a course that they need.</summary>
public enum RequiredState
{
    InDate,

    /// <summary>To be done, or done again, within days; or, for who is new, by a date ahead.</summary>
    Due,
    Overdue,
}

/// <summary>A course that somebody needs.</summary>
/// <param name="HeldOn">When they learnt it last; null: never.</param>
/// <param name="Elsewhere">What counts is evidence of learning elsewhere, not what was seen here.</param>
/// <param name="By">By when it is to be done (again); null: it is held for good.</param>
/// <param name="Because">Why it is needed, in the rule's words.</param>
public sealed record RequiredCourse(Guid CourseId, string Code, string Title, bool Online, RequiredState State, DateOnly? HeldOn, bool Elsewhere, DateOnly? By, string Because);

/// <summary>What the rules ask of somebody today, the most urgent first: for themselves (S2). One statement.</summary>
public sealed class MyRequired(LearningDb db, Zone zone)
{
    public async Task<IReadOnlyList<RequiredCourse>> ListAsync(Guid person, CancellationToken stop = default)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = RequiredSql.Command((NpgsqlConnection)db.Database.GetDbConnection(), $"""
                {RequiredSql.Of("e.person_id in (select same from persons_of(@person) same)")}
                select c.id, c.code, c.title, c.kind = 'e-learning', d.state, d.held_on, d.elsewhere, d.by_day,
                    (select string_agg(distinct r.because, '; ') from required_rules r where r.course_id = c.id and r.starts_on <= @day and (r.ended_on is null or @day < r.ended_on))
                from standing d join courses c on c.id = d.course_id
                order by d.state = 'in date', d.state = 'due', d.by_day nulls last, c.title
                """, zone.Today, null);
            command.Parameters.AddWithValue("person", person);
            await using var reader = await command.ExecuteReaderAsync(stop);
            var courses = new List<RequiredCourse>();
            while (await reader.ReadAsync(stop))
            {
                courses.Add(new RequiredCourse(
                    reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), StateOf(reader.GetString(4)), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateOnly>(5), reader.GetBoolean(6),
                    reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7), reader.GetString(8)));
            }

            return courses;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    internal static RequiredState StateOf(string word) => word switch { "in date" => RequiredState.InDate, "due" => RequiredState.Due, _ => RequiredState.Overdue };
}
