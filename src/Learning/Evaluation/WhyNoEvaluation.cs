using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>Of the letters that ask what a session was worth (M4), those that there are none of for a person, and why: by the rules of <see cref="AskForEvaluations"/>.</summary>
internal static class WhyNoEvaluation
{
    internal sealed record Facts(
        string Code, string Kind, bool Cancelled, bool Workshop, bool Ended, DateTimeOffset? SignedAt, DateTimeOffset? SignedHere, bool Attended, DateTimeOffset? AskedAt, bool Answered, DateOnly On);

    public static async Task<IReadOnlyList<ExplainedMessage>> OfAsync(LearningDb db, EvaluationForms forms, Zone zone, AskedAbout about, CancellationToken stop)
    {
        var facts = await db.Database.SqlQuery<Facts>($"""
            select c.code as "Code", c.kind as "Kind", s.status = 'cancelled' as "Cancelled", s.parent_id is not null as "Workshop", s.ends_at <= {zone.Now} as "Ended", s.counted_on as "On",
                (select e.recorded_at from (select event, recorded_at from register_events where session_id = s.id order by recorded_at desc, id desc limit 1) e where e.event = 'signed') as "SignedAt", signed_here(s.id) as "SignedHere",
                counted_as({about.PersonId}) in (select a.person_id from attended_by(s.id) a) as "Attended",
                (select min(q.recorded_at) from evaluation_requests q where q.session_id = s.id and q.stage = 'after' and counted_as(q.person_id) = counted_as({about.PersonId})) as "AskedAt",
                exists (select from evaluation_requests q join evaluation_responses r on r.request_id = q.id where q.session_id = s.id and counted_as(q.person_id) = counted_as({about.PersonId})) as "Answered"
            from sessions s join courses c on c.id = s.course_id where s.id = {about.SessionId}
            """).SingleAsync(stop);
        var form = forms.For(facts.Code, facts.Kind);
        return
        [
            .. about.There.Contains("evaluation") ? [] : new[] { Of("evaluation", After(facts, form.Asks, zone.Now)) },
            .. about.There.Contains("evaluation-impact") || facts.AskedAt is null ? [] : new[] { Of("evaluation-impact", Later(facts, form.Of(EvaluationStage.Later).Count > 0, zone)) },
        ];
    }

    private static ExplainedMessage Of(string kind, (DateTimeOffset? At, bool Comes, string Why) said) => new(null, kind, said.At, said.Comes ? "To come" : "Not sent", said.Why);

    /// <summary>The first. Pure.</summary>
    internal static (DateTimeOffset? At, bool Comes, string Why) After(Facts facts, bool asks, DateTimeOffset now) => facts switch
    {
        { Cancelled: true } => (null, false, "The session is cancelled."),
        { Workshop: true } => (null, false, "A workshop is asked about with its conference."),
        _ when !asks => (null, false, "Evaluations of this course are off (content/evaluation)."),
        { AskedAt: not null, Answered: true } => (null, false, "They answered before the letter was due."),
        { Ended: false } => (null, true, "It is asked once the session is over and its register is signed, if they attend."),
        { SignedAt: null } => (null, true, "The register is not signed. It is asked within five minutes of the signature, if they attended."),
        { SignedHere: null } => (null, false, "The register came with the history that was imported, and nobody is asked about that."),
        { Attended: false } => (null, false, "By the marks of the register they did not attend."),
        { SignedHere: { } signed } when now > signed.AddDays(EvaluationRules.LetterDays) => (signed, false, $"Nothing was running in the {EvaluationRules.LetterDays} days after the register was signed; it is too late to ask now."),
        _ => (facts.SignedHere, true, "It is asked within five minutes of the signature."),
    };

    // Three months after the day, to whoever was asked the first time.
    private static (DateTimeOffset? At, bool Comes, string Why) Later(Facts facts, bool asks, Zone zone)
    {
        var at = zone.InstantOf(facts.On.AddMonths(EvaluationRules.LaterMonths).ToDateTime(new TimeOnly(9, 0)));
        return !asks ? (null, false, "Of this course it is not asked what came of it.")
            : facts.Cancelled || facts.SignedHere is null || !facts.Attended ? (at, false, "The register is not signed any more, or by its marks they did not attend after all.")
            : at > zone.Now ? (at, true, "It is asked at its hour, three months after the day.")
            : facts.AskedAt > at ? (at, false, "They were asked the first time after its hour.")
            : (at, false, "Nothing was running at its hour, or for too long after it.");
    }
}
