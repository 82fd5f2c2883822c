using Learning.Time;
using Learning.Web;

namespace Learning.Figures.Drafts;

/// <summary>The codes that the builder suggests while somebody types, by the id of the list.</summary>
public sealed class KnownCodes(LearningDb db, Zone zone)
{
    /// <summary>Of programmes, courses, agencies and sectors as they are today.</summary>
    public async Task<IReadOnlyList<(string Id, IReadOnlyList<Option> Codes)>> AllAsync(CancellationToken stop)
    {
        var names = await KnownNames.ReadAsync(db, new Period(zone.Today, zone.Today.AddDays(1)), zone.Now, stop);
        return
        [
            ("known-programmes", Sorted(names.Programmes.Values.Select(programme => new Option(programme.Code, programme.Title)))),
            ("known-courses", Sorted(names.Courses.Values.Select(course => new Option(course.Code, course.Title)))),
            ("known-agencies", Sorted(names.Agencies.Values.Select(agency => new Option(agency.Code, agency.Name)))),
            ("known-sectors", Sorted(names.Agencies.Values.Select(agency => agency.Sector).Distinct().Select(sector => new Option(sector, sector)))),
        ];
    }

    private static IReadOnlyList<Option> Sorted(IEnumerable<Option> options) => [.. options.OrderBy(option => option.Words, StringComparer.OrdinalIgnoreCase)];
}
