using Learning.Time;

namespace Learning.Figures.Drafts;

/// <summary>A code that the builder suggests, with what it is called and the id of its list.</summary>
public sealed record KnownCode(string List, string Code, string Name);

/// <summary>The codes that the builder suggests while somebody types, list by list.</summary>
public sealed class KnownCodes(LearningDb db, Zone zone)
{
    /// <summary>Of programmes, courses, agencies and sectors as they are today.</summary>
    public async Task<IReadOnlyList<KnownCode>> AllAsync(CancellationToken stop)
    {
        var names = await KnownNames.ReadAsync(db, zone.Today, zone.Now, stop);
        return
        [
            .. Sorted(names.Programmes.Values.Select(programme => new KnownCode("known-programmes", programme.Code, programme.Title))),
            .. Sorted(names.Courses.Values.Select(course => new KnownCode("known-courses", course.Code, course.Title))),
            .. Sorted(names.Agencies.Values.Select(agency => new KnownCode("known-agencies", agency.Code, agency.Name))),
            .. Sorted(names.Agencies.Values.Select(agency => agency.Sector).Distinct().Select(sector => new KnownCode("known-sectors", sector, sector))),
        ];
    }

    private static IEnumerable<KnownCode> Sorted(IEnumerable<KnownCode> codes) => codes.OrderBy(code => code.Name, StringComparer.OrdinalIgnoreCase);
}
