using System.Globalization;

namespace Learning.Attendance;

/// <summary>A mark as one types it from a register on paper: y, a, n, or the minutes of whoever was there in part (A1). Pure.</summary>
public static class TypedMark
{
    /// <summary>What may be typed, for a page.</summary>
    public const string Legend = "y attended · a apologies · n did not attend · or the minutes of whoever was there in part";

    /// <summary>What may be typed of an empty seat, for a page.</summary>
    public const string SeatLegend = "of an empty seat: v vacant · o not appointed";

    /// <summary>The name of a page that marks are typed on: they are told from others by it, since a second person may have to check them.</summary>
    public static string DeviceOf(string posted) => posted.StartsWith("typed ", StringComparison.Ordinal) && ReadSentMarks.IsText(posted, 60) ? posted : $"typed {Guid.CreateVersion7():N}";

    /// <summary>What is typed for a mark; empty for one that cannot be typed, such as a substitute.</summary>
    public static string Of(MarkKind kind, int? minutes) => kind switch
    {
        MarkKind.Attended => "y",
        MarkKind.Apologies => "a",
        MarkKind.Dna => "n",
        MarkKind.Vacant => "v",
        MarkKind.NotAppointed => "o",
        MarkKind.Part => minutes?.ToString(CultureInfo.InvariantCulture) ?? "p",
        _ => "",
    };

    /// <summary>How a seat is empty, as it was typed; null where it is neither.</summary>
    public static MarkKind? ReadSeat(string typed) => typed.Trim() switch
    {
        "v" or "V" => MarkKind.Vacant,
        "o" or "O" => MarkKind.NotAppointed,
        _ => null,
    };

    /// <summary>The mark that was typed, in either case and with spaces around it; null where it is none, or more minutes than the part has.</summary>
    public static (MarkKind Kind, int? Minutes)? Read(string typed, int minutesOfPart) => typed.Trim() switch
    {
        "y" or "Y" or "/" => (MarkKind.Attended, null),
        "a" or "A" => (MarkKind.Apologies, null),
        "n" or "N" or "-" => (MarkKind.Dna, null),
        "p" or "P" => (MarkKind.Part, null),
        var digits when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= minutesOfPart => (MarkKind.Part, minutes),
        _ => null,
    };
}
