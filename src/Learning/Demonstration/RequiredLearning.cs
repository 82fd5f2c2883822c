using Learning.Catalogue;
using Learning.People;
using Learning.Required;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>Which courses the demonstration partnership needs of whom, and what counts as them: likely rules, nobody's.</summary>
internal static class RequiredLearning
{
    public static async Task WriteAsync(LearningDb db, Zone zone, CancellationToken stop)
    {
        var courses = await db.Courses.ToDictionaryAsync(course => course.Code, stop);
        var year = zone.Today.AddYears(-2);
        void Add(string course, string because, Workforce? workforce = null, string? level = null, string? jobWords = null, int days = 90)
        {
            if (courses.TryGetValue(course, out var known))
            {
                db.RequiredRules.Add(new RequiredRule
                {
                    Id = Guid.CreateVersion7(), CourseId = known.Id, Workforce = workforce, Level = level, JobWords = jobWords, DueDays = days, StartsOn = year, Because = because, MadeAt = zone.StartOf(year),
                });
            }
        }

        Add("SIEB", "Everybody, in their first weeks, as the partnership agreed", days: 42);
        Add("NEGLECT", "The children\u2019s workforce, as the partnership agreed", Workforce.Children);
        Add("SELFNEG", "The adults\u2019 workforce, as the partnership agreed", Workforce.Adults);
        Add("L3REF", "Level 3: intercollegiate document for children, fourth edition, January 2019", level: "3", days: 365);
        if (courses.TryGetValue("L3REF", out var refresher))
        {
            db.CourseEquivalences.Add(new CourseEquivalence { Id = Guid.CreateVersion7(), CourseId = refresher.Id, Kind = CourseKind.Trained, Level = "3" });
        }

        await db.SaveChangesAsync(stop);
    }
}
