using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>
/// Answers one question of the quiz in one try, judged here and nowhere else (E3). The first answer of a try stands: the page
/// then shows what is right, so a second one would prove nothing.
/// </summary>
public sealed class CheckAnswer(LearningDb db, CourseLibrary library, Zone zone)
{
    /// <param name="sent">What the learner gave, by the screen of that try.</param>
    /// <returns>The reason why the answer was not taken, or null. A question that is answered already stays as it is.</returns>
    public async Task<string?> DoAsync(
        Actor actor, string code, int @try, string questionId, Sent sent, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (open, refused) = await OpenAttempt.LockAsync(db, library, zone, actor, code, stop);
        if (open is null)
        {
            return refused;
        }

        if (open.Outline.Find(Outline.Quiz) is not QuizStop page || !open.HasSeen(page))
        {
            return "You have not come to the quiz yet.";
        }

        var standing = new QuizStanding(page.Quiz, open.Attempt.Id, open.Progress.Answers, @try);
        if (standing.Asked.FirstOrDefault(a => a.Question.Id == questionId) is not { } asked)
        {
            return "That question is not in this quiz.";
        }

        if (standing.AnswerTo(asked.Question) is not null)
        {
            return null;
        }

        var (answer, whyNot) = AnswerRules.Read(asked, sent);
        if (answer is null || !standing.IsOpen)
        {
            return standing.IsOpen ? whyNot : "This try is over.";
        }

        db.QuizAnswers.Add(new QuizAnswer
        {
            AttemptId = open.Attempt.Id,
            Try = @try,
            Question = questionId,
            Chosen = [.. answer.Chosen],
            Words = answer.Words,
            Correct = AnswerRules.IsRight(asked.Question, answer),
            AnsweredAt = zone.Now,
        });
        open.StandOn(page, zone.Now);
        await db.SaveAndCommitAsync(transaction, stop);
        return null;
    }
}
