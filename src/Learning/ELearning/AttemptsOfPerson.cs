using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>Finds the attempts of a human being.</summary>
internal static class AttemptsOfPerson
{
    /// <summary>
    /// Theirs and those of the records that are counted as theirs (P3). The records come first, so that each is looked up: asked of every attempt whether it is theirs, the database reads the whole course's.
    /// </summary>
    public static IQueryable<LearningAttempt> AttemptsOf(this LearningDb db, Guid? person) =>
        db.LearningAttempts.FromSql($"select a.* from learning_attempts a where a.person_id = any (array(select same from persons_of({person}) same))");
}
