using System.Globalization;
using System.Text;

using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages;

/// <summary>The course that a package is a version of.</summary>
internal static class PackageCourse
{
    private const int LongestCode = 24;

    /// <summary>An e-learning course that the actor organises (S1); null: there is none.</summary>
    public static async Task<Course?> FindAsync(LearningDb db, string code, Actor actor, DateOnly today, CancellationToken stop) =>
        !code.Any(char.IsControl) && await db.Courses.ByCode(code).AsNoTracking().SingleOrDefaultAsync(stop) is { Kind: CourseKind.ELearning } course && await Organisers.MayAsync(db, actor, course.Id, today, stop) ? course : null;

    /// <summary>The same, held to the end of the transaction: two imports at once get two numbers.</summary>
    public static async Task<Course?> HoldAsync(LearningDb db, string code, CancellationToken stop) =>
        (await db.Courses.FromSql($"select * from courses where upper(code) = upper({code}) and kind = 'e-learning' for no key update").AsNoTracking().ToListAsync(stop)).SingleOrDefault();

    /// <summary>The course whose newest version this is, if any; until the end of the transaction nobody else makes a course of a package.</summary>
    public static async Task<Course?> WithNewestAsync(LearningDb db, string digest, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('course of a package'))", stop);
        return await db.Courses.FromSql($"""
            select c.* from courses c where {digest} = (
                select p.digest from packages p where p.course_id = c.id and not exists (select from version_withdrawals w where w.course_id = p.course_id and w.digest = p.digest) order by p.number desc limit 1)
            order by c.code limit 1
            """).AsNoTracking().SingleOrDefaultAsync(stop);
    }

    /// <summary>A new course, published today and the partnership's own: of the agency whose sector is the partnership, else of the one that has most e-learning. Null: there is no agency.</summary>
    public static async Task<Course?> MakeAsync(LearningDb db, string title, DateOnly today, CancellationToken stop)
    {
        var owners = await db.Database.SqlQuery<Guid>($"""
            select a.id as "Value" from agencies a where a.parent_id is null
            order by a.sector = 'Partnership' desc, (select count(*) from courses c where c.owner_id = a.id and c.kind = 'e-learning') desc, a.code limit 1
            """).ToListAsync(stop);
        if (owners is not [var owner])
        {
            return null;
        }

        var (code, taken) = (CodeOf(title), (await db.Courses.Select(course => course.Code.ToUpper()).ToListAsync(stop)).ToHashSet());
        var course = new Course
        {
            Id = Guid.CreateVersion7(), Code = Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? code : $"{code}-{number}").First(one => !taken.Contains(one)), Title = title, Kind = CourseKind.ELearning,
            OwnerId = owner, Board = Board.Joint, PublishedOn = today,
        };
        db.Courses.Add(course);
        await db.SaveChangesAsync(stop);
        return course;
    }

    /// <summary>"Golf explained: run-time" is GOLF-EXPLAINED-RUN-TIME: whole words of plain letters and numbers, as many as fit.</summary>
    internal static string CodeOf(string title)
    {
        var plain = string.Concat(title.Normalize(NormalizationForm.FormD).Where(one => CharUnicodeInfo.GetUnicodeCategory(one) != UnicodeCategory.NonSpacingMark).Select(one => char.IsAsciiLetterOrDigit(one) ? char.ToUpperInvariant(one) : ' '));
        var words = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = words.Length == 0 ? "PACKAGE" : words[0][..Math.Min(words[0].Length, LongestCode)];
        foreach (var word in words.Skip(1).TakeWhile(word => code.Length + 1 + word.Length <= LongestCode))
        {
            code += "-" + word;
        }

        return code;
    }
}
