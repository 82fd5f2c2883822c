using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Jobs;

/// <summary>A line of the timetable with what became of it lately.</summary>
/// <param name="Recent">Its newest runs that did something or failed, and always the very newest.</param>
public sealed record JobSeen(Job Job, JobRun? Newest, int Failures, IReadOnlyList<JobRun> Recent)
{
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(10);

    /// <summary>Whether it should have run since: two of its times have gone by.</summary>
    public bool IsLate(DateTimeOffset now) => Newest is not null && now - Newest.StartedAt > (Job.Gap * 2) + Leeway;
}

/// <summary>The timetable and its runs of the last 30 days, in two statements. Only for the business unit and administrators (S2).</summary>
public sealed class JobList(LearningDb db, Timetable timetable, Zone zone)
{
    private const int Shown = 5;

    /// <summary>All runs of one job (of the first where none is named) that are kept, the newest 500; null where the timetable has no such job, or who asks may not see it.</summary>
    public async Task<(Job Job, IReadOnlyList<JobRun> Runs)?> HistoryAsync(string? name, bool failedOnly, Actor actor, CancellationToken stop = default) =>
        timetable.Jobs.FirstOrDefault(job => name is null || job.Name == name) is not { } job || (!actor.IsUnit && !actor.IsAdministrator) ? null
            : (job, await db.JobRuns.AsNoTracking().Where(run => run.Job == name && (!failedOnly || run.Failed)).OrderByDescending(run => run.StartedAt).Take(500).ToListAsync(stop));

    private sealed record Failed(string Job, int Runs);

    public async Task<IReadOnlyList<JobSeen>> AskAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit && !actor.IsAdministrator)
        {
            return [];
        }

        var names = timetable.Jobs.Select(job => job.Name).ToArray();
        var runs = await db.JobRuns.FromSql($"""
            select r.* from unnest({names}) as j (name)
            cross join lateral (
                select * from job_runs r where r.job = j.name and (r.failed or r.ended_at is null or r.outcome <> {Timetable.Nothing}
                    or r.started_at = (select max(started_at) from job_runs n where n.job = j.name))
                order by r.started_at desc limit {Shown}) r
            """).AsNoTracking().ToListAsync(stop);
        var failed = await db.Database.SqlQuery<Failed>($"""
            select job as "Job", count(*)::int as "Runs" from job_runs where failed and started_at > {zone.Now.AddDays(-1)} group by job
            """).ToListAsync(stop);
        return [.. timetable.Jobs.Select(job =>
        {
            var own = runs.Where(run => run.Job == job.Name).OrderByDescending(run => run.StartedAt).ToList();
            return new JobSeen(job, own.FirstOrDefault(), failed.FirstOrDefault(one => one.Job == job.Name)?.Runs ?? 0, own);
        })];
    }
}
