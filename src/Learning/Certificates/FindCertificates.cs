using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>Reads certificates: one's own, those of a person for the business unit (S2), and by its number for anybody who has that. One statement each.</summary>
public sealed class FindCertificates(LearningDb db, Zone zone)
{
    /// <summary>All of somebody's, with those of the records that are counted as theirs (P3), the newest learning first. Whoever asks has asked whether they may see them.</summary>
    public Task<List<CertificateSeen>> OfAsync(Guid person, CancellationToken stop = default) => db.Database.SqlQueryRaw<CertificateSeen>(
        Facts + " where c.person_id = any (array(select same from persons_of({0}) same)) order by c.held_on desc, c.course_title, c.serial desc", person).ToListAsync(stop);

    /// <summary>Those of somebody that stand and run out within 90 days, while nothing newer of the same course counts longer: the first to run out first.</summary>
    public Task<List<CertificateSeen>> ExpiringAsync(Guid person, CancellationToken stop = default) => db.Database.SqlQueryRaw<CertificateSeen>(
        Facts + """
         where c.person_id = any (array(select same from persons_of({0}) same)) and n.id is null and r.certificate_id is null and c.expires_on > {1} and c.expires_on <= {1} + {2}
            and not holds_course({0}, c.course_id, c.expires_on) order by c.expires_on, c.course_title
        """, person, zone.Today, CertificateSeen.ExpiresWithin).ToListAsync(stop);

    /// <summary>The one of a number; null: there is none.</summary>
    public async Task<CertificateSeen?> ByNumberAsync(string number, CancellationToken stop = default) =>
        (await db.Database.SqlQueryRaw<CertificateSeen>(Facts + " where c.number = {0}", number).ToListAsync(stop)).SingleOrDefault();

    /// <summary>One for its holder or the business unit, whose look is on the audit trail (S3); null for everybody else.</summary>
    /// <param name="verb">What somebody else than the holder did, for the trail.</param>
    public async Task<CertificateSeen?> ForAsync(Guid id, Actor actor, string verb, CancellationToken stop = default)
    {
        if ((await db.Database.SqlQueryRaw<CertificateSeen>(Facts + " where c.id = {0}", id).ToListAsync(stop)).SingleOrDefault() is not { } certificate)
        {
            return null;
        }

        if (await IsOwnAsync(certificate, actor, stop))
        {
            return certificate;
        }

        if (!actor.IsUnit)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "person", SubjectId = certificate.PersonId });
        await db.SaveChangesAsync(stop);
        return certificate;
    }

    /// <summary>Whether it is the asker's own (P3).</summary>
    internal async Task<bool> IsOwnAsync(CertificateSeen certificate, Actor actor, CancellationToken stop = default) =>
        actor.PersonId is { } self && (await db.Database.SqlQuery<bool>($"""select counted_as({certificate.PersonId}) = counted_as({self}) as "Value" """).ToListAsync(stop)).Single();

    /// <summary>What somebody, or whoever they are counted as (P3), is called now; null: nothing any more. For the business unit, which has asked for the certificate.</summary>
    public async Task<string?> NameNowAsync(Guid person, CancellationToken stop = default) => (await db.Database.SqlQuery<string?>(
        $"""select nullif(btrim(p.given_name || ' ' || p.family_name), '') as "Value" from persons p where p.id = counted_as({person})""").ToListAsync(stop)).SingleOrDefault();

    private const string Facts = """
        select c.id as "Id", c.number as "Number", c.person_id as "PersonId", c.course_id as "CourseId", c.completion_id as "CompletionId", c.session_id as "SessionId", s.ref as "SessionRef", c.holder as "Holder", c.course_code as "CourseCode",
            c.course_title as "CourseTitle", c.course_kind as "KindWord", c.course_version as "CourseVersion", c.cpd_hours as "CpdHours", c.level as "Level", c.level_framework as "LevelFramework",
            c.participatory_share as "ParticipatoryShare", c.held_on as "HeldOn", c.issued_at as "IssuedAt", c.expires_on as "ExpiresOn", c.partnership as "Partnership", c.reason as "Reason",
            c.replaces_id is not null as "Replaces", n.id as "ReplacedById", r.recorded_at as "RevokedAt", r.reason as "RevokedBecause"
        from certificates c left join sessions s on s.id = c.session_id left join certificates n on n.replaces_id = c.id left join certificate_revocations r on r.certificate_id = c.id
        """;
}
