using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Required;

/// <summary>Evidence as it is shown: apart from what was seen here.</summary>
public sealed record EvidenceSeen(
    Guid Id, Guid PersonId, string Name, string Code, string Course, string Title, string Provider, DateOnly DoneOn, string FileName, string MediaType, int Size, string Hash, DateTimeOffset SentAt, EvidenceDecision? Decision, string? Reason);

/// <summary>
/// Evidence of learning elsewhere: one's own; for a lead that of people who work for their agencies today, sent since they joined (S2); for the business unit all. What is not theirs to see is not there.
/// </summary>
public sealed class SentEvidence(LearningDb db, Zone zone)
{
    /// <summary>One's own, the newest first.</summary>
    public async Task<IReadOnlyList<EvidenceSeen>> MineAsync(Actor actor, CancellationToken stop = default) =>
        [.. (await Rows(actor).Where(row => row.Evidence.PersonId == actor.PersonId).OrderByDescending(row => row.Evidence.SentAt).ToListAsync(stop)).Select(Of)];

    /// <summary>What waits for the actor's decision, the oldest first; never their own.</summary>
    public async Task<IReadOnlyList<EvidenceSeen>> WaitingAsync(Actor actor, CancellationToken stop = default) =>
        [.. (await Rows(actor).Where(row => row.Evidence.PersonId != actor.PersonId && row.Evidence.Decision == null).OrderBy(row => row.Evidence.SentAt).Take(200).ToListAsync(stop)).Select(Of)];

    /// <summary>One of them; that somebody looked at another's is on the audit trail (S3). Null where it is not theirs to see.</summary>
    public async Task<EvidenceSeen?> FindAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (await Rows(actor).SingleOrDefaultAsync(row => row.Evidence.Id == id, stop) is not { } row)
        {
            return null;
        }

        if (row.Evidence.PersonId != actor.PersonId)
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at evidence of learning", SubjectKind = "person", SubjectId = row.Evidence.PersonId });
            await db.SaveChangesAsync(stop);
        }

        return Of(row);
    }

    /// <summary>The bytes of one that was found.</summary>
    public Task<byte[]> ContentAsync(Guid id, CancellationToken stop = default) => db.EvidenceFiles.Where(file => file.EvidenceId == id).Select(file => file.Content).SingleAsync(stop);

    private sealed class Row
    {
        public required LearningEvidence Evidence { get; init; }
        public required string GivenName { get; init; }
        public required string FamilyName { get; init; }
        public required string Code { get; init; }
        public required string Course { get; init; }
    }

    // What a person sent before they joined is between them and the agency of that day.
    private IQueryable<Row> Rows(Actor actor)
    {
        var (today, led, unit, zoneName) = (zone.Today, actor.LeadOf.ToArray(), actor.IsUnit, zone.Name);
        var seen = db.LearningEvidence.FromSql($"""
            select v.* from learning_evidence v
            where {unit} or v.person_id = {actor.PersonId} or exists (
                select from employments e where e.agency_id = any ({led}) and e.starts_on <= {today} and (e.ends_on is null or {today} < e.ends_on)
                    and e.person_id in (select same from persons_of(v.person_id) same) and e.starts_on <= (v.sent_at at time zone {zoneName})::date)
            """).AsNoTracking();
        return from evidence in seen
               join person in db.Persons.VisibleTo(actor, db, today) on evidence.PersonId equals person.Id
               join course in db.Courses on evidence.CourseId equals course.Id
               select new Row { Evidence = evidence, GivenName = person.GivenName, FamilyName = person.FamilyName, Code = course.Code, Course = course.Title };
    }

    private static EvidenceSeen Of(Row row) => new(
        row.Evidence.Id, row.Evidence.PersonId, $"{row.GivenName} {row.FamilyName}".Trim(), row.Code, row.Course, row.Evidence.Title, row.Evidence.Provider, row.Evidence.DoneOn, row.Evidence.FileName,
        row.Evidence.MediaType, row.Evidence.Size, Convert.ToHexStringLower(row.Evidence.Sha256), row.Evidence.SentAt, row.Evidence.Decision, row.Evidence.Reason);
}
