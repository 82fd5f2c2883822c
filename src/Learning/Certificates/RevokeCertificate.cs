using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>What came of a revocation.</summary>
public abstract record RevokeOutcome
{
    /// <summary>It is not good any more, by this press or an earlier one.</summary>
    public sealed record Revoked : RevokeOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Reason) : RevokeOutcome;

    /// <summary>There is no such certificate, or who asks is not the business unit.</summary>
    public sealed record NotFound : RevokeOutcome;

    private RevokeOutcome()
    {
    }
}

/// <summary>
/// Revokes a certificate: the business unit, with a reason, which the holder reads. For good: the program issues none for the same learning again. Refused without a reason, of one's own, and of one that another has replaced. What was
/// learnt stays on the record, and in the figures.
/// </summary>
public sealed class RevokeCertificate(LearningDb db, FindCertificates find, Zone zone)
{
    public async Task<RevokeOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({IssueCertificates.Lock}, 0))", stop);
        if (!actor.IsUnit || await find.ForAsync(id, actor, "looked at a certificate", stop) is not { } seen)
        {
            return new RevokeOutcome.NotFound();
        }

        if (seen.RevokedAt is not null)
        {
            return new RevokeOutcome.Revoked();
        }

        reason = CertificateRules.Clean(reason);
        if ((await find.IsOwnAsync(seen, actor, stop) ? CertificateRules.Own : CertificateRules.WhyNot(seen) ?? CertificateRules.WhyNotReason(reason)) is { } why)
        {
            return new RevokeOutcome.Refused(why);
        }

        var now = zone.Now;
        db.CertificateRevocations.Add(new CertificateRevocation { CertificateId = id, RecordedAt = now, RecordedBy = actor.PersonId, Reason = reason! });
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "revoked a certificate", SubjectKind = "person", SubjectId = seen.PersonId, Details = JsonSerializer.Serialize(new { certificate = id }),
        });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [await ReissueCertificate.ToAsync(db, seen.PersonId, id, CertificateLetter.Revoked, "Their certificate was revoked.", stop)], stop);
        await transaction.CommitAsync(stop);
        return new RevokeOutcome.Revoked();
    }
}
