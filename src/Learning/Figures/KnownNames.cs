using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>What the codes of a definition mean in this database: agencies with their departments, programmes, courses.</summary>
public sealed class KnownNames
{
    public sealed record KnownAgency(Guid Id, string Code, string Name, string Sector, Guid? ParentId);

    public sealed record KnownProgramme(Guid Id, string Code, string Title, DateOnly? StartsOn);

    public sealed record KnownCourse(Guid Id, string Code, string Title, CourseKind Kind, Guid OwnerId);

    private readonly ILookup<Guid, Guid> coursesOf;
    private readonly ILookup<Guid?, Guid> departmentsOf;

    private KnownNames(IReadOnlyList<KnownAgency> agencies, IReadOnlyList<KnownProgramme> programmes, IReadOnlyList<KnownCourse> courses, IEnumerable<CourseProgramme> links, IEnumerable<string> sectors, IEnumerable<string> levels)
    {
        Agencies = agencies.ToDictionary(agency => agency.Code, StringComparer.OrdinalIgnoreCase);
        Programmes = programmes.ToDictionary(programme => programme.Code, StringComparer.OrdinalIgnoreCase);
        Courses = courses.ToDictionary(course => course.Code, StringComparer.OrdinalIgnoreCase);
        Sectors = sectors.DistinctBy(sector => sector.ToUpperInvariant()).ToDictionary(sector => sector, StringComparer.OrdinalIgnoreCase);
        Levels = levels.ToDictionary(level => level, StringComparer.OrdinalIgnoreCase);
        coursesOf = links.ToLookup(link => link.ProgrammeId, link => link.CourseId);
        departmentsOf = agencies.ToLookup(agency => agency.ParentId, agency => agency.Id);
    }

    public IReadOnlyDictionary<string, KnownAgency> Agencies { get; }
    public IReadOnlyDictionary<string, KnownProgramme> Programmes { get; }
    public IReadOnlyDictionary<string, KnownCourse> Courses { get; }
    public IReadOnlyDictionary<string, string> Sectors { get; }

    /// <summary>The levels that agencies return for.</summary>
    public IReadOnlyDictionary<string, string> Levels { get; }

    /// <summary>
    /// Reads them all: a few thousand short rows, once for all that a report says of a period. Agencies are those of its last day, with the name, sector and parent that they had then, as far as was
    /// recorded at the instant: a rename, or a move to another parent, changes nothing of the years before it (P2, T4).
    /// </summary>
    public static async Task<KnownNames> ReadAsync(LearningDb db, DateOnly lastDay, DateTimeOffset asAt, CancellationToken stop) => new(
        await db.Database.SqlQuery<KnownAgency>($"""
            select id as "Id", code as "Code", name as "Name", sector as "Sector", parent_id as "ParentId" from agencies_then({lastDay}, {asAt.ToUniversalTime()})
            """).ToListAsync(stop),
        await db.Programmes.Select(programme => new KnownProgramme(programme.Id, programme.Code, programme.Title, programme.StartsOn)).ToListAsync(stop),
        await db.Courses.Select(course => new KnownCourse(course.Id, course.Code, course.Title, course.Kind, course.OwnerId)).ToListAsync(stop),
        await db.CourseProgrammes.AsNoTracking().ToListAsync(stop),
        // Also one that no agency is of any more: a report that was signed with it is counted again by it (F8).
        await db.Database.SqlQuery<string>($"select distinct sector as \"Value\" from agency_history order by 1").ToListAsync(stop),
        await db.Database.SqlQuery<string>($"select code as \"Value\" from training_levels order by place").ToListAsync(stop));

    /// <summary>The courses of a programme.</summary>
    public IEnumerable<Guid> CoursesOf(Guid programme) => coursesOf[programme];

    /// <summary>An agency and all its departments, however deep.</summary>
    public IEnumerable<Guid> WithDepartments(Guid agency)
    {
        var found = new HashSet<Guid> { agency };
        var next = new Queue<Guid>([agency]);
        while (next.TryDequeue(out var parent))
        {
            foreach (var department in departmentsOf[parent].Where(found.Add))
            {
                next.Enqueue(department);
            }
        }

        return found;
    }

    /// <summary>How a row's key is read: an agency by its name, a course by its title; other keys are words already.</summary>
    public string NameOf(Breakdown by, string key) => by switch
    {
        Breakdown.Agency or Breakdown.Owner => Agencies.TryGetValue(key, out var agency) ? agency.Name : key,
        Breakdown.Course => Courses.TryGetValue(key, out var course) ? course.Title : key,
        Breakdown.Programme => Programmes.TryGetValue(key, out var programme) ? programme.Title : key,
        _ => key,
    };
}
