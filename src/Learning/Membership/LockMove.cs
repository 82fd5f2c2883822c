using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Loads a move with its person's employments, both locked: first the person, as every verb does that changes where somebody works.</summary>
internal static class LockMove
{
    public static async Task<(Move Move, PersonJobs Jobs)?> RunAsync(LearningDb db, Guid id, Zone zone, CancellationToken stop)
    {
        var person = await db.Moves.Where(move => move.Id == id).Select(move => (Guid?)move.PersonId).SingleOrDefaultAsync(stop);
        if (person is null || await PersonJobs.LockAsync(db, person.Value, zone, stop) is not { } jobs)
        {
            return null;
        }

        return (await db.Moves.SingleAsync(move => move.Id == id, stop), jobs);
    }
}
