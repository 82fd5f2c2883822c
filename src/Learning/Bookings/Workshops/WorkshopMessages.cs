using Learning.Messages;

namespace Learning.Bookings.Workshops;

/// <summary>What is written to delegates about their workshops, queued in the verb's own transaction (M1).</summary>
internal static class WorkshopMessages
{
    /// <summary>Which workshops somebody has, and why.</summary>
    public static Outgoing Given(Booking conference, string occurrence) => Given(conference.Id, conference.PersonId, conference.SessionId, occurrence);

    public static Outgoing Given(Guid booking, Guid person, Guid conference, string occurrence) =>
        new() { Kind = "workshops-given", PersonId = person, SubjectId = booking, SessionId = conference, Occurrence = occurrence, Why = "The workshops were given out." };

    /// <summary>They changed one of their workshops.</summary>
    public static Outgoing Changed(Booking conference, DateTimeOffset now) =>
        new() { Kind = "workshops-changed", PersonId = conference.PersonId, SubjectId = conference.Id, SessionId = conference.SessionId, Occurrence = now.ToString("O"), Why = "They changed a workshop." };
}
