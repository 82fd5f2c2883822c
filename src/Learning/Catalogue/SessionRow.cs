using Learning.Database;
using Learning.Time;

namespace Learning.Catalogue;

/// <summary>A session in a list: what a reader needs to choose it, and their own booking of it if they have one.</summary>
public sealed class SessionRow
{
    public string Ref { get; init; } = "";
    public string Code { get; init; } = "";
    public string Title { get; init; } = "";
    public string KindWord { get; init; } = "";
    public string ModeWord { get; init; } = "";
    public string StatusWord { get; init; } = "";
    public string? Venue { get; init; }

    /// <summary>Wall times of the parts, in order (T1).</summary>
    public DateTime[] Starts { get; init; } = [];
    public DateTime[] Ends { get; init; } = [];
    public int Capacity { get; init; }

    /// <summary>Confirmed and offered (B2).</summary>
    public int Taken { get; init; }
    public int Waiting { get; init; }

    /// <summary>The word of the reader's live booking (B1, B3), or null.</summary>
    public string? Mine { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset BookingClosesAt { get; init; }

    public CourseKind Kind => Words.Parse<CourseKind>(KindWord);
    public SessionMode Mode => Words.Parse<SessionMode>(ModeWord);
    public bool Cancelled => StatusWord == SessionStatus.Cancelled.Word();

    /// <summary>The first day.</summary>
    public DateOnly Date => DateOnly.FromDateTime(Starts[0]);

    /// <summary>"12 and 19 January 2027".</summary>
    public string Dates => SeveralDates.Of(Starts.Select(DateOnly.FromDateTime));

    /// <summary>"9:30am to 4pm" of the first part.</summary>
    public string Times => British.Times(TimeOnly.FromDateTime(Starts[0]), TimeOnly.FromDateTime(Ends[0]));

    /// <summary>"Estuary Hall", "online", "Estuary Hall or online".</summary>
    public string Where => Mode switch
    {
        SessionMode.Virtual => "online",
        SessionMode.Hybrid => Venue is null ? "in person or online" : $"{Venue} or online",
        _ => Venue ?? "venue to be announced",
    };
}
