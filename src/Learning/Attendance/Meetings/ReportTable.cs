using System.Text.RegularExpressions;

namespace Learning.Attendance.Meetings;

/// <summary>What a column of a report says.</summary>
internal enum ReportColumn
{
    Name,
    GivenName,
    FamilyName,
    Email,

    /// <summary>What somebody registered with for a webinar: rather than the address of the account that they came with.</summary>
    RegistrationEmail,

    /// <summary>The name of an account, mostly an address.</summary>
    AccountName,
    From,
    To,
    Duration,
    Waiting,
    Attended,
    Role,

    /// <summary>Joined or left: a list of events, each at one time.</summary>
    Action,
    At,
}

/// <summary>The headings of one table of a report, and where each stands. Pure.</summary>
/// <param name="Universal">Its times are of UTC.</param>
/// <param name="Totals">A row is a person, with the first joining, the last leaving and a total between them; else a row is one joining.</param>
internal sealed partial record ReportTable(IReadOnlyDictionary<ReportColumn, int> Places, int Width, bool Universal, bool Totals, string Kind)
{
    private static readonly Dictionary<string, ReportColumn> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = ReportColumn.Name, ["full name"] = ReportColumn.Name, ["name (original name)"] = ReportColumn.Name, ["user name (original name)"] = ReportColumn.Name, ["user name"] = ReportColumn.Name,
        ["display name"] = ReportColumn.Name, ["participant"] = ReportColumn.Name, ["participant name"] = ReportColumn.Name, ["first name"] = ReportColumn.GivenName, ["last name"] = ReportColumn.FamilyName,
        ["email"] = ReportColumn.Email, ["e-mail"] = ReportColumn.Email, ["user email"] = ReportColumn.Email, ["email address"] = ReportColumn.Email, ["registration email"] = ReportColumn.RegistrationEmail,
        ["participant id (upn)"] = ReportColumn.AccountName, ["upn"] = ReportColumn.AccountName,
        ["first join"] = ReportColumn.From, ["first join time"] = ReportColumn.From, ["join time"] = ReportColumn.From, ["time joined"] = ReportColumn.From,
        ["last leave"] = ReportColumn.To, ["last leave time"] = ReportColumn.To, ["leave time"] = ReportColumn.To, ["time exited"] = ReportColumn.To, ["time left"] = ReportColumn.To,
        ["in-meeting duration"] = ReportColumn.Duration, ["duration"] = ReportColumn.Duration, ["duration (minutes)"] = ReportColumn.Duration, ["time in session (minutes)"] = ReportColumn.Duration,
        ["total duration (minutes)"] = ReportColumn.Duration, ["in waiting room"] = ReportColumn.Waiting, ["attended"] = ReportColumn.Attended, ["role"] = ReportColumn.Role,
        ["user action"] = ReportColumn.Action, ["timestamp"] = ReportColumn.At,
    };

    /// <summary>Whether it has a time of joining and one of leaving.</summary>
    public bool HasJoins => Places.ContainsKey(ReportColumn.From) && Places.ContainsKey(ReportColumn.To);

    /// <summary>Whether it is a list of events.</summary>
    public bool HasEvents => Places.ContainsKey(ReportColumn.Action) && Places.ContainsKey(ReportColumn.At);

    /// <summary>The last place that a row cannot do without.</summary>
    public int Needed => Places.Where(place => place.Key is ReportColumn.Name or ReportColumn.From or ReportColumn.To or ReportColumn.Action or ReportColumn.At).Max(place => place.Value);

    public int this[ReportColumn column] => Places.GetValueOrDefault(column, -1);

    /// <summary>The table that a row is the head of: it says who, and when or for how long; null: it is none.</summary>
    public static ReportTable? Of(ReportRow row)
    {
        var (places, universal) = (new Dictionary<ReportColumn, int>(), false);
        for (var place = 0; place < row.Cells.Count; place++)
        {
            // "First Join (UTC)" is a first joining.
            var heading = Spaces().Replace(row[place], " ");
            if (heading.EndsWith(" (UTC)", StringComparison.OrdinalIgnoreCase))
            {
                (heading, universal) = (heading[..^6], true);
            }

            if (Headings.TryGetValue(heading, out var column))
            {
                places.TryAdd(column, place);
            }
        }

        bool Has(params ReportColumn[] columns) => Array.Exists(columns, places.ContainsKey);
        bool Said(string part) => row.Cells.Any(cell => cell.Contains(part, StringComparison.OrdinalIgnoreCase));
        return Has(ReportColumn.Name, ReportColumn.GivenName) && (Has(ReportColumn.From, ReportColumn.To, ReportColumn.Action) || (Has(ReportColumn.Duration) && !Said("participants")))
            ? new ReportTable(
                places, row.Cells.Count, universal, Said("first join") || Said("time joined") || Said("time exited"),
                Said("time joined") || Said("time exited") || (Said("first name") && !Said("attended") && !Said("registration")) ? "meet"
                : Said("original name") || Said("user email") || Said("(minutes)") || Said("user name") || Said("waiting room") ? "zoom"
                : "teams")
            : null;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
