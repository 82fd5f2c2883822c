namespace Learning.Figures;

/// <summary>How a number is made of the records that are counted.</summary>
internal enum Number
{
    Records,
    Persons,
    Agencies,
    Places,

    /// <summary>Those of the last marks that say so, over all of them.</summary>
    DidNotAttend,

    /// <summary>The people with valid training that agencies returned, over those in scope.</summary>
    Valid,

    /// <summary>The scores added up, over how many there are.</summary>
    Mean,

    /// <summary>Of those who were asked, who answered.</summary>
    Answered,
}

/// <summary>One thing that is counted: the records, which of them, and how a number is made of them. A ratio is two of these, or <see cref="Number.DidNotAttend"/>, or <see cref="Number.Valid"/>.</summary>
/// <param name="Which">The condition on <c>r</c>, a record.</param>
internal sealed record Count(RecordSet Set, Number Number, string Which = "true")
{
    public const string OnlyAttendances = "r.session_id is not null";
    public const string OnlyCompletions = "r.session_id is null";

    public static readonly Count People = new(RecordSet.Attended, Number.Persons);
    public static readonly Count Attendances = new(RecordSet.Attended, Number.Records, OnlyAttendances);
    public static readonly Count AttendancesHeld = new(RecordSet.AttendedHeld, Number.Records);
    public static readonly Count Reach = new(RecordSet.CheckIns, Number.Records);
    public static readonly Count Completions = new(RecordSet.Attended, Number.Records, OnlyCompletions);
    public static readonly Count Agencies = new(RecordSet.Attended, Number.Agencies);
    public static readonly Count SessionsHeld = new(RecordSet.SessionsHeld, Number.Records);
    public static readonly Count SessionsCancelled = new(RecordSet.SessionsCancelled, Number.Records);
    public static readonly Count PlacesOffered = new(RecordSet.SessionsHeld, Number.Places);
    public static readonly Count PlacesLost = new(RecordSet.SessionsCancelled, Number.Places);
    public static readonly Count PlacesBooked = new(RecordSet.Booked, Number.Records);
    public static readonly Count DidNotAttend = new(RecordSet.LastMarks, Number.DidNotAttend);
    public static readonly Count Ratings = new(RecordSet.Ratings, Number.Mean);
    public static readonly Count Gains = new(RecordSet.Gains, Number.Mean);
    public static readonly Count Answered = new(RecordSet.Asked, Number.Answered);
    public static readonly Count Courses = new(RecordSet.Courses, Number.Records);
    public static readonly Count Compliance = new(RecordSet.Returns, Number.Valid);
    public static readonly Count Trainers = new(RecordSet.Trainers, Number.Persons);

    /// <summary>What a measure counts: its numerator, and the denominator where that is counted apart.</summary>
    public static (Count Counted, Count? Over) For(Measure measure) => measure switch
    {
        Measure.People => (People, null),
        Measure.Attendances => (Attendances, null),
        Measure.Reach => (Reach, null),
        Measure.Completions => (Completions, null),
        Measure.SessionsHeld => (SessionsHeld, null),
        Measure.SessionsCancelled => (SessionsCancelled, null),
        Measure.PlacesOffered => (PlacesOffered, null),
        Measure.PlacesBooked => (PlacesBooked, null),
        Measure.PlacesLost => (PlacesLost, null),
        Measure.FillRate => (AttendancesHeld, PlacesOffered),
        Measure.DnaRate => (DidNotAttend, null),
        Measure.AverageAttendance => (AttendancesHeld, SessionsHeld),
        Measure.EvaluationMean => (Ratings, null),
        Measure.ConfidenceGain => (Gains, null),
        Measure.Agencies => (Agencies, null),
        Measure.CoursesAvailable => (Courses, null),
        Measure.TrainersActive => (Trainers, null),
        Measure.Compliance => (Compliance, null),
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>Whether the records are of people, so that they can be told apart by agency.</summary>
    public bool KnowsAgency => Set != RecordSet.SessionsHeld;

    /// <summary>Whether it counts sessions with a signed register alone.</summary>
    public bool IsOfSessionsHeld => Set is RecordSet.AttendedHeld or RecordSet.SessionsHeld or RecordSet.Booked or RecordSet.LastMarks or RecordSet.Ratings or RecordSet.Gains or RecordSet.Asked;

    /// <summary>What is counted once although it has several records; a drill-down puts it down where it came first. Null where each record counts.</summary>
    public string? Once => Number switch { Number.Persons => "r.person_id", Number.Agencies => "r.agency_id", _ => null };
}
