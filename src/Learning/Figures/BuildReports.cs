using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.Figures.Builds;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>What a build came to: the reports that were counted, and the mistakes of the definitions that were not.</summary>
public sealed record BuildOutcome(IReadOnlyList<string> Reports, IReadOnlyList<DefinitionMistake> Mistakes)
{
    /// <summary>"2 reports counted; not counted: 2023-24.yaml, there is no programme 'GCP2' and 3 more". What was left out is never passed over.</summary>
    public string InWords => string.Join("; ", Mistakes.GroupBy(mistake => Path.GetFileName(mistake.File))
        .Select(file => $"not counted: {file.Key}, {file.First().What}{(file.Count() > 1 ? $" and {file.Count() - 1} more" : "")}")
        .Prepend($"{British.Count(Reports.Count, "report")} counted"));
}

/// <summary>
/// The build of the training figures, every night and when the business unit or the chair asks for it: counts each report as at now and keeps it for the report page.
/// A definition with a mistake stops no other, and is told. What is signed is counted again by the definition that was signed, for its drift (F8).
/// </summary>
public sealed class BuildReports(ReportDefinitions files, ComputeReport compute, CountDrift drift, Signings signings, RunProgress progress, IDbContextFactory<LearningDb> dbs, Zone zone)
{
    /// <summary>Counts every report, or the one that is named.</summary>
    /// <exception cref="UnauthorizedAccessException">The actor is neither the business unit, the chair nor the program itself.</exception>
    public Task<BuildOutcome> RunAsync(Actor actor, string? report = null, CancellationToken stop = default) => RunAsync(actor, report, null, stop);

    /// <summary>The same, with what it has done written down step by step; what is kept of it already is not counted again.</summary>
    internal async Task<BuildOutcome> RunAsync(Actor actor, string? report, BuildProgress? run, CancellationToken stop)
    {
        if (!May(actor))
        {
            throw new UnauthorizedAccessException("The business unit and the chair have figures counted again.");
        }

        var (definitions, mistakes) = await files.AllAsync(stop);
        var wrong = new List<DefinitionMistake>(mistakes);
        var built = new List<string>();
        var wanted = definitions.Where(definition => report is null || definition.Report.Equals(report, StringComparison.OrdinalIgnoreCase)).ToList();
        var again = (await signings.NewestAsync(actor, stop)).Keys.Where(signed => report is null || signed.Equals(report, StringComparison.OrdinalIgnoreCase)).ToList();
        var done = 0;
        await (run?.BeginAsync(wanted.Count, stop) ?? Task.CompletedTask);
        foreach (var definition in wanted)
        {
            await progress.AtAsync(done++, wanted.Count + again.Count);
            try
            {
                if (run?.Has(definition.Report) != true)
                {
                    var (computed, behind) = await compute.WithBehindAsync(definition, null, actor, stop, run is null ? null : (step, steps) => run.StepAsync(definition.Report, step, steps, stop));
                    await KeepAsync(definition, computed, behind, actor, stop);
                    await (run?.KeptAsync(definition.Report, stop) ?? Task.CompletedTask);
                }

                built.Add(definition.Report);
            }
            catch (DefinitionException unknown)
            {
                wrong.AddRange(unknown.Mistakes);
            }
        }

        foreach (var signed in again)
        {
            await progress.AtAsync(done++, wanted.Count + again.Count);
            try
            {
                await drift.RunAsync(signed, actor, stop);
            }
            catch (DefinitionException unknown)
            {
                wrong.AddRange(unknown.Mistakes);
            }
        }

        await progress.AtAsync(done, done);
        return new BuildOutcome(built, wrong);
    }

    /// <summary>Who may ask for a build: the business unit, the chair, and the program itself.</summary>
    public static bool May(Actor actor) => actor.IsUnit || actor.Roles.Contains(Role.Chair);

    // Every build is kept, of the drill-downs the newest: one transaction, so that a build that ends half-way leaves the last one whole.
    private async Task KeepAsync(ReportDefinition definition, ComputedReport report, IReadOnlyDictionary<string, Behind> behind, Actor actor, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await KeepDefinition.LockAsync(db, definition.Report, stop);
        await KeepDefinition.RunAsync(db, definition, zone.Now, null, stop);
        var build = new ReportBuild
        {
            Report = definition.Report, DefinitionDigest = definition.Digest, AsAt = report.AsAt, BuiltAt = zone.Now, Figures = ReportJson.Keep(report),
        };
        db.ReportBuilds.Add(build);
        if (actor.PersonId is { } person)
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "had a report counted", SubjectKind = "report", Details = JsonSerializer.Serialize(new { report = definition.Report }) });
        }

        await db.SaveChangesAsync(stop);
        db.ReportBehinds.AddRange(behind.Select(figure => ReportBehind.Keep(build.Id, figure.Key, figure.Value)));
        await db.SaveChangesAsync(stop);
        await db.ReportBehinds.Where(old => db.ReportBuilds.Any(older => older.Id == old.BuildId && older.Report == definition.Report && older.Id < build.Id)).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
    }
}
