using Learning.Database;
using Learning.Time;

namespace Learning.Records.Retention;

/// <summary>How far somebody on the list is.</summary>
public enum RetentionState
{
    /// <summary>They go in one of the coming nights.</summary>
    Going,

    /// <summary>The business unit keeps them.</summary>
    Kept,

    /// <summary>The last night could not erase them.</summary>
    Refused,

    /// <summary>Nobody could tell them: no address, or one that takes no mail.</summary>
    Untold,
}

/// <summary>By what the list is in order.</summary>
public enum RetentionSort
{
    Day,
    Name,
    Activity,
}

/// <summary>Whom somebody looks for among those who are going to be erased; null: any.</summary>
/// <param name="Words">Parts of names or addresses; each has to be found.</param>
public sealed record RetentionFilter(string? Words, RetentionState? State, RetentionSort Sort, int Page)
{
    /// <summary>Everybody, by the day on which they go.</summary>
    public static readonly RetentionFilter All = new(null, null, RetentionSort.Day, 1);

    /// <summary>Reads what an address asks for.</summary>
    public static RetentionFilter Of(string? words, string? state, string? sort, string? page)
    {
        var people = PeopleFilter.Of(words, null, null, null, null, page);
        return new(
            people.Words, Learning.Database.Words.TryParse<RetentionState>(state, out var found) ? found : null, Learning.Database.Words.TryParse<RetentionSort>(sort, out var by) ? by : RetentionSort.Day, people.Page);
    }

    /// <summary>The address of the list with this filter.</summary>
    public string Address => $"/manage/retention{Query}";

    /// <summary>The address of the same people as a file.</summary>
    public string FileAddress => $"/manage/retention.csv{(this with { Page = 1 }).Query}";

    private string Query
    {
        get
        {
            var asked = new (string Name, string? Value)[]
                {
                    ("q", Words), ("state", State?.Word()), ("sort", Sort == RetentionSort.Day ? null : Sort.Word()), ("page", Page > 1 ? Page.ToString(British.Culture) : null),
                }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "" : $"?{string.Join('&', asked)}";
        }
    }
}
