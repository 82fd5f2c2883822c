using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>
/// Takes out what somebody wrote in an evaluation, for instance because it names a child. The words are gone for good; that they were taken out, by whom and why is kept, and is on the audit trail. Scores stay.
/// Only for the business unit; doing it again changes nothing. Refused without a reason.
/// </summary>
public sealed class RedactComment(LearningDb db, Zone zone)
{
    /// <returns>A sentence that refuses; null: it is done. Empty: there is no such comment for the actor.</returns>
    public async Task<string?> RunAsync(Guid response, string question, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || actor.PersonId is not { } unit || await db.EvaluationAnswers.AsNoTracking().SingleOrDefaultAsync(answer => answer.ResponseId == response && answer.Question == question && answer.Score == null && answer.Choice == null, stop) is null)
        {
            return "";
        }

        if (EvaluationRules.WhyNotReason(reason) is { } why)
        {
            return why;
        }

        var (now, kept) = (zone.Now, EvaluationRules.WordsOf(reason)!);
        if (await db.Database.ExecuteSqlAsync($"""
            insert into evaluation_redactions (response_id, question, recorded_at, recorded_by, reason) values ({response}, {question}, {now}, {unit}, {kept}) on conflict do nothing
            """, stop) > 0)
        {
            await db.Database.ExecuteSqlAsync($"select blank_evaluation_words('{{}}')", stop);
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = unit, Verb = "took a comment out of an evaluation", SubjectKind = "evaluation", SubjectId = response });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return null;
    }
}
