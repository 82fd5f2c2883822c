using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>When a session had last changed as somebody read it, which their form carries along.</summary>
internal static class DeskSeen
{
    /// <summary>What cannot be read is older than everything: the form is refused, and the page shows what is.</summary>
    public static DateTimeOffset Read(string? text) => Instants.TryParse(text, out var seen) ? seen : DateTimeOffset.MinValue;
}
