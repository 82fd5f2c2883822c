using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>A rule in words, with the course it asks for.</summary>
public sealed record RuleSeen(Guid Id, string Code, string Title, string? Agency, string? Workforce, string? Level, string? JobWords, int? Months, int? DueDays, DateOnly? DueOn, DateOnly StartsOn, DateOnly? EndedOn, string Because)
{
    /// <summary>"everybody", "level 3 of children’s workforce at Essex Police whose job title has “social worker”".</summary>
    public string Who
    {
        get
        {
            string[] parts =
            [
                Level is null ? "" : $"level {Level}", Workforce is null ? "" : $"workforce {Workforce}", JobWords is null ? "" : $"job title with “{JobWords}”", Agency is null ? "" : Agency,
            ];
            var said = string.Join(", ", parts.Where(part => part.Length > 0));
            return said.Length == 0 ? "Everybody" : char.ToUpper(said[0], British.Culture) + said[1..];
        }
    }

    public string When => DueOn is { } on ? $"by {British.DateWithoutDay(on)}" : $"{British.Count(DueDays ?? 0, "day")} after joining";
}

/// <summary>What counts as a course, in words.</summary>
public sealed record CountsSeen(Guid Id, string Code, string Title, string? Other, string? Kind, string? Level);

/// <summary>The hours of a level, as an edition of a framework says them.</summary>
public sealed record LevelHours(string Level, string Framework, string Edition, string Hours, int Months);

/// <summary>The rules of required learning, those that run first; what else counts; and what each framework says of levels and hours. About no person.</summary>
public sealed class RequiredList(LearningDb db)
{
    public Task<List<RuleSeen>> RulesAsync(CancellationToken stop = default) => db.Database.SqlQuery<RuleSeen>($"""
        select r.id as "Id", c.code as "Code", c.title as "Title", a.name as "Agency", r.workforce as "Workforce", r.level as "Level", r.job_words as "JobWords", coalesce(r.months, c.validity_months) as "Months", r.due_days as "DueDays",
            r.due_on as "DueOn", r.starts_on as "StartsOn", r.ended_on as "EndedOn", r.because as "Because"
        from required_rules r join courses c on c.id = r.course_id left join agencies a on a.id = r.agency_id
        order by r.ended_on is not null, c.title, r.made_at
        """).ToListAsync(stop);

    public Task<List<CountsSeen>> CountsAsync(CancellationToken stop = default) => db.Database.SqlQuery<CountsSeen>($"""
        select q.id as "Id", c.code as "Code", c.title as "Title", o.title as "Other", q.kind as "Kind", q.level as "Level"
        from course_equivalences q join courses c on c.id = q.course_id left join courses o on o.id = q.other_id order by c.title, o.title, q.kind, q.level
        """).ToListAsync(stop);

    public Task<List<LevelHours>> HoursAsync(CancellationToken stop = default) => db.Database.SqlQuery<LevelHours>($"""
        select l.name as "Level", h.framework as "Framework", h.edition as "Edition", h.hours as "Hours", h.months as "Months"
        from training_level_hours h join training_levels l on l.code = h.level_code order by h.framework desc, h.edition, l.place
        """).ToListAsync(stop);
}
