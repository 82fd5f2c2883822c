namespace Learning.Bookings.Desk;

/// <summary>How the desk speaks of bookings.</summary>
internal static class DeskWords
{
    /// <summary>The state of somebody's booking, to whoever organises the session.</summary>
    public static string State(BookingState state) => state switch
    {
        BookingState.Requested => "Awaits approval",
        BookingState.Confirmed => "Booked",
        BookingState.Waiting => "Waiting",
        BookingState.Offered => "Place offered",
        BookingState.Declined => "Declined",
        BookingState.Lapsed => "Lapsed",
        BookingState.Cancelled => "Given up",
        BookingState.Withdrawn => "Withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}

/// <summary>What a form of the desk did, in the words at the top of the page that it led to.</summary>
internal static class DeskDone
{
    public static string? Title(string? done) => done switch
    {
        "planned" => "The session is planned",
        "planned-all" => "The sessions are planned. This is the first",
        "cancelled" => "The session is cancelled, and everybody is told",
        "moved" => "The session is moved, and everybody is told",
        "written" => "The message is on its way",
        "minimum" => "The minimum is changed",
        "first" => "They are first on the waiting list",
        "withdrawn" => "The booking is withdrawn, and they are told",
        "places" => "The number of places is changed",
        "kept" => "The places are kept",
        "released" => "The places are everyone’s now",
        "trainers" => "The trainers are changed, and told",
        "let-in" => "They may book this session",
        _ => null,
    };
}
