using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Who may approve a request: the administrators of today, but neither who asked nor whom it is about. Where that leaves none, because there is only one administrator, the members of
/// the business unit, with the same exceptions.
/// </summary>
public sealed record RoleApprovers(IReadOnlyList<Guid> People, bool ByUnit)
{
    /// <summary>Whether somebody is one of them, in this session: a role that it withholds does not count.</summary>
    public bool Include(Actor actor) => actor.PersonId is { } person && People.Contains(person) && (ByUnit ? actor.IsUnit : actor.IsAdministrator);

    public static async Task<RoleApprovers> OfAsync(LearningDb db, Guid askedBy, Guid person, DateOnly today, CancellationToken stop = default) =>
        (await OfAllAsync(db, today, stop)).For(askedBy, person);

    /// <summary>The administrators and the members of the business unit of today, from whom those of each request follow.</summary>
    public static async Task<Everybody> OfAllAsync(LearningDb db, DateOnly today, CancellationToken stop = default)
    {
        var all = await db.RoleGrants.HeldOn(today)
            .Where(grant => grant.Role == Role.Administrator || grant.Role == Role.BusinessUnit)
            .Where(grant => db.Persons.Any(holder => holder.Id == grant.PersonId && holder.ErasedAt == null))
            .Select(grant => new { grant.PersonId, grant.Role }).Distinct().ToListAsync(stop);
        return new([.. all.Where(one => one.Role == Role.Administrator).Select(one => one.PersonId)], [.. all.Where(one => one.Role == Role.BusinessUnit).Select(one => one.PersonId)]);
    }

    /// <summary>Who may approve something.</summary>
    public sealed record Everybody(IReadOnlyList<Guid> Administrators, IReadOnlyList<Guid> Unit)
    {
        /// <summary>Who may approve this.</summary>
        public RoleApprovers For(Guid askedBy, Guid person)
        {
            var second = Administrators.Where(one => one != askedBy && one != person).ToList();
            return second.Count > 0 ? new(second, ByUnit: false) : new([.. Unit.Where(one => one != askedBy && one != person)], ByUnit: true);
        }
    }
}
