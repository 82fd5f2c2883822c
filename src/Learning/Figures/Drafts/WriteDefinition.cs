using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Drafts;

/// <summary>What came of writing a definition.</summary>
public abstract record WritingOutcome
{
    /// <summary>It is the definition that the report has now.</summary>
    public sealed record Written(string Report) : WritingOutcome;

    /// <summary>It cannot be counted; nothing was written.</summary>
    public sealed record Wrong(IReadOnlyList<DefinitionMistake> Mistakes) : WritingOutcome;

    /// <summary>Another report has the name; nothing was written.</summary>
    public sealed record Taken(string Sentence) : WritingOutcome;

    /// <summary>Somebody else wrote in the meantime; nothing was written. <paramref name="Digest"/> is of what the report has now.</summary>
    public sealed record Meanwhile(string Sentence, string Digest) : WritingOutcome;

    private WritingOutcome()
    {
    }
}

/// <summary>
/// Writes a report's definition, a new one or the next version of one (F7: the business unit drafts). What was signed or counted by an earlier version stays as it is. Refused while anything in it cannot be counted, when the name
/// of a new report is taken, and when somebody else wrote since the writer began: of two people who write at once, one does, and the other reads who did.
/// </summary>
public sealed class WriteDefinition(IDbContextFactory<LearningDb> dbs, Zone zone, ReportFiles files)
{
    /// <summary>The names that addresses of the site have already.</summary>
    private static readonly string[] Reserved = ["new", "builds", "ready"];

    /// <summary>Who drafts reports.</summary>
    public static bool May(Actor actor) => actor.PersonId is not null && actor.IsUnit;

    /// <param name="yaml">The text of the definition.</param>
    /// <param name="report">The report that it is of; null: a new one.</param>
    /// <param name="after">The digest of the definition that the writer began from.</param>
    /// <exception cref="UnauthorizedAccessException">The actor is not of the business unit.</exception>
    public async Task<WritingOutcome> RunAsync(string yaml, string? report, string? after, Actor actor, CancellationToken stop = default)
    {
        if (!May(actor))
        {
            throw new UnauthorizedAccessException("The business unit drafts reports (rule F7).");
        }

        ReportDefinition definition;
        await using var db = await dbs.CreateDbContextAsync(stop);
        try
        {
            definition = ReadReport.Text(report is null ? "definition.yaml" : $"{report}.yaml", yaml);
            await Scope.OfAsync(db, definition.At(zone.Today), zone.Now, stop);
        }
        catch (DefinitionException wrong)
        {
            return new WritingOutcome.Wrong(wrong.Mistakes);
        }

        if (Reserved.Contains(definition.Report, StringComparer.OrdinalIgnoreCase))
        {
            return new WritingOutcome.Taken($"A report cannot be called “{definition.Report}”: an address of this site is called so");
        }

        if (report is not null && definition.Report != report)
        {
            return new WritingOutcome.Wrong([new DefinitionMistake($"{report}.yaml", 1, 1, $"this is a definition of the report “{definition.Report}”, not of “{report}”; a report keeps its name, because its references have it")]);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await KeepDefinition.LockAsync(db, definition.Report, stop);
        var definitions = new ReportDefinitions(files, db);
        var now = await definitions.FindAsync(definition.Report, stop);
        if (report is null && (now is not null || await IsKnownAsync(db, definition.Report, stop)))
        {
            return new WritingOutcome.Taken($"There is a report “{now?.Report ?? definition.Report}” already. Give this one another name, or change that one");
        }

        if (now is not null && report is not null && now.Digest != after)
        {
            var by = await definitions.ByAsync(report, stop);
            return new WritingOutcome.Meanwhile(by is null
                ? "The definition was changed while you were at it. What you typed is still here; save again to put it in place of the other"
                : $"{by.Name} changed this definition on {British.Moment(zone.LocalOf(by.At))}, while you were at it. What you typed is still here; save again to put it in place of theirs", now.Digest);
        }

        if (now?.Digest != definition.Digest)
        {
            await KeepAsync(db, definition, actor.PersonId!.Value, stop);
            await transaction.CommitAsync(stop);
        }

        return new WritingOutcome.Written(definition.Report);
    }

    private async Task KeepAsync(LearningDb db, ReportDefinition definition, Guid person, CancellationToken stop)
    {
        await KeepDefinition.RunAsync(db, definition, zone.Now, person, stop);
        db.WrittenDefinitions.Add(new WrittenDefinition { Report = definition.Report, Digest = definition.Digest, WrittenAt = zone.Now, WrittenBy = person });
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = person, Verb = "wrote the definition of a report", SubjectKind = "report", Details = JsonSerializer.Serialize(new { report = definition.Report, digest = definition.Digest }),
        });
        await db.SaveChangesAsync(stop);
    }

    // Also one whose file is gone: its numbers are still read under the name.
    private static async Task<bool> IsKnownAsync(LearningDb db, string report, CancellationToken stop) => (await db.Database.SqlQuery<bool>($"""
        select exists (select from report_definitions where upper(report) = upper({report})) as "Value"
        """).ToListAsync(stop)).Single();
}
