using Learning.Database;

using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>Writes programmes and courses.</summary>
internal static class WriteCatalogue
{
    public static async Task<IReadOnlyList<ImportCount>> ToAsync(NpgsqlConnection connection, Story story, CancellationToken stop) =>
        [await ProgrammesAsync(connection, story, stop), .. await CoursesAsync(connection, story, stop)];

    private static async Task<ImportCount> ProgrammesAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var programmes = story.Programmes.All.Values.Where(programme => programme.IsTold || programme.IsMetOnly).ToList();
        await connection.StageAsync<ToldProgramme>("import_programmes", programmes,
        [
            new("id", Uuid, programme => programme.Id), new("code", Text, programme => programme.Code), new("title", Text, programme => programme.Title),
            new("starts_on", Date, programme => programme.StartsOn),
        ], stop);
        var added = await connection.ExecuteAsync("""
            insert into programmes (id, code, title, starts_on) select id, code, title, starts_on from import_programmes i where not exists (select from programmes p where p.id = i.id)
            """, [], stop);
        var changed = await connection.ExecuteAsync("""
            update programmes p set title = i.title, starts_on = i.starts_on from import_programmes i where p.id = i.id and (p.title, p.starts_on) is distinct from (i.title, i.starts_on)
            """, [], stop);
        return new("programmes", programmes.Count, added, changed);
    }

    private static async Task<IReadOnlyList<ImportCount>> CoursesAsync(NpgsqlConnection connection, Story story, CancellationToken stop)
    {
        var courses = story.Courses.All.Values.Where(course => course.IsTold).OrderBy(course => course.Line).ToList();
        await connection.StageAsync<ToldCourse>("import_courses", courses,
        [
            new("id", Uuid, course => course.Id), new("code", Text, course => course.Code), new("title", Text, course => course.Title), new("kind", Text, course => course.Kind!.Value.Word()),
            new("owner_id", Uuid, course => course.Owner!.Id), new("board", Text, course => course.Board!.Value.Word()), new("level", Text, course => course.Level),
            new("validity_months", Integer, course => course.ValidityMonths), new("cpd_hours", Numeric, course => course.CpdHours),
            new("published_on", Date, course => course.PublishedOn), new("withdrawn_on", Date, course => course.WithdrawnOn),
        ], stop);
        var added = await connection.ExecuteAsync("""
            insert into courses (id, code, title, kind, owner_id, board, level, validity_months, cpd_hours, published_on, withdrawn_on)
            select id, code, title, kind, owner_id, board, level, validity_months, cpd_hours, published_on, withdrawn_on from import_courses i
            where not exists (select from courses c where c.id = i.id)
            """, [], stop);
        var changed = await connection.ExecuteAsync("""
            update courses c set title = i.title, kind = i.kind, owner_id = i.owner_id, board = i.board, level = i.level, validity_months = i.validity_months, cpd_hours = i.cpd_hours,
                published_on = i.published_on, withdrawn_on = i.withdrawn_on
            from import_courses i
            where c.id = i.id and (c.title, c.kind, c.owner_id, c.board, c.level, c.validity_months, c.cpd_hours, c.published_on, c.withdrawn_on)
                is distinct from (i.title, i.kind, i.owner_id, i.board, i.level, i.validity_months, i.cpd_hours, i.published_on, i.withdrawn_on)
            """, [], stop);
        var links = courses.SelectMany(course => course.Programmes.Select(programme => (Course: course.Id, Programme: programme.Id))).ToList();
        await connection.StageAsync<(Guid Course, Guid Programme)>("import_course_programmes", links, [new("course_id", Uuid, row => row.Course), new("programme_id", Uuid, row => row.Programme)], stop);
        var removed = await connection.ExecuteAsync("""
            delete from course_programmes p using import_courses i where p.course_id = i.id and (p.course_id, p.programme_id) not in (select course_id, programme_id from import_course_programmes)
            """, [], stop);
        var linked = await connection.ExecuteAsync("insert into course_programmes (course_id, programme_id) select course_id, programme_id from import_course_programmes on conflict do nothing", [], stop);
        return [new("courses", courses.Count, added, changed), new("courses of programmes", links.Count, linked, removed)];
    }
}
