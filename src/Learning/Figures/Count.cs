namespace Learning.Figures;

/// <summary>One thing that is counted: the records that a scope lets through, and how a number is made of them. A ratio is two of these, or one with <see cref="Of"/>.</summary>
/// <param name="Value">The aggregate over <c>records r</c>.</param>
/// <param name="Of">The denominator over the same records, where there is one.</param>
/// <param name="Distinct">What is counted once although it has several records; a drill-down puts it down where it came first.</param>
internal sealed record Count(Func<Scope, string> Records, string Value, string? Of = null, string? Distinct = null)
{
    public static readonly Count People = new(scope => Figures.Records.Attended(scope, true, true), "count(distinct r.person_id)", Distinct: "r.person_id");
    public static readonly Count Attendances = new(scope => Figures.Records.Attended(scope, true, false), "count(*)");
    public static readonly Count AttendancesHeld = new(scope => Figures.Records.Attended(scope, true, false, held: true), "count(*)");
    public static readonly Count Completions = new(scope => Figures.Records.Attended(scope, false, true), "count(*)");
    public static readonly Count Agencies = new(scope => Figures.Records.Attended(scope, true, true), "count(distinct r.agency_id)", Distinct: "r.agency_id");
    public static readonly Count SessionsHeld = new(scope => Figures.Records.Sessions(scope, cancelled: false), "count(*)");
    public static readonly Count SessionsCancelled = new(scope => Figures.Records.Sessions(scope, cancelled: true), "count(*)");
    public static readonly Count PlacesOffered = new(scope => Figures.Records.Sessions(scope, cancelled: false), "coalesce(sum(r.places), 0)");
    public static readonly Count PlacesLost = new(scope => Figures.Records.Sessions(scope, cancelled: true), "coalesce(sum(r.places), 0)");
    public static readonly Count PlacesBooked = new(Figures.Records.Booked, "count(*)");
    public static readonly Count DidNotAttend = new(Figures.Records.LastMarks, "count(*) filter (where r.dna)", Of: "count(*)");
    public static readonly Count Courses = new(Figures.Records.Courses, "count(*)");
    public static readonly Count Trainers = new(Figures.Records.Trainers, "count(distinct r.person_id)", Distinct: "r.person_id");

    /// <summary>What a measure counts: its numerator, and the denominator where that is counted apart.</summary>
    public static (Count Counted, Count? Over) For(Measure measure) => measure switch
    {
        Measure.People => (People, null),
        Measure.Attendances => (Attendances, null),
        Measure.Completions => (Completions, null),
        Measure.SessionsHeld => (SessionsHeld, null),
        Measure.SessionsCancelled => (SessionsCancelled, null),
        Measure.PlacesOffered => (PlacesOffered, null),
        Measure.PlacesBooked => (PlacesBooked, null),
        Measure.PlacesLost => (PlacesLost, null),
        Measure.FillRate => (AttendancesHeld, PlacesOffered),
        Measure.DnaRate => (DidNotAttend, null),
        Measure.AverageAttendance => (AttendancesHeld, SessionsHeld),
        Measure.Agencies => (Agencies, null),
        Measure.CoursesAvailable => (Courses, null),
        Measure.TrainersActive => (Trainers, null),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>Whether the records are of people, so that they can be told apart by agency.</summary>
    public bool KnowsAgency => this != SessionsHeld && this != PlacesOffered;
}
