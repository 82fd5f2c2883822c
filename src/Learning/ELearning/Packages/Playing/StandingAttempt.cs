using System.Text.Json;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages.Playing;

/// <summary>What stands of an attempt on a package while commits are taken in, in the transaction that holds the attempt.</summary>
internal sealed class StandingAttempt(LearningDb db, LearningAttempt attempt, Package package)
{
    private readonly PackageManifest manifest = package.Read();
    private readonly Dictionary<string, PackageState> states = [];
    private readonly Dictionary<(string Item, Guid Session), PackageTime> times = [];
    private readonly HashSet<string> seen = [];
    private int logged;

    /// <summary>
    /// Whether the content that spoke last is still there and may have a word to say on what it has just called completed: much of it says that first, and then how the test went. It is counted once it has gone.
    /// </summary>
    public bool MaySayMore { get; private set; }

    /// <summary>By item, what stands of it.</summary>
    public IReadOnlyDictionary<string, Said> Said => states.ToDictionary(one => one.Key, one => Of(one.Value));

    public static async Task<StandingAttempt> LoadAsync(LearningDb db, LearningAttempt attempt, Package package, CancellationToken stop)
    {
        var standing = new StandingAttempt(db, attempt, package) { logged = await db.PackageCommits.CountAsync(one => one.AttemptId == attempt.Id, stop) };
        foreach (var state in await db.PackageStates.Where(one => one.AttemptId == attempt.Id).ToListAsync(stop))
        {
            standing.states[state.Item] = state;
        }

        foreach (var time in await db.PackageTimes.Where(one => one.AttemptId == attempt.Id).ToListAsync(stop))
        {
            standing.times[(time.Item, time.Session)] = time;
        }

        standing.seen.UnionWith(await db.PageVisits.Where(one => one.AttemptId == attempt.Id).Select(one => one.Page).ToListAsync(stop));
        return standing;
    }

    /// <summary>Takes a commit in that was not taken in before.</summary>
    /// <param name="madeAt">By the server's clock.</param>
    public void Take(SentCommit sent, DateTimeOffset madeAt, DateTimeOffset now)
    {
        var item = manifest.Launched.FirstOrDefault(one => one.Identifier == sent.Item);
        if (!states.TryGetValue(sent.Item!, out var state))
        {
            state = states[sent.Item!] = new PackageState { AttemptId = attempt.Id, Item = sent.Item!, SavedAt = DateTimeOffset.MinValue };
            db.PackageStates.Add(state);
        }

        var (stood, before) = (Of(state), state.Written);
        var commit = sent.Part ? sent with { Cmi = before.Where(one => !sent.Elements.ContainsKey(one.Key)).Concat(sent.Elements).ToDictionary() } : sent;
        var said = item is null ? RuntimeRules.ReadCourse(commit) : RuntimeRules.Read(package.Edition, item, commit);
        var best = said.Or(stood);
        (state.Completion, state.Success, state.Score) = (best.Completion, best.Success, best.Score);
        var newest = state.Device == commit.Device && state.SavedAt != DateTimeOffset.MinValue ? commit.N >= state.Number : madeAt >= state.SavedAt;
        var spoke = commit.Elements.Count > 0;
        if (newest)
        {
            state.SavedAt = madeAt;
            state.Device = commit.Device;
            state.Number = commit.N;
            state.Exit = spoke ? said.Exit : LastExit.None;
            if (spoke)
            {
                state.Cmi = JsonSerializer.Serialize(commit.Elements.ToDictionary(one => one.Key, one => Plain(one.Value)));
            }

            if (item is not null)
            {
                attempt.LastPage = item.Identifier;
            }
        }

        attempt.LastSeenAt = now;
        if (item is not null)
        {
            MaySayMore = item.IsSco && spoke && !commit.End && !commit.Over && best is { Completion: ItemCompletion.Completed, Success: ItemSuccess.Unknown, Score: null };
            Spend(commit);
            if (seen.Add(item.Identifier))
            {
                db.PageVisits.Add(new PageVisit { AttemptId = attempt.Id, Page = item.Identifier, FirstSeenAt = now });
            }
        }

        Log(commit, before, now, KeptBack(said, best, newest && spoke || !spoke));
    }

    private void Spend(SentCommit commit)
    {
        var seconds = RuntimeRules.Seconds(commit.Seconds);
        if (times.TryGetValue((commit.Item!, commit.Session), out var time))
        {
            time.Seconds = Math.Max(time.Seconds, seconds);
        }
        else
        {
            db.PackageTimes.Add(times[(commit.Item!, commit.Session)] = new PackageTime { AttemptId = attempt.Id, Item = commit.Item!, Session = commit.Session, Seconds = seconds });
        }
    }

    private void Log(SentCommit commit, IReadOnlyDictionary<string, string> before, DateTimeOffset now, string? keptBack)
    {
        // What the sequencing says of the course is long, and follows from the items'.
        if (++logged > PackageCommit.MostOfAttempt)
        {
            return;
        }

        var changed = commit.Elements.Where(one => one.Key != "course.tree" && before.GetValueOrDefault(one.Key) != one.Value).ToDictionary(one => one.Key, one => Plain(one.Value));
        db.PackageCommits.Add(new PackageCommit
        {
            Id = commit.Id, AttemptId = attempt.Id, Item = commit.Item!, Session = commit.Session, Device = commit.Device, Number = commit.N, MadeAt = commit.At.ToUniversalTime(), RecordedAt = now, Ended = commit.End,
            Cmi = JsonSerializer.Serialize(changed), KeptBack = keptBack,
        });
    }

    private static string? KeptBack(Said said, Said best, bool counts) =>
        string.Join("; ", new[]
        {
            counts ? null : "older than what stands: what the content wrote stays as it is",
            said.Completion < best.Completion ? "the record stays completed, or begun" : null,
            said.Success < best.Success ? "the record stays passed, or failed" : null,
            said.Score < best.Score ? "the record keeps the better score" : null,
        }.OfType<string>()) is { Length: > 0 } words ? words : null;

    private static Said Of(PackageState state) => new(state.Completion, state.Success, state.Score, state.Exit);

    // The database takes no such character.
    private static string Plain(string value) => value.Replace("\0", "", StringComparison.Ordinal);
}
