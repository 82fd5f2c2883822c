using Learning.Bookings;
using Learning.Figures;
using Learning.People;
using Learning.Reminders;
using Learning.Time;

namespace Learning.Jobs;

/// <summary>
/// What the program does by itself, and when, in local time. Each runs on one server at a time, and once for however many runs were missed. What a run finds
/// done already it leaves, so that a run too many does no harm. Messages are not here: every worker sends what is due, second by second (SendingLoop).
/// </summary>
public sealed class Timetable(params IReadOnlyList<Job> jobs)
{
    /// <summary>The timetable of the product.</summary>
    public static readonly Timetable Product = new(
        Job.Of<LapseOffers>("End offers and waiting lists", "* * * * *", "every minute", async (verb, stop) =>
        {
            var (lapsed, offered) = await verb.RunAsync(stop);
            return lapsed + offered == 0 ? Nothing : $"{lapsed} ended, {British.Count(offered, "place")} offered";
        }),
        Job.Of<QueueReminders>("Queue reminders", "*/10 * * * *", "every 10 minutes", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var queued ? $"{British.Count(queued, "message")} queued for the coming day" : Nothing),
        Job.Of<BuildReports>("Build the training figures", "30 3 * * *", "every night at 3:30am", async (verb, stop) =>
            (await verb.RunAsync(Actor.Machine, stop: stop)).InWords));

    /// <summary>What a run says that had nothing to do.</summary>
    public const string Nothing = "nothing to do";

    /// <summary>The jobs, in the order of this list.</summary>
    public IReadOnlyList<Job> Jobs { get; } = jobs;
}
