using Learning.Database;
using Learning.Time;

namespace Learning.Records;

/// <summary>By what the people of an agency are in order.</summary>
public enum AgencySort
{
    Name,
    Department,

    /// <summary>By their last learning, those who have learnt longest ago or never first: who is out of date.</summary>
    Learning,
}

/// <summary>Whom a lead looks for among their people; null: any.</summary>
/// <param name="Words">Parts of names, addresses or notes; each has to be found.</param>
/// <param name="Agency">The code of one of their agencies; its departments count as it.</param>
public sealed record AgencyFilter(string? Words, string? Agency, AgencySort Sort, int Page)
{
    /// <summary>Everybody, by name.</summary>
    public static readonly AgencyFilter All = new(null, null, AgencySort.Name, 1);

    /// <summary>Reads what an address asks for.</summary>
    public static AgencyFilter Of(string? words, string? agency, string? sort, string? page)
    {
        var people = PeopleFilter.Of(words, agency, null, null, null, page);
        return new(people.Words, people.Agency, Learning.Database.Words.TryParse<AgencySort>(sort, out var by) ? by : AgencySort.Name, people.Page);
    }

    /// <summary>The address of the list with this filter.</summary>
    public string Address => $"/agency{Query}";

    /// <summary>The address of the same people as a file.</summary>
    public string FileAddress => $"/agency/people.csv{(this with { Page = 1 }).Query}";

    private string Query
    {
        get
        {
            var asked = new (string Name, string? Value)[] { ("q", Words), ("agency", Agency), ("sort", Sort == AgencySort.Name ? null : Sort.Word()), ("page", Page > 1 ? Page.ToString(British.Culture) : null) }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "" : $"?{string.Join('&', asked)}";
        }
    }
}
