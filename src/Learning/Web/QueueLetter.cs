using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Web;

/// <summary>What waits for the business unit, as a letter (M4): the same list that its page begins with, read when it is sent; none where nothing waits.</summary>
internal static class QueueLetter
{
    internal static readonly MessageKind Kind = new(MessageChoice.QueueDigest.Name, ReadAsync, Choice: MessageChoice.QueueDigest);

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        if (!(await Actor.ForAsync(db, message.PersonId!.Value, zone.Today, stop)).IsUnit)
        {
            return new Reading.Drop("they are not of the business unit any more");
        }

        if (zone.DateOf(message.DueAt) != zone.Today)
        {
            return new Reading.Drop("it was for another day");
        }

        var work = await new WorkToDo(db, zone).WaitingAsync(stop);
        return work.Count == 0 ? new Reading.Drop("nothing waits") : new Reading.Send(new Dictionary<string, object?>
        {
            ["count"] = work.Count(one => one.Today) is > 0 and var today ? $"{British.Count(today, "thing")} for today" : British.Count(work.Count, "thing"),
            ["work"] = work.Select(one => new Dictionary<string, object?> { ["what"] = $"{one.Count} × {one.Title}. {one.Why}", ["address"] = one.Address }).ToList(),
        });
    }
}
