using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A programme or an agency to filter by.</summary>
public sealed class FilterChoice
{
    public string Code { get; init; } = "";
    public string Name { get; init; } = "";
    public bool IsProgramme { get; init; }
}

/// <summary>The programmes and the owning agencies of the courses on offer, each by name. One statement.</summary>
public static class FilterChoices
{
    public static Task<List<FilterChoice>> ListAsync(LearningDb db, DateOnly today, CancellationToken stop = default) =>
        db.Database.SqlQuery<FilterChoice>($"""
            with offered as (select id, owner_id from courses where published_on <= {today} and (withdrawn_on is null or withdrawn_on > {today}))
            select g.code as "Code", g.title as "Name", true as "IsProgramme" from programmes g
            where exists (select 1 from course_programmes cp join offered c on c.id = cp.course_id where cp.programme_id = g.id)
            union all
            select a.code, a.name, false from agencies a where exists (select 1 from offered c where c.owner_id = a.id)
            order by 2, 1
            """).ToListAsync(stop);
}
