using System.Text.Json;

using Learning.Audit;
using Learning.Figures;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reports;

/// <summary>
/// Publishes a signed revision: from then on everybody can read the report and the page of each of its figures, with small numbers held back (F6). By the chair or the business unit. Publishing what is
/// published changes nothing; what is not signed is refused.
/// </summary>
public sealed class PublishReport(LearningDb db, Signings signings, Zone zone)
{
    /// <returns>The sentence of a refusal; null: it is published.</returns>
    /// <exception cref="UnauthorizedAccessException">The actor is neither the chair nor the business unit.</exception>
    public async Task<string?> RunAsync(string report, int revision, Actor actor, CancellationToken stop = default)
    {
        if (!SigningRules.MayPublish(actor))
        {
            throw new UnauthorizedAccessException("The L&D chair and the business unit publish reports (rule F7).");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await KeepDefinition.LockAsync(db, report, stop);
        var seen = await signings.OfAsync(report, actor, stop);
        if (seen.FirstOrDefault(signing => signing.Revision == revision) is not { } signing)
        {
            return "This report has to be signed before it can be published.";
        }

        if (signing.PublishedAt is null)
        {
            db.ReportPublications.Add(new ReportPublication { SigningId = signing.Id, PublishedAt = zone.Now, PublishedBy = actor.PersonId!.Value });
            db.AuditEntries.Add(new AuditEntry
            {
                At = zone.Now, ActorId = actor.PersonId, Verb = "published a report", SubjectKind = "report", SubjectId = signing.Id,
                Details = JsonSerializer.Serialize(new { report = signing.Report, revision }),
            });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return null;
    }
}
