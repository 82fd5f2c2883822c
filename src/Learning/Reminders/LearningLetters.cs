using System.Globalization;
using System.Text.Json;

using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>What is written to people about what they have begun and what runs out (M4), read just before sending (M3): none to who went on, finished or renewed it meanwhile.</summary>
internal static class LearningLetters
{
    internal static readonly MessageKind[] Kinds =
    [
        new("learning-idle", IdleAsync, Choice: MessageChoice.Unfinished), new("training-expiry", ExpiryAsync, Choice: MessageChoice.Expiry),
    ];

    private sealed record Attempt(string Course, string Code, bool Withdrawn, bool Open, DateTimeOffset LastSeenAt);

    private sealed record Training(string Course, string Code, bool Withdrawn, bool Online, bool Held, bool Renewed);

    private static async Task<Reading> IdleAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var attempt = await db.Database.SqlQuery<Attempt>($"""
            select c.title as "Course", c.code as "Code", c.withdrawn_on is not null and c.withdrawn_on <= {zone.Today} as "Withdrawn", a.completed_at is null and a.ended_at is null as "Open", a.last_seen_at as "LastSeenAt"
            from learning_attempts a join courses c on c.id = a.course_id where a.id = {message.SubjectId}
            """).SingleAsync(stop);
        return !attempt.Open ? new Reading.Drop("they have finished it")
            : attempt.Withdrawn ? new Reading.Drop("the course has been withdrawn")
            : !message.Occurrence.StartsWith(Day(zone.DateOf(attempt.LastSeenAt)), StringComparison.Ordinal) ? new Reading.Drop("they have gone on with it")
            : new Reading.Send(new Dictionary<string, object?> { ["course"] = attempt.Course, ["code"] = attempt.Code, ["since"] = British.Date(zone.DateOf(attempt.LastSeenAt)) });
    }

    private static async Task<Reading> ExpiryAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        using var data = JsonDocument.Parse(message.Data);
        var ends = DateOnly.ParseExact(data.RootElement.GetProperty("ends").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var training = await db.Database.SqlQuery<Training>($"""
            select c.title as "Course", c.code as "Code", c.withdrawn_on is not null and c.withdrawn_on <= {zone.Today} as "Withdrawn", c.kind = 'e-learning' as "Online",
                holds_course({message.PersonId}, c.id, {ends.AddDays(-1)}) as "Held", holds_course({message.PersonId}, c.id, {ends}) as "Renewed"
            from courses c where c.id = {message.SubjectId}
            """).SingleAsync(stop);
        var left = ends.DayNumber - zone.Today.DayNumber;
        return training.Renewed ? new Reading.Drop("they have renewed it")
            : training.Withdrawn ? new Reading.Drop("the course has been withdrawn")
            : !training.Held ? new Reading.Drop("it does not count until then any more")
            : left <= 0 ? new Reading.Drop("it has run out")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["course"] = training.Course, ["code"] = training.Code, ["online"] = training.Online, ["left"] = British.Count(left, "day"), ["lastDay"] = British.Date(ends.AddDays(-1)),
            });
    }

    internal static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
