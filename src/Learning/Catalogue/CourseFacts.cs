using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A course as its own page shows it.</summary>
public sealed class CourseFacts
{
    public Guid Id { get; init; }
    public string Code { get; init; } = "";
    public string Title { get; init; } = "";
    public string KindWord { get; init; } = "";
    public string BoardWord { get; init; } = "";
    public string? Level { get; init; }
    public decimal? CpdHours { get; init; }
    public int? ValidityMonths { get; init; }
    public string Owner { get; init; } = "";
    public string[] Programmes { get; init; } = [];
    public DateOnly? WithdrawnOn { get; init; }

    public CourseKind Kind => Words.Parse<CourseKind>(KindWord);
    public Board Board => Words.Parse<Board>(BoardWord);

    /// <summary>Whether it is no longer offered on a day.</summary>
    public bool IsWithdrawn(DateOnly today) => WithdrawnOn <= today;

    /// <summary>The course of a code, whatever its case; null when there is none, or when it is not published yet.</summary>
    public static Task<CourseFacts?> FindAsync(LearningDb db, string code, DateOnly today, CancellationToken stop = default) =>
        db.Database.SqlQuery<CourseFacts>($"""
            select c.id as "Id", c.code as "Code", c.title as "Title", c.kind as "KindWord", c.board as "BoardWord", c.level as "Level",
                   c.cpd_hours as "CpdHours", c.validity_months as "ValidityMonths", o.name as "Owner", c.withdrawn_on as "WithdrawnOn",
                   array(select g.title from course_programmes cp join programmes g on g.id = cp.programme_id
                         where cp.course_id = c.id order by g.title) as "Programmes"
            from courses c join agencies o on o.id = c.owner_id
            where upper(c.code) = upper({code}) and c.published_on <= {today}
            limit 1
            """).SingleOrDefaultAsync(stop);
}
