using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Builds;

/// <summary>
/// Has a report counted, or all of them: whoever asks goes on at once, and a worker counts. What waits or is being counted already is not asked for twice. By the business unit, the chair and the program itself.
/// </summary>
public sealed class AskForBuild(LearningDb db, Zone zone)
{
    /// <param name="report">Null: every report.</param>
    /// <exception cref="UnauthorizedAccessException">The actor is neither the business unit, the chair nor the program itself.</exception>
    public async Task RunAsync(string? report, Actor actor, CancellationToken stop = default)
    {
        if (!BuildReports.May(actor))
        {
            throw new UnauthorizedAccessException("The business unit and the chair have figures counted again.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var asked = await db.Database.ExecuteSqlAsync(
            $"insert into build_runs (report, asked_at, asked_by) values ({report}, {zone.Now}, {actor.PersonId}) on conflict (coalesce(upper(report), '')) where ended_at is null do nothing", stop);
        if (asked > 0 && actor.PersonId is { } person)
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "asked for a report to be counted", SubjectKind = "report", Details = JsonSerializer.Serialize(new { report }) });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
    }
}
