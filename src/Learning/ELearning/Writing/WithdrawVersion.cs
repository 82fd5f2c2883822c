using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>
/// Withdraws a version of a course for good (E1): nobody begins or finishes it any more, and whoever is in the middle of it begins again with the one before it that is still good. Completions of it
/// stay. Withdrawing twice is withdrawing once.
/// </summary>
public sealed class WithdrawVersion(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <returns>Why it was not withdrawn, or null. Refused: no reason, no such version, not the actor's to write (S1).</returns>
    public async Task<string?> RunAsync(string code, string? digest, string? reason, Actor actor, CancellationToken stop = default)
    {
        if (await CourseDraft.OfAsync(db, library, code, actor, zone.Today, stop) is not { } draft || actor.PersonId is not { } person)
        {
            return "There is no such course.";
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return "Say why it is withdrawn";
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, why) = (zone.Now, reason.Trim());
        if (digest == draft.Offered.Digest)
        {
            // What the folder offers may have had no learner yet.
            await db.Database.ExecuteSqlAsync($"insert into course_versions (course_id, digest, texts, first_used_at) values ({draft.Course.Id}, {digest}, {CourseVersion.Json(draft.Offered)}::jsonb, {now}) on conflict do nothing", stop);
        }

        var done = await db.Database.ExecuteSqlAsync($"""
            insert into version_withdrawals (course_id, digest, reason, withdrawn_at, withdrawn_by)
            select course_id, digest, {why}, {now}, {person} from course_versions where course_id = {draft.Course.Id} and digest = {digest} on conflict do nothing
            """, stop);
        if (done > 0)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "withdrew a course's version", SubjectKind = "course", SubjectId = draft.Course.Id, Details = JsonSerializer.Serialize(new { digest }) });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return done > 0 || await db.VersionWithdrawals.AnyAsync(one => one.CourseId == draft.Course.Id && one.Digest == digest, stop) ? null : "There is no such version.";
    }
}
