using Learning.Bookings.Workshops;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>
/// What is written to whoever is asked for an evaluation (M4), read just before it is sent (M3): none for a register that was opened again, to who by its marks did not attend after all, to who has answered,
/// to who is asked under another record of theirs already (P3), and none that comes too late to make sense.
/// </summary>
internal static class EvaluationLetters
{
    internal static readonly MessageKind[] Kinds = [.. new[] { "evaluation", "evaluation-nudge", "evaluation-impact", "conference-thanks" }.Select(name => new MessageKind(name, ReadAsync, Choice: MessageChoice.Evaluation))];

    private sealed record Facts(string Title, string? Ref, DateOnly On, bool Signed, bool Attended, bool Answered, bool Twice, string? Materials);

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var facts = await db.Database.SqlQuery<Facts>($"""
            select c.title as "Title", s.ref as "Ref", coalesce(s.counted_on, x.completed_on) as "On",
                q.session_id is null or signed_here(q.session_id) is not null as "Signed",
                q.session_id is null or counted_as(q.person_id) in (select a.person_id from attended_by(q.session_id) a) as "Attended",
                exists (select from evaluation_requests o join evaluation_responses r on r.request_id = o.id where o.stage = q.stage and (o.id = q.id or (o.session_id = q.session_id and counted_as(o.person_id) = counted_as(q.person_id)))) as "Answered",
                exists (select from evaluation_requests o where o.stage = q.stage and o.session_id = q.session_id and o.id < q.id and counted_as(o.person_id) = counted_as(q.person_id)) as "Twice",
                (select t.materials from conference_pages t where t.conference_id = q.session_id) as "Materials"
            from evaluation_requests q left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id join courses c on c.id = coalesce(s.course_id, x.course_id)
            where q.id = {message.SubjectId}
            """).SingleAsync(stop);
        return !facts.Signed ? new Reading.Drop("the register has been opened again")
            : !facts.Attended ? new Reading.Drop("by the marks that stand now they did not attend")
            : facts.Answered ? new Reading.Drop("they have answered")
            : facts.Twice ? new Reading.Drop("they are asked under their other record")
            : zone.Now > message.DueAt.AddDays(message.Kind == "evaluation-nudge" ? EvaluationRules.NudgeDays : EvaluationRules.LetterDays) ? new Reading.Drop("it would come too late")
            : new Reading.Send(new Dictionary<string, object?>
            {
                ["course"] = facts.Title, ["date"] = British.Date(facts.On), ["online"] = facts.Ref is null, ["link"] = EvaluationAsked.Link(message.SubjectId),
                ["materials"] = ConferenceText.Lines(facts.Materials),
            });
    }
}
