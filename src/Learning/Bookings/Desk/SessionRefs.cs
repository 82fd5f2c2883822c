using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>References of sessions that are planned here: the course and the month, and where there are several in a month, a number. Readable, and never twice.</summary>
internal static class SessionRefs
{
    /// <summary>In the order of the days. The caller has locked the course, so that nobody else makes one of it meanwhile.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(LearningDb db, Course course, IEnumerable<DateOnly> days, CancellationToken stop)
    {
        var taken = (await db.Database.SqlQuery<string>($"""select upper(ref) as "Value" from sessions where starts_with(upper(ref), upper({course.Code} || '-'))""").ToListAsync(stop)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var made = new List<string>();
        foreach (var month in days.Select(day => $"{course.Code}-{day:yyyy-MM}"))
        {
            var reference = month;
            for (var number = 2; !taken.Add(reference); number++)
            {
                reference = $"{month}-{number}";
            }

            made.Add(reference);
        }

        return made;
    }
}
