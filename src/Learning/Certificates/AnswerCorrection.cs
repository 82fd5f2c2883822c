using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>What came of an answer.</summary>
public enum AnswerOutcome
{
    Done,

    /// <summary>They read it, so there is one.</summary>
    NoAnswer,

    /// <summary>Somebody has answered already.</summary>
    Answered,

    /// <summary>There is no such thing, or who asks is not the business unit.</summary>
    NotFound,
}

/// <summary>Answers somebody who said that something is missing in their record: the business unit, once; the person is told. It changes no record itself: that is done where the record is made, at the register.</summary>
public sealed class AnswerCorrection(LearningDb db, Zone zone)
{
    public async Task<AnswerOutcome> RunAsync(Guid id, CorrectionDecision decision, string? answer, Actor actor, CancellationToken stop = default)
    {
        answer = CertificateRules.Clean(answer);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await db.RecordCorrections.FromSql($"select * from record_corrections where id = {id} for update").SingleOrDefaultAsync(stop) is not { } correction)
        {
            return AnswerOutcome.NotFound;
        }

        if (correction.Decision is not null)
        {
            return AnswerOutcome.Answered;
        }

        if (answer is null || answer.Length > CorrectionRules.LongestWhat)
        {
            return AnswerOutcome.NoAnswer;
        }

        var now = zone.Now;
        correction.Decide(decision, answer, now, actor.PersonId);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "answered what is missing in a person's record", SubjectKind = "person", SubjectId = correction.PersonId, Details = JsonSerializer.Serialize(new { decision = decision.Word() }),
        });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [new Outgoing { Kind = CorrectionLetter.Name, PersonId = correction.PersonId, SubjectId = id, Why = "The business unit answered what they said is missing in their record." }], stop);
        await transaction.CommitAsync(stop);
        return AnswerOutcome.Done;
    }
}
