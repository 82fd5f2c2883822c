using System.Globalization;

using Learning.Audit;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>What came of sending an evaluation.</summary>
public abstract record EvaluationOutcome
{
    /// <summary>It is kept.</summary>
    public sealed record Kept : EvaluationOutcome;

    /// <summary>Nothing was kept: for each question that is answered wrongly, or for none, a sentence.</summary>
    public sealed record Wrong(IReadOnlyList<(string Question, string Sentence)> Mistakes) : EvaluationOutcome;

    /// <summary>It cannot be answered (any more).</summary>
    public sealed record Closed(EvaluationClosed Why) : EvaluationOutcome;

    private EvaluationOutcome()
    {
    }
}

/// <summary>
/// Keeps what somebody answered. No question has to be answered, but one; what is sent again supersedes what was sent before, and both are kept (T4). Whoever calls has found the evaluation as the
/// reader's own, or by the link of their letter. Refused: a score that is not on the scale, a choice that is not offered, words too long, nothing at all, and what is closed (<see cref="EvaluationRules"/>).
/// </summary>
public sealed class SendEvaluation(LearningDb db, Zone zone)
{
    /// <param name="id">Of the form: the same again changes nothing.</param>
    public async Task<EvaluationOutcome> RunAsync(EvaluationAsked asked, Guid id, Func<string, string?> typed, CancellationToken stop = default)
    {
        if (asked.Closed is { } closed)
        {
            return new EvaluationOutcome.Closed(closed);
        }

        var (answers, mistakes) = (new List<EvaluationAnswer>(), new List<(string Question, string Sentence)>());
        foreach (var question in asked.Questions)
        {
            if (EvaluationRules.WordsOf(typed(question.Id)) is not { } said)
            {
                continue;
            }

            var (answer, wrong) = Read(question, said, id);
            if (wrong is not null)
            {
                mistakes.Add((question.Id, wrong));
            }
            else
            {
                answers.Add(answer!);
            }
        }

        if (mistakes.Count == 0 && answers.Count == 0)
        {
            mistakes.Add((asked.Questions[0].Id, "Answer at least one question"));
        }

        return mistakes.Count > 0 ? new EvaluationOutcome.Wrong(mistakes) : await KeepAsync(asked, id, answers, stop);
    }

    // The request is locked: nobody's words are added after they have been erased.
    private async Task<EvaluationOutcome> KeepAsync(EvaluationAsked asked, Guid id, List<EvaluationAnswer> answers, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var person = (await db.Database.SqlQuery<Guid>($"""select p.id as "Value" from evaluation_requests q join persons p on p.id = q.person_id where q.id = {asked.Id} and p.erased_at is null for key share of p""").ToListAsync(stop)).SingleOrDefault();
        if (person == default)
        {
            return new EvaluationOutcome.Closed(EvaluationClosed.Over);
        }

        if (!await db.EvaluationResponses.AnyAsync(response => response.Id == id, stop))
        {
            db.EvaluationResponses.Add(new EvaluationResponse { Id = id, RequestId = asked.Id, RecordedAt = zone.Now });
            db.EvaluationAnswers.AddRange(answers);
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "sent an evaluation", SubjectKind = "evaluation", SubjectId = asked.Id });
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return new EvaluationOutcome.Kept();
    }

    private static (EvaluationAnswer? Answer, string? Wrong) Read(EvaluationQuestion question, string said, Guid response)
    {
        if (question.Words)
        {
            return said.Length > EvaluationRules.LongestWords ? (null, $"Write {British.Number(EvaluationRules.LongestWords)} characters or fewer") : (new() { ResponseId = response, Question = question.Id, Words = said }, null);
        }

        if (question.Choices.Count > 0)
        {
            return question.Choices.ContainsKey(said) ? (new() { ResponseId = response, Question = question.Id, Choice = said }, null) : (null, "Choose one of the answers");
        }

        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score is >= 1 and <= 5
            ? (new() { ResponseId = response, Question = question.Id, Counts = question.Counts, Score = score }, null) : (null, "Choose a number from 1 to 5");
    }
}
