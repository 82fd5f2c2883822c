using System.Text.Json;

using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What an agency's lead is told of places that are kept for the agency (B5), read just before sending (M3).</summary>
internal static class HeldLetters
{
    internal static readonly MessageKind[] Kinds = [new("places-kept", KeptAsync), new("places-released", ReleasedAsync)];

    public static Outgoing Kept(HeldPlaces held, Guid lead, DateTimeOffset now) => new()
    {
        Kind = "places-kept", PersonId = lead, SubjectId = held.Id, SessionId = held.SessionId, Occurrence = now.ToString("O"), Why = "Places of a session are kept for their agency.",
    };

    public static Outgoing Released(HeldPlaces held, Guid lead) => new()
    {
        Kind = "places-released", PersonId = lead, SubjectId = held.Id, SessionId = held.SessionId, Why = "Places that were kept for their agency became everyone's.", Data = new { left = held.Places - held.Used },
    };

    private static async Task<Reading> KeptAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var (held, session) = await ReadAsync(db, message, stop);
        return held.ReleasedAt is not null ? new Reading.Drop("they are not kept any more")
            : !session.IsAhead(zone.Now) ? new Reading.Drop(session.WhyNotAhead)
            : new Reading.Send(new Dictionary<string, object?>(session.Values())
            {
                ["places"] = British.Count(held.Places - held.Used, "place"), ["until"] = British.Moment(zone.LocalOf(held.Until)),
            });
    }

    private static async Task<Reading> ReleasedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var (_, session) = await ReadAsync(db, message, stop);
        using var data = JsonDocument.Parse(message.Data);
        return !session.IsAhead(zone.Now) ? new Reading.Drop(session.WhyNotAhead)
            : new Reading.Send(new Dictionary<string, object?>(session.Values()) { ["places"] = British.Count(data.RootElement.GetProperty("left").GetInt32(), "place") });
    }

    private static async Task<(HeldPlaces Held, SessionLetter Session)> ReadAsync(LearningDb db, Message message, CancellationToken stop)
    {
        var held = await db.HeldPlaces.AsNoTracking().SingleAsync(one => one.Id == message.SubjectId, stop);
        return (held, await SessionLetter.ReadAsync(db, held.SessionId, stop));
    }
}
