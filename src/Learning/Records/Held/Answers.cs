namespace Learning.Records.Held;

internal static class Answers
{
    public static readonly Section Section = new(
        "answers", "Your answers in quizzes", "", ["quiz_answers.attempt_id"],
        """
        select c.title, q.try, q.question, q.chosen, q.words, q.correct, q.answered_at
        from quiz_answers q join learning_attempts t on t.id = q.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by q.id
        """,
        [new("course", "Course"), new("try", "Try"), new("question", "Question"), new("chosen", "You chose"), new("words", "You wrote"), new("correct", "Right"), new("at", "Answered")]);
}
