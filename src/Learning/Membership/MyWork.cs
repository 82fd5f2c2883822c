using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A time with an agency, as its person reads it.</summary>
public sealed record WorkLine(Employment Job, string Agency, bool Running, bool ToCome);

/// <summary>A move that its person proposed.</summary>
public sealed record MoveLine(Move Move, string Agency, string? Left);

/// <summary>Where somebody works and worked, the newest first, what they have proposed and nobody has decided, and what was declined last.</summary>
/// <param name="Waiting">Proposals that wait.</param>
/// <param name="Declined">Those declined in the last 30 days.</param>
public sealed record MyWork(IReadOnlyList<WorkLine> Jobs, IReadOnlyList<MoveLine> Waiting, IReadOnlyList<MoveLine> Declined)
{
    private const int DeclinedDays = 30;

    /// <summary>Whether there are several at once, of which one is to count (P2).</summary>
    public bool Several => Jobs.Count(line => line.Running) > 1;

    /// <summary>Two statements, however long the history. Times that cover no day are left out.</summary>
    public static async Task<MyWork> OfAsync(LearningDb db, Guid person, Zone zone, CancellationToken stop = default)
    {
        var today = zone.Today;
        var jobs = await db.Employments.AsNoTracking().Where(job => job.PersonId == person && job.StartsOn != job.EndsOn)
            .Join(db.Agencies, job => job.AgencyId, agency => agency.Id, (job, agency) => new { Job = job, agency.Name })
            .OrderByDescending(row => row.Job.StartsOn).ThenByDescending(row => row.Job.Number).ToListAsync(stop);
        var since = zone.Now.AddDays(-DeclinedDays);
        var moves = await (
            from move in db.Moves
            join agency in db.Agencies on move.AgencyId equals agency.Id
            join left in db.Agencies on move.LeavesId equals left.Id into leaves
            from left in leaves.DefaultIfEmpty()
            where move.PersonId == person && (move.State == MoveState.Proposed || (move.State == MoveState.Declined && move.StateAt > since))
            orderby move.ProposedAt descending
            select new MoveLine(move, agency.Name, left == null ? null : left.Name)).AsNoTracking().ToListAsync(stop);
        return new MyWork(
            [.. jobs.Select(row => new WorkLine(row.Job, row.Name, row.Job.StartsOn <= today && PersonJobs.Runs(row.Job, today), row.Job.StartsOn > today))],
            moves.FindAll(line => line.Move.State == MoveState.Proposed), moves.FindAll(line => line.Move.State == MoveState.Declined));
    }
}
