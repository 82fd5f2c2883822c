namespace Learning.ELearning;

/// <summary>What must hold for the pools of a quiz: each can be drawn from, and is.</summary>
internal static class PoolCheck
{
    public static IEnumerable<string> Of(CourseFiles files, Quiz quiz)
    {
        foreach (var (pool, draw) in quiz.Pools)
        {
            var questions = quiz.Questions.Count(question => question.Pool == pool);
            if (draw < 1 || draw > questions)
            {
                yield return $"{files.At("quiz.yaml", "pools")}: the pool {pool} draws {draw} of its {questions} questions";
            }
        }

        foreach (var question in quiz.Questions.Where(question => question.Pool is { } pool && !quiz.Pools.ContainsKey(pool)))
        {
            yield return $"{files.At("quiz.yaml", "id", question.Id)}: {question.Id} is in the pool {question.Pool}, which is not under pools";
        }
    }
}
