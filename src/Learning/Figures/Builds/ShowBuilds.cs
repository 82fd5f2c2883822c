using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Builds;

/// <summary>A build as pages show it.</summary>
/// <param name="Counted">How many reports are kept already.</param>
public sealed record ShownBuild(long Id, string? Report, DateTimeOffset AskedAt, DateTimeOffset? BegunAt, string? NowAt, int Steps, int Done, int Reports, int Counted, DateTimeOffset? EndedAt, bool Failed, string? Outcome)
{
    /// <summary>"Waiting for a worker", "3 of 14 figures of 2023-24 counted", "4 of 6 reports counted; …".</summary>
    public string InWords => BegunAt is null || Steps == 0 ? "Waiting to begin"
        : $"{(Reports > 1 ? $"{Counted} of {Reports} reports counted; now {NowAt}: " : "")}step {Math.Min(Done + 1, Steps)} of {Steps}";

    /// <summary>How much of it is done, of a hundred.</summary>
    public int Percent => Reports == 0 || Steps == 0 ? 0 : (int)(100.0 * (Math.Min(Counted, Reports - 1) + ((double)Done / Steps)) / Reports);
}

/// <summary>Finds builds: those that wait or run, and those that ended. For whoever sees figures (S2).</summary>
public sealed class ShowBuilds(LearningDb db)
{
    private const int Most = 30;

    /// <summary>The build that a report waits for; null: none.</summary>
    public async Task<ShownBuild?> OfAsync(string report, Actor actor, CancellationToken stop) =>
        actor.SeesFigures ? (await AskAsync(stop)).LastOrDefault(run => run.EndedAt is null && (run.Report is null || run.Report.Equals(report, StringComparison.OrdinalIgnoreCase))) : null;

    /// <summary>The last build that was asked for of this report alone, where it failed and nothing was asked since.</summary>
    public async Task<ShownBuild?> FailureAsync(string report, Actor actor, CancellationToken stop) =>
        actor.SeesFigures && (await AskAsync(stop)).FirstOrDefault(run => run.Report?.Equals(report, StringComparison.OrdinalIgnoreCase) == true) is { Failed: true } failed ? failed : null;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ShownBuild>> AllAsync(Actor actor, CancellationToken stop) => actor.SeesFigures ? await AskAsync(stop) : [];

    private Task<List<ShownBuild>> AskAsync(CancellationToken stop) => db.Database.SqlQuery<ShownBuild>($"""
        select id as "Id", report as "Report", asked_at as "AskedAt", begun_at as "BegunAt", now_at as "NowAt", steps as "Steps", done as "Done", reports as "Reports",
            (select count(*)::int from build_run_reports c where c.run_id = r.id) as "Counted", ended_at as "EndedAt", failed as "Failed", outcome as "Outcome"
        from build_runs r order by ended_at is not null, id desc limit {Most}
        """).ToListAsync(stop);
}
