using System.Text.Json;

using Learning.Audit;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What every verb does that changes agencies: one at a time, so that no two make a circle of parents or of successors between them; and a line on the trail.</summary>
internal static class LockAgencies
{
    /// <summary>The agency, with all agencies locked against change, in the verb's transaction; null where there is none.</summary>
    public static async Task<Agency?> FindAsync(LearningDb db, Guid id, CancellationToken stop)
    {
        await AllAsync(db, stop);
        return await db.Agencies.SingleOrDefaultAsync(agency => agency.Id == id, stop);
    }

    /// <summary>Nobody changes an agency until this verb is done; reading, and belonging to one, go on.</summary>
    public static Task AllAsync(LearningDb db, CancellationToken stop) => db.Database.ExecuteSqlAsync($"lock table agencies in share row exclusive mode", stop);

    public static void Note(LearningDb db, Actor actor, string verb, Guid agency, DateTimeOffset now, object? details = null) => db.AuditEntries.Add(new AuditEntry
    {
        At = now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "agency", SubjectId = agency, Details = details is null ? null : JsonSerializer.Serialize(details),
    });
}
