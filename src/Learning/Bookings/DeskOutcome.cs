namespace Learning.Bookings;

/// <summary>An answer on a form of the organiser's desk that a sentence is about.</summary>
public enum DeskField
{
    Course,
    Day,
    Starts,
    Ends,
    Title,
    Mode,
    Venue,
    JoinLink,
    Closes,
    Trainers,
    Minimum,
    DecideOn,
    Capacity,
    Moved,
    HeldFor,
    Places,
    Until,
    Reason,
    To,
    Subject,
    Message,
    Repeats,
    Version,
}

/// <summary>What is wrong with an answer, in words for whoever gave it.</summary>
/// <param name="Part">Which day of a session it is about, from 0, where the field is one of a day.</param>
public sealed record DeskMistake(DeskField Field, string Sentence, int Part = 0);

/// <summary>What came of something that an organiser did with a session.</summary>
public abstract record DeskOutcome
{
    /// <summary>It is so now, by this press or an earlier one.</summary>
    public sealed record Done : DeskOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<DeskMistake> Mistakes) : DeskOutcome;

    /// <summary>There is no such session, booking or person, or it is not the actor's to organise (S1: both look the same).</summary>
    public sealed record NotFound : DeskOutcome;

    private DeskOutcome()
    {
    }

    /// <summary>Refused for one reason.</summary>
    public static Refused Because(DeskField field, string sentence) => new([new DeskMistake(field, sentence)]);
}
