using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>Somebody who said by a code that they are there, for whoever counts heads.</summary>
/// <param name="Name">On record, else as they wrote it, else their address.</param>
/// <param name="Agency">Where they work on the day; null: not known.</param>
/// <param name="Taken">In the register by a head-count; false: they were not there; null: nobody has counted yet.</param>
public sealed record SaidSelf(Guid Id, Guid? PersonId, string Name, string? Email, string? Agency, bool Expected, DateTimeOffset CheckedInAt, bool? Taken);

/// <summary>The question who said so of a part, by name. The caller knows that its reader may take the register (S2).</summary>
internal static class SelfCheckIns
{
    public static Task<List<SaidSelf>> OfAsync(LearningDb db, Guid part, DateOnly day, CancellationToken stop = default) => db.Database.SqlQuery<SaidSelf>($"""
        select c.id as "Id", c.person_id as "PersonId", coalesce(nullif(btrim(p.given_name || ' ' || p.family_name), ''), c.name, c.email, 'Somebody') as "Name", c.email as "Email", a.name as "Agency",
            c.expected as "Expected", c.checked_in_at as "CheckedInAt", c.taken as "Taken"
        from self_check_ins c left join persons p on p.id = c.person_id left join lateral employment_that_day(c.person_id, {day}) e on true left join agencies a on a.id = e.agency_id
        where c.part_id = {part} order by lower(coalesce(p.family_name, c.name, c.email)), lower(p.given_name), c.id
        """).ToListAsync(stop);
}
