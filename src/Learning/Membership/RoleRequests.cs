using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A request for a role as somebody sees it who may decide about it, or who asked.</summary>
/// <param name="Mine">The reader asked.</param>
/// <param name="MayDecide">The reader is the second person that it takes.</param>
/// <param name="Approvers">How many there are who may approve it.</param>
public sealed record RequestSeen(
    Guid Id, string Name, string? WorksFor, string Role, DateOnly StartsOn, DateOnly? LastDay, string Reason, string AskedBy, DateTimeOffset AskedAt, bool Mine, bool MayDecide, int Approvers, bool ByUnit);

/// <summary>
/// The requests for roles that nobody has decided, the oldest first: for an administrator all of them, for the business unit those that it may approve, since there is only one
/// administrator, and for everybody else who reaches the page their own.
/// </summary>
public sealed class RoleRequests(LearningDb db, Zone zone)
{
    public async Task<IReadOnlyList<RequestSeen>> AskAsync(Actor actor, CancellationToken stop = default)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            select r.id as "Id", r.person_id as "PersonId", btrim(p.given_name || ' ' || p.family_name) as "Name",
                (select a.name from employments e join agencies a on a.id = e.agency_id where e.id = employment_on(p.id, {zone.Today})) as "WorksFor",
                r.role as "Role", l.name as "Agency", r.starts_on as "StartsOn", r.ends_on as "EndsOn", r.reason as "Reason", r.asked_by as "AskedById",
                btrim(b.given_name || ' ' || b.family_name) as "AskedBy", r.asked_at as "AskedAt"
            from role_requests r join persons p on p.id = r.person_id join persons b on b.id = r.asked_by left join agencies l on l.id = r.agency_id
            where r.decision is null order by r.asked_at
            """).ToListAsync(stop);
        var seen = new List<RequestSeen>();
        var approvers = await RoleApprovers.OfAllAsync(db, zone.Today, stop);
        foreach (var row in rows)
        {
            var these = approvers.For(row.AskedById, row.PersonId);
            var (mine, may) = (row.AskedById == actor.PersonId, these.Include(actor));
            if (mine || may || actor.IsAdministrator)
            {
                seen.Add(new RequestSeen(row.Id, row.Name, row.WorksFor, RoleWords.Of(Words.Parse<Role>(row.Role), row.Agency), row.StartsOn, row.EndsOn?.AddDays(-1), row.Reason,
                    row.AskedBy, row.AskedAt, mine, may, these.People.Count, these.ByUnit));
            }
        }

        return seen;
    }

    private sealed record Row(
        Guid Id, Guid PersonId, string Name, string? WorksFor, string Role, string? Agency, DateOnly StartsOn, DateOnly? EndsOn, string Reason, Guid AskedById, string AskedBy, DateTimeOffset AskedAt);
}
