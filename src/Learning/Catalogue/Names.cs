namespace Learning.Catalogue;

/// <summary>The catalogue's values as people read them.</summary>
public static class Names
{
    /// <summary>"E-learning", "Training session" and so on.</summary>
    public static string Of(CourseKind kind) => kind switch
    {
        CourseKind.ELearning => "E-learning",
        CourseKind.Trained => "Training session",
        CourseKind.Webinar => "Webinar",
        CourseKind.Conference => "Conference",
        CourseKind.Forum => "Forum",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Whom one works with: "Children", "Adults", "Children and adults".</summary>
    public static string Of(Board board) => board switch
    {
        Board.Children => "Children",
        Board.Adults => "Adults",
        Board.Joint => "Children and adults",
        _ => throw new ArgumentOutOfRangeException(nameof(board)),
    };

    /// <summary>"In person", "Online", "In person or online".</summary>
    public static string Of(SessionMode mode) => mode switch
    {
        SessionMode.InPerson => "In person",
        SessionMode.Virtual => "Online",
        SessionMode.Hybrid => "In person or online",
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };

    /// <summary>"12 CPD hours", "1.5 CPD hours", "1 CPD hour"; null when there are none.</summary>
    public static string? CpdHours(decimal? hours) => hours is null or 0 ? null : hours == 1 ? "1 CPD hour" : $"{hours:0.##} CPD hours";

    /// <summary>"Refresher after 3 years", "Refresher after 18 months"; null when it does not expire.</summary>
    public static string? Refresher(int? months) => months switch
    {
        null => null,
        12 => "Refresher after 1 year",
        _ when months % 12 == 0 => $"Refresher after {months / 12} years",
        1 => "Refresher after 1 month",
        _ => $"Refresher after {months} months",
    };
}
