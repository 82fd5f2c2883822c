using System.Runtime.Serialization;

namespace Learning.Figures;

/// <summary>What a figure counts (rule F2, fixed). Each has one definition in words under content/figures/ and one home in code.</summary>
public enum Measure
{
    /// <summary>Distinct persons with an attendance that meets A7, or a completion.</summary>
    People,

    /// <summary>(Person, session) pairs that meet A7, signed or not.</summary>
    Attendances,

    /// <summary>Check-ins without an account at awareness events (C3): never "trained".</summary>
    Reach,
    Completions,

    /// <summary>Sessions with a signed register.</summary>
    [EnumMember(Value = "sessions_held")]
    SessionsHeld,

    /// <summary>By the date that they were planned for.</summary>
    [EnumMember(Value = "sessions_cancelled")]
    SessionsCancelled,

    /// <summary>Capacity of sessions held.</summary>
    [EnumMember(Value = "places_offered")]
    PlacesOffered,

    /// <summary>Bookings of sessions held that were confirmed at the start.</summary>
    [EnumMember(Value = "places_booked")]
    PlacesBooked,

    /// <summary>Capacity of sessions cancelled.</summary>
    [EnumMember(Value = "places_lost")]
    PlacesLost,

    /// <summary>Attendances of sessions held / places offered.</summary>
    [EnumMember(Value = "fill_rate")]
    FillRate,

    /// <summary>Did not attend / all last marks of sessions held.</summary>
    [EnumMember(Value = "dna_rate")]
    DnaRate,

    /// <summary>Attendances of sessions held / sessions held.</summary>
    [EnumMember(Value = "average_attendance")]
    AverageAttendance,

    /// <summary>Distinct agencies with an attendance or a completion.</summary>
    Agencies,

    /// <summary>Courses published on the period's last day.</summary>
    [EnumMember(Value = "courses_available")]
    CoursesAvailable,

    /// <summary>The mean of the scores, 1 to 5, that those who attended a session held, or completed a course, gave straight after it.</summary>
    [EnumMember(Value = "evaluation_mean")]
    EvaluationMean,

    /// <summary>How much surer of themselves those became who said before and after: each with themselves.</summary>
    [EnumMember(Value = "confidence_gain")]
    ConfidenceGain,

    /// <summary>Distinct trainers named on sessions, not cancelled, that are dated in the twelve months to the period's last day.</summary>
    [EnumMember(Value = "trainers_active")]
    TrainersActive,

    /// <summary>People in scope whose training at a level is valid on a date / people in scope, as agencies returned it (C2).</summary>
    Compliance,
}

/// <summary>What follows from the measure alone.</summary>
public static class Measures
{
    /// <summary>What one of it is called, in the plural; a share has none.</summary>
    public static string Unit(this Measure measure) => measure switch
    {
        Measure.People => "people",
        Measure.Attendances => "attendances",
        Measure.Reach => "check-ins",
        Measure.Completions => "completions",
        Measure.SessionsHeld or Measure.SessionsCancelled => "sessions",
        Measure.PlacesOffered or Measure.PlacesBooked or Measure.PlacesLost => "places",
        Measure.FillRate or Measure.DnaRate or Measure.Compliance => "ratio",
        Measure.AverageAttendance => "attendances per session",
        Measure.EvaluationMean => "of 5",
        Measure.ConfidenceGain => "points of 5",
        Measure.Agencies => "agencies",
        Measure.CoursesAvailable => "courses",
        Measure.TrainersActive => "trainers",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>A numerator over a denominator (F3).</summary>
    public static bool IsRatio(this Measure measure) => measure is Measure.FillRate or Measure.DnaRate or Measure.AverageAttendance or Measure.Compliance || measure.IsOfEvaluations();

    /// <summary>Of what people said when they were asked: it goes with how many were, and how many answered; who they are is not shown.</summary>
    public static bool IsOfEvaluations(this Measure measure) => measure is Measure.EvaluationMean or Measure.ConfidenceGain;

    /// <summary>Whether a sentence about it has to say that it is an average (C1).</summary>
    public static bool IsAverage(this Measure measure) => measure == Measure.AverageAttendance || measure.IsOfEvaluations();

    /// <summary>A ratio that is read as a percentage.</summary>
    public static bool IsShare(this Measure measure) => measure is Measure.FillRate or Measure.DnaRate or Measure.Compliance;

    /// <summary>Whether its records are of people, each with an agency (P2).</summary>
    public static bool KnowsAgency(this Measure measure) => measure
        is Measure.People or Measure.Attendances or Measure.Reach or Measure.Completions or Measure.Agencies or Measure.PlacesBooked
        or Measure.DnaRate or Measure.FillRate or Measure.AverageAttendance or Measure.Compliance or Measure.EvaluationMean or Measure.ConfidenceGain;

    /// <summary>Whether its records are of a course, with its board; what agencies return is of none.</summary>
    public static bool KnowsCourse(this Measure measure) => measure != Measure.Compliance;

    /// <summary>Whether its records carry the workforce of the day, which <c>who: professionals</c> asks for.</summary>
    public static bool KnowsWorkforce(this Measure measure) => measure.KnowsAgency() && measure is not (Measure.PlacesBooked or Measure.Reach or Measure.Compliance);

    /// <summary>Whether its records are dated, so that they fall into a month and a quarter.</summary>
    public static bool KnowsDate(this Measure measure) => measure is not (Measure.CoursesAvailable or Measure.TrainersActive);

    /// <summary>Whether a count of it stands for persons, so that F6 hides it when it stands for 1 to 5.</summary>
    public static bool StandsForPeople(this Measure measure) => measure
        is Measure.People or Measure.Attendances or Measure.Reach or Measure.Completions or Measure.PlacesBooked or Measure.TrainersActive
        or Measure.DnaRate or Measure.FillRate or Measure.AverageAttendance or Measure.Compliance or Measure.EvaluationMean or Measure.ConfidenceGain;

    /// <summary>Whether the persons are on file, so that those who may can read their names (S2).</summary>
    public static bool NamesPeople(this Measure measure) => measure.StandsForPeople() && measure != Measure.Compliance && !measure.IsOfEvaluations();

    /// <summary>Whether its records are of sessions, whose own board may not be stated.</summary>
    public static bool IsOfSessions(this Measure measure) => measure is Measure.SessionsHeld or Measure.SessionsCancelled or Measure.PlacesOffered or Measure.PlacesLost;
}
