using Learning.Audit;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>What somebody said is missing, with who said it.</summary>
public sealed class CorrectionSeen
{
    public Guid Id { get; init; }
    public Guid PersonId { get; init; }
    public string Name { get; init; } = "";
    public string Course { get; init; } = "";
    public DateOnly? LearntOn { get; init; }
    public string What { get; init; } = "";
    public DateTimeOffset AskedAt { get; init; }
    public string? DecisionWord { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Answer { get; init; }

    public CorrectionDecision? Decision => DecisionWord is { } word ? Words.Parse<CorrectionDecision>(word) : null;
}

/// <summary>What people said is missing in their records: one's own, and for the business unit what waits and each of them, whose look is on the audit trail (S2, S3).</summary>
public sealed class RecordCorrections(LearningDb db, Zone zone)
{
    private const string Facts = """
        select r.id as "Id", r.person_id as "PersonId", btrim(p.given_name || ' ' || p.family_name) as "Name", r.course as "Course", r.learnt_on as "LearntOn", r.what as "What", r.asked_at as "AskedAt",
            r.decision as "DecisionWord", r.decided_at as "DecidedAt", r.answer as "Answer" from record_corrections r join persons p on p.id = r.person_id
        """;

    /// <summary>One's own, the newest first.</summary>
    public Task<List<CorrectionSeen>> MineAsync(Actor actor, CancellationToken stop = default) =>
        db.Database.SqlQueryRaw<CorrectionSeen>(Facts + " where r.person_id = any (array(select same from persons_of({0}) same)) order by r.asked_at desc, r.id", actor.PersonId!.Value).ToListAsync(stop);

    /// <summary>What waits for an answer, the longest first; nothing for anybody but the business unit.</summary>
    public async Task<IReadOnlyList<CorrectionSeen>> WaitingAsync(Actor actor, CancellationToken stop = default) =>
        actor.IsUnit ? await db.Database.SqlQueryRaw<CorrectionSeen>(Facts + " where r.decision is null order by r.asked_at, r.id").ToListAsync(stop) : [];

    /// <summary>One of them; null where there is none, or for anybody but the business unit.</summary>
    public async Task<CorrectionSeen?> FindAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || (await db.Database.SqlQueryRaw<CorrectionSeen>(Facts + " where r.id = {0}", id).ToListAsync(stop)).SingleOrDefault() is not { } seen)
        {
            return null;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at what is missing in a person's record", SubjectKind = "person", SubjectId = seen.PersonId });
        await db.SaveChangesAsync(stop);
        return seen;
    }
}
