using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>
/// Records that a subject expert has read the version that is offered now and says yes to every point of the check list (<c>content/programme/sign-off.yaml</c>). From then on this version is no
/// longer shown as illustrative, and says who signed it off and when. The next version needs its own. By the business unit alone, which knows the expert.
/// </summary>
public sealed class SignOffCourse(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <summary>A sign-off without a list would say that somebody checked nothing.</summary>
    public const string NoList = "There is no check list, so nothing can be signed off. It is the file programme/sign-off.yaml of the installation’s content.";

    /// <param name="ticked">The places of the points that hold, from 0.</param>
    /// <returns>The field and why it was not recorded, or null; recording it twice is recording it once.</returns>
    public async Task<(string Field, string Reason)?> RunAsync(string code, string? digest, string? expert, IReadOnlyCollection<int> ticked, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || await CourseDraft.OfAsync(db, library, code, actor, zone.Today, stop) is not { } draft || actor.PersonId is not { } person)
        {
            return ("Input.Expert", "There is no such course.");
        }

        var points = library.SignOffPoints();
        if (points.Count == 0)
        {
            return ("Input.Expert", NoList);
        }

        if (digest != draft.Offered.Digest)
        {
            return ("Input.Expert", "Another version is offered by now. It needs its own sign-off.");
        }

        if (string.IsNullOrWhiteSpace(expert))
        {
            return ("Input.Expert", "Say who signed it off, with their office");
        }

        if (Enumerable.Range(0, points.Count).Except(ticked).Any())
        {
            return ("Input.Points", "Tick every point. A course that lacks one stays illustrative");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (id, now, today, name, all) = (Guid.CreateVersion7(), zone.Now, zone.Today, expert.Trim(), points.ToArray());
        await db.Database.ExecuteSqlAsync($"insert into course_versions (course_id, digest, texts, first_used_at) values ({draft.Course.Id}, {digest}, {CourseVersion.Json(draft.Offered)}::jsonb, {now}) on conflict do nothing", stop);
        await db.Database.ExecuteSqlAsync($"""
            insert into course_sign_offs (id, course_id, digest, expert, checked, signed_on, recorded_at, recorded_by)
            values ({id}, {draft.Course.Id}, {digest}, {name}, {all}, {today}, {now}, {person}) on conflict (course_id, digest) do nothing
            """, stop);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "recorded a course's sign-off", SubjectKind = "course", SubjectId = draft.Course.Id, Details = JsonSerializer.Serialize(new { digest }) });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
