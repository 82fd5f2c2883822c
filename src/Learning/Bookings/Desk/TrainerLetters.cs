using System.Text.Json;

using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>What trainers are told when they are planned for a session, or are not any more; read just before sending (M3).</summary>
internal static class TrainerLetters
{
    internal static readonly MessageKind[] Kinds = [new("trainer-planned", PlannedAsync), new("trainer-removed", RemovedAsync)];

    /// <param name="count">How many sessions were planned at once.</param>
    public static Outgoing Planned(Guid session, Guid trainer, int count, DateTimeOffset now) =>
        About("trainer-planned", session, trainer, now, "They were named to give the session.") with { Data = new { count } };

    public static Outgoing Removed(Guid session, Guid trainer, DateTimeOffset now) => About("trainer-removed", session, trainer, now, "They do not give the session any more.");

    private static Outgoing About(string kind, Guid session, Guid trainer, DateTimeOffset now, string why) =>
        new() { Kind = kind, PersonId = trainer, SubjectId = session, SessionId = session, Occurrence = now.ToString("O"), Why = why };

    private static async Task<Reading> PlannedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var session = await SessionLetter.ReadAsync(db, message.SubjectId, stop);
        using var data = JsonDocument.Parse(message.Data);
        var count = data.RootElement.GetProperty("count").GetInt32();
        return !session.IsAhead(zone.Now) ? new Reading.Drop(session.WhyNotAhead)
            : await db.Messages.AnyAsync(one => one.Kind == message.Kind && one.PersonId == message.PersonId && one.SubjectId == message.SubjectId && one.QueuedAt > message.QueuedAt, stop) ? new Reading.Drop("they were named again since")
            : !await GivesAsync(db, message, stop) ? new Reading.Drop("the person does not give the session any more")
            : new Reading.Send(new Dictionary<string, object?>(session.Values()) { ["others"] = count > 1 ? British.Count(count - 1, "more session") : null });
    }

    private static async Task<Reading> RemovedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var session = await SessionLetter.ReadAsync(db, message.SubjectId, stop);
        return !session.IsAhead(zone.Now) ? new Reading.Drop(session.WhyNotAhead)
            : await GivesAsync(db, message, stop) ? new Reading.Drop("the person gives the session after all")
            : new Reading.Send(session.Values());
    }

    private static Task<bool> GivesAsync(LearningDb db, Message message, CancellationToken stop) =>
        db.SessionTrainers.AnyAsync(trainer => trainer.SessionId == message.SubjectId && trainer.PersonId == message.PersonId, stop);
}
