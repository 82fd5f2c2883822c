using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages;

/// <summary>Withdraws a version of a package for good (E1): nobody begins or finishes it any more, and the one before it that still stands is what a learner begins. Completions of it stay. Twice is once.</summary>
public sealed class WithdrawPackage(LearningDb db, Zone zone)
{
    /// <summary>What is said of a number that no version has.</summary>
    public const string NoVersion = "There is no such version.";

    /// <returns>Why it was not withdrawn, or null. Refused: no reason, no such version, not the actor's to organise (S1).</returns>
    public async Task<string?> DoAsync(Actor actor, string code, int? number, string? reason, CancellationToken stop = default)
    {
        if (await PackageCourse.FindAsync(db, code, actor, zone.Today, stop) is not { } course || actor.PersonId is not { } person)
        {
            return "There is no such course.";
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return "Say why it is withdrawn";
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await PackageCourse.HoldAsync(db, code, stop);
        if (await db.Packages.AsNoTracking().SingleOrDefaultAsync(one => one.CourseId == course.Id && one.Number == number, stop) is not { } package)
        {
            return NoVersion;
        }

        var (now, why) = (zone.Now, reason.Trim());
        if (await db.Database.ExecuteSqlAsync($"""
            insert into version_withdrawals (course_id, digest, reason, withdrawn_at, withdrawn_by) values ({course.Id}, {package.Digest}, {why}, {now}, {person}) on conflict do nothing
            """, stop) > 0)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "withdrew a course's version", SubjectKind = "course", SubjectId = course.Id, Details = JsonSerializer.Serialize(new { number, digest = package.Digest }) });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return null;
    }
}
