using Learning.Catalogue;
using Learning.People;

namespace Learning.History;

// What the folder tells of, joined with what the system knows already. A value that is null was empty, or was wrong and is said elsewhere: nothing more is asked of it.

/// <summary>Anything with a name: in the system already, told of by a row of the folder, or both.</summary>
internal abstract class Named
{
    public required Guid Id { get; set; }
    public bool InSystem { get; set; }

    /// <summary>The line that tells of it in its file; 0: none does.</summary>
    public int Line { get; set; }

    public bool IsTold => Line > 0;
}

internal sealed class ToldAgency : Named
{
    public required string Code { get; init; }
    public string? Name { get; set; }
    public string? Sector { get; set; }
    public bool? StatutoryPartner { get; set; }
    public IReadOnlyList<string> Domains { get; set; } = [];
    public int? Headcount { get; set; }
    public ToldAgency? Parent { get; set; }
    public Place ParentPlace { get; set; }
    public ToldAgency? Successor { get; set; }
    public DateOnly? SuccessorFrom { get; set; }
    public Place SuccessorPlace { get; set; }
}

internal sealed class ToldPerson : Named
{
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public HashSet<string> Emails { get; } = [];
    public List<ToldEmployment> Employments { get; } = [];

    /// <summary>Those that the system has.</summary>
    public List<KnownEmployment> Known { get; } = [];

    /// <summary>Another row's alias showed that the two are one person; this is the other.</summary>
    public ToldPerson? JoinedTo { get; set; }

    public bool SharesNameWith(ToldPerson other) =>
        string.Equals(GivenName, other.GivenName, StringComparison.OrdinalIgnoreCase) && string.Equals(FamilyName, other.FamilyName, StringComparison.OrdinalIgnoreCase);
}

internal sealed record ToldEmployment(
    string Email, ToldAgency? Agency, string? JobTitle, Workforce? Workforce, string? Level, DateOnly? From, DateOnly? To, bool ToIsWrong, int Line, Place Place, Place FromPlace);

/// <param name="Decided">Somebody decided here what it says: the folder leaves it alone.</param>
internal sealed record KnownEmployment(Guid Agency, DateOnly From, DateOnly? To, bool Decided);

internal sealed class ToldProgramme : Named
{
    public required string Code { get; init; }
    public string? Title { get; set; }
    public DateOnly? StartsOn { get; set; }

    /// <summary>Met in courses.csv only: made, and left alone where it is there.</summary>
    public bool IsMetOnly { get; set; }
}

internal sealed class ToldCourse : Named
{
    public required string Code { get; init; }
    public string? Title { get; set; }
    public CourseKind? Kind { get; set; }
    public ToldAgency? Owner { get; set; }
    public Board? Board { get; set; }
    public IReadOnlyList<ToldProgramme> Programmes { get; set; } = [];
    public int? ValidityMonths { get; set; }
    public decimal? CpdHours { get; set; }
    public string? Level { get; set; }
    public DateOnly? PublishedOn { get; set; }
    public DateOnly? WithdrawnOn { get; set; }
}

/// <summary>How a session went, as the folder says it.</summary>
internal enum ToldStatus
{
    Planned,
    Held,
    Cancelled,
}

internal sealed class ToldSession : Named
{
    public required string Ref { get; init; }
    public ToldCourse? Course { get; set; }
    public DateTime? StartsLocal { get; set; }
    public DateTime? EndsLocal { get; set; }
    public DateTimeOffset? StartsAt { get; set; }
    public DateTimeOffset? EndsAt { get; set; }
    public SessionMode? Mode { get; set; }
    public string? Venue { get; set; }
    public int? Capacity { get; set; }
    public ToldStatus? Status { get; set; }
    public Board? Board { get; set; }
    public IReadOnlyList<ToldPerson> Trainers { get; set; } = [];
    public ToldSession? Parent { get; set; }

    /// <summary>The round of the conference that a workshop is in, in the system; the formats know none.</summary>
    public Guid? Round { get; init; }
    public DateTimeOffset? CancelledAt { get; set; }
    public Place TimesPlace { get; set; }
    public Place CapacityPlace { get; set; }
    public Place ParentPlace { get; set; }
    public Place StatusPlace { get; set; }

    /// <summary>Held, or cancelled, with more people than places (H5).</summary>
    public bool BeyondRules { get; set; }

    /// <summary>In the system, before this import: places, marks, and whether anything was ever signed.</summary>
    public bool WasMarked { get; set; }
    public bool WasSigned { get; set; }

    public SortedDictionary<int, ToldPart> Parts { get; } = [];

    /// <summary>A row of parts.csv that may be about this session is wrong, so that its parts are not known.</summary>
    public bool PartsAreUncertain { get; set; }

    /// <summary>When the first part starts: a session starts and ends with its parts (T1).</summary>
    public DateTime FirstStart => Parts.Values.Min(part => part.StartsLocal!.Value);

    /// <summary>The local date on which the last part starts (T3).</summary>
    public DateOnly CountedOn => DateOnly.FromDateTime(Parts.Values.Max(part => part.StartsLocal!.Value));
}

internal sealed class ToldPart : Named
{
    public required int Number { get; init; }
    public string? Title { get; set; }
    public DateTime? StartsLocal { get; set; }
    public DateTime? EndsLocal { get; set; }
    public Place StartsPlace { get; set; }
    public Place EndsPlace { get; set; }
}

/// <summary>The statuses of a booking in the folder.</summary>
internal enum ToldBookingStatus
{
    Confirmed,
    Waiting,
    Cancelled,
}

internal sealed class ToldBooking
{
    public Guid Id { get; set; }
    public required ToldSession Session { get; init; }
    public required ToldPerson Person { get; init; }
    public ToldBookingStatus? Status { get; init; }
    public DateTimeOffset? BookedAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public ToldAgency? Agency { get; init; }
    public required int Line { get; init; }
    public required Place Place { get; init; }
    public bool BeyondRules { get; set; }

    /// <summary>Its state in the system; null: it is not there yet.</summary>
    public Bookings.BookingState? Was { get; set; }

    /// <summary>Whether the folder gives it a place, or a wait for one.</summary>
    public bool IsLive => Status is ToldBookingStatus.Confirmed or ToldBookingStatus.Waiting;

    /// <summary>Its state once the folder is imported: what the system has moved on from does not come back (H2).</summary>
    public Bookings.BookingState Becomes => (Was, Status) switch
    {
        (null, ToldBookingStatus.Confirmed) or (Bookings.BookingState.Requested or Bookings.BookingState.Waiting, ToldBookingStatus.Confirmed) => Bookings.BookingState.Confirmed,
        (null, ToldBookingStatus.Waiting) => Bookings.BookingState.Waiting,
        (null, _) => Bookings.BookingState.Cancelled,
        (Bookings.BookingState.Requested or Bookings.BookingState.Waiting or Bookings.BookingState.Offered or Bookings.BookingState.Confirmed, ToldBookingStatus.Cancelled) => Bookings.BookingState.Cancelled,
        ({ } was, _) => was,
    };
}

internal sealed record ToldMark(
    ToldSession Session, ToldPerson? Person, string? Seat, Attendance.MarkKind Kind, int? Minutes, ToldPerson? Substitute, ToldAgency? Agency, DateTimeOffset MarkedAt, int? Part, int Line);

internal sealed record ToldCompletion(ToldCourse Course, ToldPerson Person, DateOnly On, decimal? Score, ToldAgency? Agency, int Line);
