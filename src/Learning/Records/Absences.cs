using Learning.Bookings;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>How somebody did not use a place that they had.</summary>
public enum AbsenceKind
{
    /// <summary>Given up after the last day to do so (B12).</summary>
    Late,

    /// <summary>A signed register says that they did not come (C2).</summary>
    NoShow,
}

/// <summary>A place that was given up late or left unused.</summary>
/// <param name="On">The local date that the session counts on (T3).</param>
/// <param name="AgencyId">The agency of that day (P2); null: not known.</param>
/// <param name="Name">Null: the reader may not see them any more, such as a lead somebody who has left (S2).</param>
/// <param name="Excuse">Why an organiser excused it; null: nobody did, or it is not the reader's to know.</param>
public sealed record Absence(Guid Booking, AbsenceKind Kind, DateOnly On, string Ref, string Title, Guid? AgencyId, string? AgencyCode, string? Agency, Guid PersonId, string? Name, bool Excused, string? Excuse)
{
    /// <summary>How a page speaks of them.</summary>
    public string Called => Name ?? "Somebody who has left";
}

/// <summary>
/// Late cancellations and no-shows of sessions that are dated in a period (B12), by the agency of the day. A late cancellation is apart from a no-show, and a register that has not been returned is neither
/// (C2). Sessions that were cancelled are left out. None of this is a figure (F2). Two statements.
/// </summary>
public static class Absences
{
    private sealed record Row(Guid Booking, bool Late, DateOnly On, string Ref, string Title, Guid? AgencyId, string? AgencyCode, string? Agency, Guid PersonId, bool Excused, string? Excuse);

    /// <param name="agencies">Those of the statement; null: all, for the business unit.</param>
    public static async Task<IReadOnlyList<Absence>> ListAsync(LearningDb db, Zone zone, DateOnly from, DateOnly to, Guid[]? agencies, Actor actor, CancellationToken stop = default)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            with all_of_them as (
                select b.id, true as late, agency_of_booking(b.person_id, b.agency_id, s.counted_on) as agency_id
                from bookings b join sessions s on s.id = b.session_id where b.late and s.status = 'planned' and s.counted_on >= {from} and s.counted_on < {to}
                union all
                select n.booking_id, false, n.agency_id from no_shows({from}, {to}) n)
            select b.id as "Booking", x.late as "Late", s.counted_on as "On", s.ref as "Ref", c.title as "Title", a.id as "AgencyId", a.code as "AgencyCode", a.name as "Agency", b.person_id as "PersonId",
                b.excused_at is not null as "Excused", b.excuse as "Excuse"
            from all_of_them x join bookings b on b.id = x.id join sessions s on s.id = b.session_id join courses c on c.id = s.course_id left join agencies a on a.id = x.agency_id
            where s.round_id is null and ({agencies}::uuid[] is null or x.agency_id = any ({agencies}))
            order by s.counted_on, s.ref, b.number
            """).ToListAsync(stop);
        var ids = rows.Select(row => row.PersonId).Distinct().ToArray();
        var names = await db.Persons.VisibleTo(actor, db, zone.Today).Where(person => person.ErasedAt == null && ids.Contains(person.Id))
            .ToDictionaryAsync(person => person.Id, person => PersonName.Of(person.GivenName, person.FamilyName, person.Id), stop);
        return rows.ConvertAll(row => new Absence(
            row.Booking, row.Late ? AbsenceKind.Late : AbsenceKind.NoShow, row.On, row.Ref, row.Title, row.AgencyId, row.AgencyCode, row.Agency, row.PersonId, names.GetValueOrDefault(row.PersonId), row.Excused,
            actor.IsUnit ? row.Excuse : null));
    }
}
