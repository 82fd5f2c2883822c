using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning;

/// <summary>Records the one completion of an attempt that its caller holds (E2): dated by the local day (T3), with the agency and workforce of that day for good (P2).</summary>
internal static class CompleteAttempt
{
    /// <param name="score">Per cent.</param>
    public static async Task AddAsync(LearningDb db, Zone zone, LearningAttempt attempt, decimal? score, CancellationToken stop)
    {
        var (now, person) = (zone.Now, attempt.PersonId);
        var employment = await db.Employments.FromSql(
            $"select * from employments where id = employment_on({person}, {zone.DateOf(now)})").SingleOrDefaultAsync(stop);
        db.Completions.Add(new Completion
        {
            Id = Guid.CreateVersion7(),
            CourseId = attempt.CourseId,
            PersonId = person,
            AgencyId = employment?.AgencyId,
            Workforce = employment?.Workforce,
            CompletedOn = zone.DateOf(now),
            Score = score,
            AttemptId = attempt.Id,
            RecordedAt = now,
        });
        attempt.CompletedAt = now;
        attempt.LastSeenAt = now;
    }
}
