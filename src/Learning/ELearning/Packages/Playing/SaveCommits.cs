using System.Text.Json;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages.Playing;

/// <summary>What a device sends: its clock now, so that what it says of time can be put right, and its commits.</summary>
public sealed record SentCommits(Guid Attempt, DateTimeOffset Now, IReadOnlyList<SentCommit>? Commits);

/// <summary>What came of commits.</summary>
public abstract record SaveOutcome
{
    /// <summary>What the device need not keep any longer: <paramref name="Stored"/>, and <paramref name="Refused"/> with the reason. Where the whole course and each item stands, and whether the course is completed, or will be once its content has gone (<paramref name="Ripe"/>).</summary>
    public sealed record Saved(IReadOnlyList<Guid> Stored, IReadOnlyDictionary<Guid, string> Refused, IReadOnlyDictionary<string, Said> States, bool Completed, bool Ripe, bool Withdrawn) : SaveOutcome;

    /// <summary>The person has no such attempt on a package.</summary>
    public sealed record NotFound : SaveOutcome;

    private SaveOutcome()
    {
    }
}

/// <summary>
/// Keeps what the content of a package commits (E4), in one transaction, with the attempt locked: two tabs or two devices take turns (E2). Commits come in any order, late and twice: the same again changes
/// nothing; of what the content wrote the newest stands, of status and score the best, and each session's time counts once. With the commit that completes the course, its one completion is recorded; where content has called itself completed and may still say
/// how its test went, once it has gone.
/// </summary>
public sealed class SaveCommits(LearningDb db, Zone zone)
{
    /// <param name="person">Whose attempt it must be, or of a record that is counted as theirs (P3).</param>
    public async Task<SaveOutcome> DoAsync(Guid person, SentCommits sent, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var attempt = await db.LearningAttempts.FromSql($"""
            select * from learning_attempts where id = {sent.Attempt} and person_id = any (array(select same from persons_of({person}) same)) for update
            """).SingleOrDefaultAsync(stop);
        if (attempt is null || await db.Packages.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == attempt.CourseId && one.Digest == attempt.Version, stop) is not { } package)
        {
            return new SaveOutcome.NotFound();
        }

        var (manifest, now) = (package.Read(), zone.Now);
        var commits = sent.Commits ?? [];
        var refused = commits.Select(commit => (commit.Id, Why: attempt.EndedAt is null ? commit.WhyNot(manifest) : "this attempt is over")).Where(one => one.Why is not null)
            .DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Why!);
        var ids = commits.Select(commit => commit.Id).ToList();
        var known = await db.PackageCommits.Where(one => ids.Contains(one.Id)).Select(one => one.Id).ToListAsync(stop);
        var standing = await StandingAttempt.LoadAsync(db, attempt, package, stop);
        foreach (var commit in commits.Where(one => !refused.ContainsKey(one.Id) && !known.Contains(one.Id)).DistinctBy(one => one.Id).OrderBy(one => one.At).ThenBy(one => one.N))
        {
            standing.Take(commit, Corrected(commit.At, sent.Now, now), now);
        }

        var withdrawn = await db.VersionWithdrawals.AnyAsync(one => one.CourseId == attempt.CourseId && one.Digest == attempt.Version, stop)
            || await db.Courses.AsNoTracking().SingleAsync(one => one.Id == attempt.CourseId, stop) is var course && PlayRules.WhyClosed(course, zone.Today) is not null;
        var ripe = !withdrawn && attempt is { CompletedAt: null, EndedAt: null } && CourseRules.IsCompleted(manifest, standing.Said);
        if (ripe && !standing.MaySayMore)
        {
            await CompleteAttempt.AddAsync(db, zone, attempt, CourseRules.Score(manifest, standing.Said), stop);
        }

        await db.SaveAndCommitAsync(transaction, stop);
        return new SaveOutcome.Saved([.. ids.Where(id => !refused.ContainsKey(id)).Distinct()], refused, standing.Said, attempt.CompletedAt is not null, ripe, withdrawn);
    }

    // A device's clock may be wrong: what it says is moved by as much as it is off, and nothing is made in the future.
    private static DateTimeOffset Corrected(DateTimeOffset at, DateTimeOffset deviceNow, DateTimeOffset now)
    {
        var age = deviceNow - at;
        return age <= TimeSpan.Zero ? now : age > TimeSpan.FromDays(3650) ? now.AddDays(-3650) : now - age;
    }
}
