using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A course by the code in its address; case matters not.</summary>
public static class CoursesByCode
{
    public static IQueryable<Course> ByCode(this DbSet<Course> courses, string code) =>
        courses.FromSql($"select * from courses where upper(code) = upper({code})");
}
