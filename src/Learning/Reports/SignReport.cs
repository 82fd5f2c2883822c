using System.Text.Json;

using Learning.Audit;
using Learning.Figures;
using Learning.History;
using Learning.Membership;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reports;

/// <summary>What the signer saw and says.</summary>
/// <param name="After">The newest revision that the signer saw; 0: none.</param>
/// <param name="DefinitionDigest">The definition that the signer saw.</param>
/// <param name="Accepted">The keys of what is unfinished and accepted, each by name.</param>
/// <param name="Reason">Why it is restated.</param>
public sealed record Signature(int After, string DefinitionDigest, IReadOnlySet<string> Accepted, string? Reason = null);

/// <summary>What came of signing a report.</summary>
public abstract record SigningOutcome
{
    public sealed record Signed(int Revision) : SigningOutcome;

    /// <summary>Somebody was first. Nothing was signed again.</summary>
    public sealed record Already(string Sentence) : SigningOutcome;

    /// <summary>These are unfinished and were not accepted; nothing was signed.</summary>
    public sealed record NotFinished(IReadOnlyList<UnfinishedItem> Items) : SigningOutcome;

    /// <summary>Nothing was signed.</summary>
    public sealed record Refused(string Sentence) : SigningOutcome;

    private SigningOutcome()
    {
    }
}

/// <summary>
/// Signs a report (F7), or restates it with a reason as its next revision (F8): freezes each figure's value, table, definition, as-at, digest and drill-down, whole or not at all. By the L&amp;D chair.
/// Refused while something is unfinished that was not accepted by name, when the definition changed since the signer saw it, over nothing at all, and while history is imported. Of two people who sign
/// at once one does, and the other reads who did.
/// </summary>
public sealed class SignReport(IDbContextFactory<LearningDb> dbs, ReportDefinitions files, ComputeReport compute, Unfinished unfinished, SubtractedReports subtracted, Signings signings, Zone zone)
{
    /// <exception cref="UnauthorizedAccessException">The actor is not the chair.</exception>
    public async Task<SigningOutcome> RunAsync(string report, Signature signature, Actor actor, CancellationToken stop = default)
    {
        if (!SigningRules.MaySign(actor))
        {
            throw new UnauthorizedAccessException("The L&D chair signs reports (rule F7).");
        }

        await using var db = await dbs.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await KeepDefinition.LockAsync(db, report, stop);
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({ImportHistory.Lock}) as \"Value\"").ToListAsync(stop)).Single())
        {
            return new SigningOutcome.Refused("History is being imported. Sign when the import has ended.");
        }

        if (await files.FindAsync(report, stop) is not { } definition || definition.Digest != signature.DefinitionDigest)
        {
            return new SigningOutcome.Refused("The definition of this report was changed since you opened this page. Look at it again before you sign.");
        }

        var before = await signings.FindAsync(report, null, actor, stop);
        if ((before?.Signing.Revision ?? 0) != signature.After)
        {
            return new SigningOutcome.Already(before is null
                ? "This report has not been signed yet. Open this page again."
                : $"{before.Signing.SignedBy} signed this report as r{before.Signing.Revision} on {British.Moment(zone.LocalOf(before.Signing.SignedAt))}, before you. It was not signed again.");
        }

        var reason = Reasons.Read(signature.Reason);
        if (before is not null && reason is null)
        {
            return new SigningOutcome.Refused(Reasons.Sentence(signature.Reason, "Write why the report is restated: everybody reads it"));
        }

        try
        {
            var outcome = await SignAsync(db, definition, before, signature, before is null ? null : reason, actor, stop);
            if (outcome is SigningOutcome.Signed)
            {
                await transaction.CommitAsync(stop);
            }

            return outcome;
        }
        catch (DefinitionException wrong)
        {
            return new SigningOutcome.Refused($"This report cannot be counted: {wrong.Mistakes[0].What}.");
        }
    }

    private async Task<SigningOutcome> SignAsync(LearningDb db, ReportDefinition definition, SignedReport? before, Signature signature, string? reason, Actor actor, CancellationToken stop)
    {
        var open = await unfinished.OfAsync(definition, actor, stop);
        if (open.Where(item => !signature.Accepted.Contains(item.Key)).ToList() is { Count: > 0 } missing)
        {
            return new SigningOutcome.NotFinished(missing);
        }

        var (computed, behind) = await compute.WithBehindAsync(definition, await OldestOpen.AsAtAsync(db, zone, stop), actor, stop);
        if (behind.Values.All(rows => rows.Rows.Count == 0))
        {
            return new SigningOutcome.Refused("There is nothing to sign: no session, completion or course of this report is on record for its period.");
        }

        open = [.. open, .. await subtracted.OfAsync(definition, computed, actor, stop)];
        if (open.Where(item => !signature.Accepted.Contains(item.Key)).ToList() is { Count: > 0 } tells)
        {
            return new SigningOutcome.NotFinished(tells);
        }

        var now = zone.Now;
        await KeepDefinition.RunAsync(db, definition, now, null, stop);
        var signing = new ReportSigning
        {
            Id = Guid.CreateVersion7(), Report = definition.Report, Revision = signature.After + 1, PeriodFrom = computed.From, PeriodTo = computed.To, AsAt = computed.AsAt,
            SignedAt = now, SignedBy = actor.PersonId!.Value, DefinitionDigest = definition.Digest, Figures = ReportJson.Keep(computed), Reason = reason, Restated = Restated(before?.Computed, computed),
            Accepted = JsonSerializer.Serialize(open.Select(item => new { item.Key, item.Words }), JsonSerializerOptions.Web),
        };
        db.ReportSignings.Add(signing);
        db.SignedBehinds.AddRange(behind.Select(figure => new SignedBehind { SigningId = signing.Id, Figure = figure.Key, Rows = ReportBehind.Write(figure.Value) }));
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = before is null ? "signed a report" : "restated a report", SubjectKind = "report", SubjectId = signing.Id,
            Details = JsonSerializer.Serialize(new { report = definition.Report, revision = signing.Revision, accepted = open.Select(item => item.Key) }),
        });
        await db.SaveChangesAsync(stop);
        return new SigningOutcome.Signed(signing.Revision);
    }

    // F8: a figure is marked [r] where it says something else than before.
    private static string[] Restated(ComputedReport? before, ComputedReport now) =>
        before is null ? [] : [.. now.Figures.Where(figure => before.Find(figure.Id) is not { } old || !FigureDrift.Same(old, figure)).Select(figure => figure.Id)];
}
