namespace Learning.Web;

/// <summary>
/// Whose site this is: the words that another partnership changes. Configuration section "Installation"; the default is the
/// demonstration's.
/// </summary>
public sealed record Installation
{
    /// <summary>The partnership's name as it signs.</summary>
    public string Partnership { get; init; } = "Southend Safeguarding Partnership";

    /// <summary>The place that it serves, as in "children and adults in Southend".</summary>
    public string Area { get; init; } = "Southend";

    /// <summary>The business unit's address.</summary>
    public string Contact { get; init; } = "unit@partnership.example";

    /// <summary>Whether the data are invented; every page then says so.</summary>
    public bool IsDemonstration { get; init; }
}
