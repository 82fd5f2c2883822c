using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>What is written to the holder of a certificate that was issued, issued anew or revoked, read just before it is sent (M3): nothing of an issue that something has followed already.</summary>
internal static class CertificateLetter
{
    public const string Name = "certificate";

    /// <summary>The occurrence of the letter about a revocation; that about the issue has none.</summary>
    public const string Revoked = "revoked";

    internal static readonly MessageKind[] Kinds = [new(Name, ReadAsync)];

    private sealed record Facts(string Course, string Number, DateOnly HeldOn, DateOnly? ExpiresOn, bool Anew, string? RevokedBecause, bool Followed);

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var facts = await db.Database.SqlQuery<Facts>($"""
            select c.course_title as "Course", c.number as "Number", c.held_on as "HeldOn", c.expires_on as "ExpiresOn", c.replaces_id is not null as "Anew", r.reason as "RevokedBecause",
                exists (select from certificates n where n.replaces_id = c.id) as "Followed"
            from certificates c left join certificate_revocations r on r.certificate_id = c.id where c.id = {message.SubjectId}
            """).SingleAsync(stop);
        var revoked = message.Occurrence == Revoked;
        return facts.Followed ? new Reading.Drop("another certificate has been issued in its place")
            : !revoked && facts.RevokedBecause is not null ? new Reading.Drop("it has been revoked")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["course"] = facts.Course, ["number"] = CertificateNumber.Spelt(facts.Number), ["date"] = British.Date(facts.HeldOn), ["revoked"] = revoked, ["anew"] = facts.Anew,
                ["reason"] = revoked ? facts.RevokedBecause : null, ["lastDay"] = facts.ExpiresOn is { } end ? British.Date(end.AddDays(-1)) : null,
            });
    }
}
