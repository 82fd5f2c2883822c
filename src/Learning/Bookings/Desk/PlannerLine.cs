using Learning.Catalogue;
using Learning.Database;

namespace Learning.Bookings.Desk;

/// <summary>A session in the planner. Workshops are left to their conference, which says how many there are.</summary>
/// <param name="Starts">Of its parts in their order, in local wall time (T1), as <paramref name="Ends"/>.</param>
/// <param name="Trainers">Their names, in the order of <paramref name="TrainerIds"/>, as the titles of programmes are in that of their codes.</param>
public sealed record PlannerLine(
    Guid Id, string Ref, string Title, string BoardWord, string ModeWord, string? Venue, bool Cancelled, bool Signed, int Capacity, int Taken, int Kept, int Waiting, int? Minimum, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    DateTimeOffset BookingClosesAt, DateTime[] Starts, DateTime[] Ends, Guid[] TrainerIds, string[] Trainers, string[] Programmes, string[] ProgrammeTitles, int Workshops)
{
    public Board Board => Words.Parse<Board>(BoardWord);

    public SessionMode Mode => Words.Parse<SessionMode>(ModeWord);

    public DeskState State(DateTimeOffset now) => DeskStates.Of(Cancelled, BookingClosesAt, StartsAt, EndsAt, Signed, now);

    /// <summary>Planned and not begun: it can be moved (see <see cref="DeskRules.WhyNotChange"/>).</summary>
    public bool CanMove(DateTimeOffset now) => !Cancelled && StartsAt > now;

    /// <summary>"12 of 20 taken, 3 waiting".</summary>
    public string Places => $"{Taken} of {Capacity} taken{(Kept > 0 ? $", {Kept} kept" : "")}{(Waiting > 0 ? $", {Waiting} waiting" : "")}";

    /// <summary>"Estuary Hall", "Online", "Estuary Hall or online", "No venue yet".</summary>
    public string Where => (Mode, Venue) switch
    {
        (SessionMode.Virtual, _) => "Online",
        (SessionMode.Hybrid, { } venue) => $"{venue}, or online",
        (_, { } venue) => venue,
        _ => "No venue yet",
    };
}

/// <summary>A course that people wait to hear of and that has no date which can be booked.</summary>
/// <param name="People">Each counted once (P3).</param>
public sealed record WantedCourse(string Code, string Title, int People, DateTimeOffset Since);
