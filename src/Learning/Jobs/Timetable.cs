using Learning.Accounts;
using Learning.Attendance;
using Learning.Attendance.CheckingIn;
using Learning.Bookings;
using Learning.Certificates;
using Learning.ELearning.Packages.Playing;
using Learning.Evaluation;
using Learning.Figures.Builds;
using Learning.Membership;
using Learning.Messages;
using Learning.Records.Retention;
using Learning.Reminders;
using Learning.Time;

namespace Learning.Jobs;

/// <summary>
/// What the program does by itself, and when, in local time. Each runs on one server at a time, and once for however many runs were missed. What a run finds
/// done already it leaves, so that a run too many does no harm. Messages are not here: every worker sends what is due as soon as it is (SendingLoop).
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
        new Job("Queue reminders", "*/10 * * * *", "every 10 minutes", async (services, stop) =>
            (await services.GetRequiredService<QueueReminders>().RunAsync(stop)).InWords(services.GetRequiredService<Zone>()) ?? Nothing),
        Job.Of<AskForEvaluations>("Ask for evaluations", "*/5 * * * *", "every 5 minutes", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var asked ? $"{British.Count(asked, "person", "people")} asked" : Nothing),
        Job.Of<IssueCertificates>("Issue certificates", "* * * * *", "every minute", async (verb, stop) =>
            await verb.RunAsync(stop) is { } round && round.Issued + round.Revoked > 0 ? $"{British.Count(round.Issued, "certificate")} issued, {round.Revoked} revoked" : Nothing),
        Job.Of<ReadBounces>("Read what came back", "*/5 * * * *", "every 5 minutes", async (verb, stop) =>
            await verb.RunAsync(stop) is { Mails: > 0 } read ? $"{British.Count(read.Mails, "mail")} read, {British.Count(read.Reports, "letter")} not delivered, {British.Count(read.Marked, "address", "addresses")} marked" : Nothing),
        Job.Of<QueueDigests>("Queue digests", "3 * * * *", "every hour", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var queued ? $"{British.Count(queued, "digest")} queued" : Nothing),
        Job.Of<ForgetUntaken>("Forget what nobody took up", "15 2 * * *", "every night at 2:15am", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var forgotten ? $"{British.Count(forgotten, "sign-up, list or invitation", "sign-ups, lists or invitations")} forgotten" : Nothing),
        Job.Of<ForgetSignIns>("Forget old sign-ins", "17 * * * *", "every hour", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var gone ? $"{British.Count(gone, "row")} cleared away" : Nothing),
        Job.Of<ForgetAnswers>("Forget answers to programs", "37 * * * *", "every hour", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var gone ? $"{British.Count(gone, "answer")} forgotten that had been kept for a day" : Nothing),
        Job.Of<ForgetAddressClaims>("Forget unconfirmed addresses", "20 2 * * *", "every night at 2:20am", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var forgotten ? $"{British.Count(forgotten, "address", "addresses")} forgotten that nobody confirmed" : Nothing),
        Job.Of<ForgetCheckIns>("Forget check-ins by code", "25 2 * * *", "every night at 2:25am", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var gone ? $"{British.Count(gone, "row")} cleared away" : Nothing),
        Job.Of<PurgeNeeds>("Delete needs", "40 2 * * *", "every night at 2:40am", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var bookings ? $"what people needed deleted of {British.Count(bookings, "booking")}" : Nothing),
        Job.Of<PurgeAttendanceFiles>("Delete raw attendance files", "42 2 * * *", "every night at 2:42am", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var files ? $"{British.Count(files, "report or sheet", "reports or sheets")} gone" : Nothing),
        Job.Of<ForgetCommits>("Forget what packages said", "43 2 * * *", "every night at 2:43am", async (verb, stop) =>
            await verb.RunAsync(stop) is > 0 and var commits ? $"the words of {British.Count(commits, "commit")} gone" : Nothing),
        Job.Of<EraseInactive>("Erase who is long inactive", "45 2 * * *", "every night at 2:45am", async (verb, stop) =>
            await verb.RunAsync(stop) is { } run && run.Erased + run.Refused > 0 ? $"{British.Count(run.Erased, "person", "people")} erased, {run.Refused} to stay for a reason" : Nothing),
        Job.Of<ListInactive>("Tell who is long inactive", "50 2 * * *", "every night at 2:50am", async (verb, stop) =>
            await verb.RunAsync(stop) is { } run && run.Listed + run.Told + run.Stay > 0 ? $"{run.Listed} listed, {British.Count(run.Told, "notice")} queued, {run.Stay} taken off" : Nothing),
        Job.Of<RunBuilds>("Build the training figures", "30 3 * * *", "every night at 3:30am", (verb, stop) => verb.NightlyAsync(stop)));

    /// <summary>What a run says that had nothing to do.</summary>
    public const string Nothing = "nothing to do";

    /// <summary>The jobs, in the order of this list.</summary>
    public IReadOnlyList<Job> Jobs { get; } = jobs;
}
