using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>
/// Makes and ends the rules of required learning, and says what counts as a course: for the business unit. Refused field by field; a rule never changes, so that who was asked what on a day can always be told.
/// </summary>
public sealed class SetRequired(LearningDb db, Zone zone)
{
    /// <summary>Whether a rule was made; where not, <paramref name="wrong"/> was told why.</summary>
    public async Task<bool> AddAsync(TypedRule typed, Actor actor, Action<string, string> wrong, CancellationToken stop = default)
    {
        var good = actor.IsUnit;
        void Say(string field, string sentence)
        {
            good = false;
            wrong(field, sentence);
        }

        var course = await CourseAsync(typed.Course, stop);
        if (course is null)
        {
            Say("Input.Course", "Enter the code of a course that is not withdrawn");
        }

        var agency = string.IsNullOrWhiteSpace(typed.Agency) ? null : await db.Agencies.AsNoTracking().SingleOrDefaultAsync(one => one.Code == typed.Agency, stop);
        if (!string.IsNullOrWhiteSpace(typed.Agency) && agency is null)
        {
            Say("Input.Agency", "Choose an agency of the list, or all");
        }

        var (months, days, on) = RequiredRules.Read(typed, Say);
        if (!good)
        {
            return false;
        }

        var rule = new RequiredRule
        {
            Id = Guid.CreateVersion7(), CourseId = course!.Id, AgencyId = agency?.Id, Workforce = Words.TryParse<Workforce>(typed.Workforce, out var workforce) ? workforce : null, Level = Plain(typed.Level),
            JobWords = Plain(typed.JobWords), Months = months, DueDays = days, DueOn = on, StartsOn = zone.Today, Because = typed.Because!.Trim(), MadeAt = zone.Now, MadeBy = actor.PersonId,
        };
        db.RequiredRules.Add(rule);
        Note("required a course", rule.Id, actor, new { course = course.Code });
        await db.SaveChangesAsync(stop);
        return true;
    }

    /// <summary>From today on nobody needs the course by this rule; one that has ended stays as it is.</summary>
    public async Task EndAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (actor.IsUnit && await db.RequiredRules.SingleOrDefaultAsync(rule => rule.Id == id && rule.EndedOn == null, stop) is { } rule)
        {
            rule.End(zone.Today);
            Note("required a course no more", id, actor, new { });
            await db.SaveChangesAsync(stop);
        }
    }

    /// <summary>Says that another course, or every course of a kind and level, counts as one. Whether it was taken in; where not, <paramref name="wrong"/> was told why.</summary>
    public async Task<bool> CountAsync(string? code, string? other, string? kind, string? level, Actor actor, Action<string, string> wrong, CancellationToken stop = default)
    {
        var (course, counts) = (await CourseAsync(code, stop), await CourseAsync(other, stop));
        var byKind = Words.TryParse<CourseKind>(kind, out var known) && !string.IsNullOrWhiteSpace(level);
        if (course is null)
        {
            wrong("Same.Course", "Enter the code of a course that is not withdrawn");
        }
        else if (!string.IsNullOrWhiteSpace(other) && (counts is null || counts.Id == course.Id))
        {
            wrong("Same.Other", "Enter the code of another course");
        }
        else if (string.IsNullOrWhiteSpace(other) && !byKind)
        {
            wrong("Same.Other", "Enter another course, or a kind and a level");
        }
        else if (actor.IsUnit)
        {
            var (id, otherId, word, plain) = (Guid.CreateVersion7(), counts?.Id, counts is null ? known.Word() : null, counts is null ? level!.Trim() : null);
            await db.Database.ExecuteSqlAsync($"insert into course_equivalences (id, course_id, other_id, kind, level) values ({id}, {course.Id}, {otherId}, {word}, {plain}) on conflict do nothing", stop);
            Note("said what counts as a course", course.Id, actor, new { course = course.Code, other = counts?.Code, kind = word, level = plain });
            await db.SaveChangesAsync(stop);
            return true;
        }

        return false;
    }

    /// <summary>It does not count any more.</summary>
    public async Task CountNoMoreAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (actor.IsUnit && await db.CourseEquivalences.SingleOrDefaultAsync(one => one.Id == id, stop) is { } one)
        {
            db.CourseEquivalences.Remove(one);
            Note("said what does not count as a course", one.CourseId, actor, new { });
            await db.SaveChangesAsync(stop);
        }
    }

    private async Task<Course?> CourseAsync(string? code, CancellationToken stop)
    {
        var (today, written) = (zone.Today, code?.Trim());
        return string.IsNullOrWhiteSpace(written) ? null
            : await db.Courses.FromSql($"select * from courses where upper(code) = upper({written})").AsNoTracking().SingleOrDefaultAsync(course => course.WithdrawnOn == null || course.WithdrawnOn > today, stop);
    }

    private void Note(string verb, Guid subject, Actor actor, object details) =>
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "course", SubjectId = subject, Details = JsonSerializer.Serialize(details) });

    private static string? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
