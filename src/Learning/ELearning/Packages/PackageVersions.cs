using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages;

/// <summary>A version of a course's package, as whoever organises the course reads it.</summary>
/// <param name="By">Who imported it, where the reader may see them (S2); null: by the command, or somebody whom they may not see.</param>
/// <param name="Middle">How many learners are in the middle of it. Numbers of people only, no person.</param>
/// <param name="Withdrawn">Why it was withdrawn; null: it stands.</param>
public sealed record PackageVersion(Package Package, string? By, int Middle, int Completed, string? Withdrawn)
{
    /// <summary>The course with its versions, the newest first; null where there is no such e-learning course or it is not the actor's to organise (S1: both look the same).</summary>
    public static async Task<(Course Course, IReadOnlyList<PackageVersion> Versions)?> OfAsync(LearningDb db, string code, Actor actor, DateOnly today, CancellationToken stop = default)
    {
        if (await PackageCourse.FindAsync(db, code, actor, today, stop) is not { } course)
        {
            return null;
        }

        var visible = db.Persons.VisibleTo(actor, db, today);
        var versions = await db.Packages.AsNoTracking().Where(package => package.CourseId == course.Id).OrderByDescending(package => package.Number).Select(package => new PackageVersion(
            package, visible.Where(person => person.Id == package.ImportedBy).Select(person => person.GivenName + " " + person.FamilyName).FirstOrDefault(),
            db.LearningAttempts.Count(attempt => attempt.CourseId == course.Id && attempt.Version == package.Digest && attempt.CompletedAt == null && attempt.EndedAt == null),
            db.LearningAttempts.Count(attempt => attempt.CourseId == course.Id && attempt.Version == package.Digest && attempt.CompletedAt != null),
            db.VersionWithdrawals.Where(gone => gone.CourseId == course.Id && gone.Digest == package.Digest).Select(gone => gone.Reason).FirstOrDefault())).ToListAsync(stop);
        return (course, versions);
    }

    /// <summary>Every course that has a package, with its newest that stands.</summary>
    public static Task<List<PackagedCourse>> CoursesAsync(LearningDb db, CancellationToken stop = default) => db.Courses.Where(course => db.Packages.Any(package => package.CourseId == course.Id)).OrderBy(course => course.Title)
        .Select(course => new PackagedCourse(course.Code, course.Title, db.Packages.Where(package => package.CourseId == course.Id && !db.VersionWithdrawals.Any(gone => gone.CourseId == course.Id && gone.Digest == package.Digest))
            .OrderByDescending(package => package.Number).FirstOrDefault())).ToListAsync(stop);
}

/// <summary>A course that is a package.</summary>
/// <param name="Newest">Null: every version was withdrawn.</param>
public sealed record PackagedCourse(string Code, string Title, Package? Newest);
