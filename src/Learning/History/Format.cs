namespace Learning.History;

/// <summary>A column of a file of history.</summary>
/// <param name="MayBeAbsent">Written [name] in the rules; such a column may be empty, too.</param>
/// <param name="MayBeEmpty">Written name= in the rules.</param>
internal sealed record Column(string Name, bool MayBeAbsent, bool MayBeEmpty);

/// <summary>A file of the history formats, with its columns in the notation of the rules ("Import of history").</summary>
internal sealed record Format(int Order, string File, IReadOnlyList<Column> Columns)
{
    public static readonly Format Agencies = Of(0, "agencies.csv", "code,name,sector,statutory_partner,email_domains=,headcount=,[parent],[successor],[successor_from]");
    public static readonly Format People = Of(1, "people.csv", "email,given_name,family_name,agency,job_title=,workforce,level=,from,to=,[aliases]");
    public static readonly Format Programmes = Of(2, "programmes.csv", "code,title,starts_on=");
    public static readonly Format Courses = Of(3, "courses.csv", "code,title,kind,owner,boards,programmes=,validity_months=,cpd_hours=,level=,published_on,withdrawn_on=");
    public static readonly Format Sessions = Of(4, "sessions.csv", "ref,course,starts,ends,mode,venue=,capacity,status,[board],[trainers],[parent],[cancelled_at]");
    public static readonly Format Parts = Of(5, "parts.csv", "session,part,title=,starts,ends");
    public static readonly Format Bookings = Of(6, "bookings.csv", "session,email,status,booked_at,cancelled_at=,agency=");

    // The e-mail is empty for an empty seat, and only there: ReadMarks sees to it.
    public static readonly Format Attendance = Of(7, "attendance.csv", "session,email=,mark,minutes=,agency=,marked_at,[part],[seat]");
    public static readonly Format Completions = Of(8, "completions.csv", "course,email,completed_on,score=,agency=");

    public static readonly IReadOnlyList<Format> All = [Agencies, People, Programmes, Courses, Sessions, Parts, Bookings, Attendance, Completions];

    /// <summary>The order of a file that is none of these.</summary>
    public static int OtherOrder => All.Count;

    private static Format Of(int order, string file, string columns) => new(order, file,
        [.. columns.Split(',').Select(column => new Column(column.Trim('[', ']', '='), column.StartsWith('['), column.StartsWith('[') || column.EndsWith('=')))]);
}
