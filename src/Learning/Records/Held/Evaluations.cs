namespace Learning.Records.Held;

internal static class Evaluations
{
    public static readonly Section Asked = new(
        "evaluations", "Evaluations that you were asked for", "After a session or a course, and three months later.", ["evaluation_requests.person_id", "evaluation_requests.session_id", "evaluation_requests.completion_id"],
        """
        select c.title, s.ref, case q.stage when 'after' then 'straight after' else 'three months later' end, q.recorded_at, (select max(r.recorded_at) from evaluation_responses r where r.request_id = q.id)
        from evaluation_requests q left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id join courses c on c.id = coalesce(s.course_id, x.course_id)
        where q.person_id = any(@persons) order by q.recorded_at, q.id
        """,
        [new("course", "Course"), new("session", "Session"), new("stage", "When"), new("askedAt", "Asked"), new("answeredAt", "Answered")]);

    public static readonly Section Answered = new(
        "evaluationAnswers", "What you answered", "The newest answers count; those before are kept. Others see them without your name.",
        ["evaluation_responses.request_id", "evaluation_answers.response_id", "evaluation_redactions.response_id", "evaluation_redactions.question"],
        """
        select c.title, s.ref, r.recorded_at, a.question, coalesce(a.score::text, a.choice, a.words, 'taken out: ' || d.reason)
        from evaluation_responses r join evaluation_requests q on q.id = r.request_id join evaluation_answers a on a.response_id = r.id
        left join evaluation_redactions d on d.response_id = a.response_id and d.question = a.question
        left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id join courses c on c.id = coalesce(s.course_id, x.course_id)
        where q.person_id = any(@persons) order by r.number, a.question
        """,
        [new("course", "Course"), new("session", "Session"), new("at", "Sent"), new("question", "Question"), new("answer", "Answer")]);
}
