using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>What came of issuing a certificate anew.</summary>
public abstract record ReissueOutcome
{
    /// <summary>The new one, which points to the old.</summary>
    public sealed record Issued(Guid Id) : ReissueOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(IReadOnlyList<ReissueMistake> Mistakes) : ReissueOutcome;

    /// <summary>There is no such certificate, or who asks is not the business unit.</summary>
    public sealed record NotFound : ReissueOutcome;

    private ReissueOutcome()
    {
    }
}

/// <summary>
/// Issues a certificate anew, with another name or corrected facts: the business unit, with a reason. The new one has a number of its own and takes the old one's place, which stays as it was and says so. The holder is
/// told; on the audit trail, without the name (P5). Refused: nothing that differs, no reason, one's own, one that has been revoked or replaced, somebody erased. What was learnt and when stays: that is the record's.
/// </summary>
public sealed class ReissueCertificate(LearningDb db, FindCertificates find, Letterhead head, Zone zone)
{
    public async Task<ReissueOutcome> RunAsync(Guid id, TypedReissue typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({IssueCertificates.Lock}, 0))", stop);
        if (!actor.IsUnit || await find.ForAsync(id, actor, "looked at a certificate", stop) is not { } seen)
        {
            return new ReissueOutcome.NotFound();
        }

        var mistakes = new List<ReissueMistake>();
        if ((await find.IsOwnAsync(seen, actor, stop) ? CertificateRules.Own : CertificateRules.WhyNot(seen)) is { } why)
        {
            return new ReissueOutcome.Refused([new(ReissueField.Holder, why)]);
        }

        if (CertificateRules.Read(typed, seen, mistakes) is not { } corrected)
        {
            return new ReissueOutcome.Refused(mistakes);
        }

        var (now, old) = (zone.Now, await db.Certificates.AsNoTracking().SingleAsync(one => one.Id == id, stop));
        var anew = new Certificate
        {
            Id = Guid.CreateVersion7(now), PersonId = old.PersonId, CompletionId = old.CompletionId, SessionId = old.SessionId, CourseId = old.CourseId, Holder = corrected.Holder, CourseCode = old.CourseCode, CourseTitle = old.CourseTitle,
            CourseKind = old.CourseKind, CourseVersion = old.CourseVersion, CpdHours = corrected.CpdHours, Level = corrected.Level, LevelFramework = corrected.LevelFramework, ParticipatoryShare = corrected.Share,
            HeldOn = old.HeldOn, IssuedAt = now, IssuedBy = actor.PersonId, ExpiresOn = corrected.ExpiresOn, Partnership = head.From.Name, ReplacesId = old.Id, Reason = corrected.Reason,
        };
        db.Certificates.Add(anew);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "issued a certificate anew", SubjectKind = "person", SubjectId = old.PersonId, Details = JsonSerializer.Serialize(new { old = old.Id }),
        });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [await ToAsync(db, old.PersonId, anew.Id, "", "Their certificate was issued anew.", stop)], stop);
        await transaction.CommitAsync(stop);
        return new ReissueOutcome.Issued(anew.Id);
    }

    // To whoever they are counted as now (P3).
    internal static async Task<Outgoing> ToAsync(LearningDb db, Guid person, Guid certificate, string occurrence, string why, CancellationToken stop) => new()
    {
        Kind = CertificateLetter.Name, PersonId = (await db.Database.SqlQuery<Guid>($"""select counted_as({person}) as "Value" """).ToListAsync(stop)).Single(), SubjectId = certificate, Occurrence = occurrence, Why = why,
    };
}
