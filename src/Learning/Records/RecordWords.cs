using Learning.Bookings;
using Learning.Database;
using Learning.People;

namespace Learning.Records;

/// <summary>How a record is spoken of to the business unit.</summary>
public static class RecordWords
{
    /// <summary>"agency lead" as "Agency lead".</summary>
    public static string Role(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    /// <summary>The roles as people choose among them.</summary>
    public static readonly IReadOnlyList<(string Value, string Words)> Roles = [.. Words.All<Role>().Append(PeopleFilter.Trainer).Select(word => (word, Role(word)))];

    /// <summary>The states as people choose among them.</summary>
    public static readonly IReadOnlyList<(string Value, string Words)> States =
        [(PersonState.Waiting.Word(), "Without an agency"), (PersonState.Merged.Word(), "Merged into another"), (PersonState.Erased.Word(), "Erased")];

    /// <summary>How a place was not used.</summary>
    public static string Absence(AbsenceKind kind) => kind == AbsenceKind.Late ? "Given up late" : "Did not come";

    /// <summary>The state of somebody's booking.</summary>
    public static string Booking(BookingState state) => state switch
    {
        BookingState.Requested => "Awaits approval",
        BookingState.Confirmed => "Booked",
        BookingState.Waiting => "On the waiting list",
        BookingState.Offered => "A place is offered",
        BookingState.Declined => "Declined",
        BookingState.Lapsed => "Lapsed",
        BookingState.Cancelled => "Given up",
        BookingState.Withdrawn => "Withdrawn by the organiser",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Whom somebody works with.</summary>
    public static string Workforce(Workforce workforce) => workforce switch
    {
        People.Workforce.Children => "works with children",
        People.Workforce.Adults => "works with adults",
        People.Workforce.Joint => "works with children and adults",
        _ => workforce.Word(),
    };
}
