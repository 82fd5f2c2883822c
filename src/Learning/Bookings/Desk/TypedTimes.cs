using System.Security.Cryptography;
using System.Text.Json;

using Learning.Catalogue;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>A day of a session as it was typed, in local wall time (T1).</summary>
public sealed record TypedPart(string? Day, string? Starts, string? Ends, string? Title = null)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Day + Starts + Ends + Title);
}

/// <summary>When and where a session is, as it was typed.</summary>
/// <param name="Closes">The day on which booking closes, at <see cref="PlannedTimes.ClosingTime"/>; nothing: when it starts.</param>
public sealed record TypedTimes(IReadOnlyList<TypedPart> Parts, string? Mode, string? Venue, string? JoinLink, string? Closes)
{
    /// <summary>Tells what was looked at from what was changed after looking.</summary>
    public string Digest => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { parts = Parts.Select(part => new[] { part.Day, part.Starts, part.Ends, part.Title }.Select(text => text ?? "")), Mode, Venue = Venue ?? "", JoinLink = JoinLink ?? "", Closes = Closes ?? "" })));
}

/// <summary>A part in local wall time (T1).</summary>
public sealed record PlannedPart(DateTime Starts, DateTime Ends, string? Title)
{
    public PlannedPart Later(TimeSpan by) => this with { Starts = Starts + by, Ends = Ends + by };
}

/// <summary>When and where a session is to be. What follows from the wall time is worked out here, and nowhere else (T1, T3).</summary>
public sealed record PlannedTimes(IReadOnlyList<PlannedPart> Parts, SessionMode Mode, string? Venue, string? JoinLink, DateOnly? Closes)
{
    /// <summary>On the day that booking closes.</summary>
    public static readonly TimeOnly ClosingTime = new(17, 0);

    public DateTimeOffset StartsAt(Zone zone) => Parts.Min(part => zone.InstantOf(part.Starts));

    public DateTimeOffset EndsAt(Zone zone) => Parts.Max(part => zone.InstantOf(part.Ends));

    /// <summary>The local date on which the last part starts (T3).</summary>
    public DateOnly CountedOn => DateOnly.FromDateTime(Parts.Max(part => part.Starts));

    public DateOnly FirstDay => DateOnly.FromDateTime(Parts[0].Starts);

    /// <summary>At the latest when it starts.</summary>
    public DateTimeOffset ClosesAt(Zone zone) =>
        Closes is { } day && zone.InstantOf(day.ToDateTime(ClosingTime)) is var closes && closes < StartsAt(zone) ? closes : StartsAt(zone);

    /// <summary>The same so much later in wall time, with the day that booking closes.</summary>
    public PlannedTimes Later(TimeSpan by) => this with { Parts = [.. Parts.Select(part => part.Later(by))], Closes = Closes?.AddDays((int)Math.Round(by.TotalDays)) };

    /// <summary>The rows of its parts.</summary>
    public IEnumerable<SessionPart> Rows(Guid session, Zone zone) => Parts.Select((part, index) => new SessionPart
    {
        Id = Guid.CreateVersion7(zone.Now), SessionId = session, Number = index + 1, Title = part.Title, StartsLocal = part.Starts, EndsLocal = part.Ends,
        StartsAt = zone.InstantOf(part.Starts), EndsAt = zone.InstantOf(part.Ends),
    });
}
