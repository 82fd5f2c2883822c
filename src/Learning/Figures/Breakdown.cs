using System.Runtime.Serialization;

namespace Learning.Figures;

/// <summary>What a table of a figure has a row for (one or two of them).</summary>
public enum Breakdown
{
    /// <summary>The agency of the day (P2, F4).</summary>
    Agency,
    Sector,
    Course,
    Programme,
    Month,

    /// <summary>Of the financial year.</summary>
    Quarter,
    Board,
    Level,
    Owner,

    /// <summary>The board that the session itself states; "not stated" where it counts under its course's.</summary>
    [EnumMember(Value = "stated-board")]
    StatedBoard,
}

/// <summary>What follows from the breakdown alone.</summary>
public static class Breakdowns
{
    /// <summary>The key of a row that sums over this breakdown.</summary>
    public const string Total = "*";

    /// <summary>The key where the agency is not known (P2).</summary>
    public const string NotKnown = "not known";

    /// <summary>The key where a session does not state its board.</summary>
    public const string NotStated = "not stated";

    /// <summary>Whether a measure's records can be put into its rows.</summary>
    public static bool Fits(this Breakdown by, Measure measure) => by switch
    {
        Breakdown.Agency or Breakdown.Sector => measure.KnowsAgency(),
        Breakdown.Month or Breakdown.Quarter => measure.KnowsDate(),
        Breakdown.StatedBoard => measure.IsOfSessions(),
        Breakdown.Level => true,
        _ => measure.KnowsCourse(),
    };

    /// <summary>Whether its rows follow each other in time; others are read largest first.</summary>
    public static bool InOrderOfTime(this Breakdown by) => by is Breakdown.Month or Breakdown.Quarter;
}
