using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What a mark freezes of a person on the day of the session (rule P2).</summary>
/// <param name="Booked">Has a confirmed place, or holds a seat of the forum (A1): else a walk-in (A4).</param>
/// <param name="AgencyId">The one given on the booking; else the one whose seat they hold where they work for it; else, of the employments of that day, the one with the agency preferred, else the main one; else the agency preferred, or the seat's; null: not known.</param>
/// <param name="Workforce">What they are at a conference besides a delegate (F1 who), else the word of that day's employment; null: not known.</param>
internal sealed record Attendee(Guid Id, string GivenName, string FamilyName, bool Booked, Guid? AgencyId, string? Workforce)
{
    public string Name => $"{GivenName} {FamilyName}".Trim();

    /// <summary>Those of these people that exist, by id, in one query. A preferred agency is the one that an address named (P4), or the one of the place that somebody took over.</summary>
    /// <param name="frozen">Whether the preferred agency also stands for somebody who has no employment that day.</param>
    public static async Task<IReadOnlyDictionary<Guid, Attendee>> LoadAsync(
        LearningDb db, Guid sessionId, DateOnly day, IReadOnlyDictionary<Guid, Guid?> preferred, bool frozen, CancellationToken stop) =>
        preferred.Count == 0 ? new Dictionary<Guid, Attendee>()
            : (await db.Database.SqlQuery<Attendee>(Question(sessionId, day, [.. preferred.Keys], [.. preferred.Values], frozen)).ToListAsync(stop)).ToDictionary(row => row.Id);

    /// <summary>Those that exist, within a trip that asks more, where no address named an agency.</summary>
    public static List<Attendee> Ask(OneTrip trip, Guid sessionId, DateOnly day, Guid[] people) => trip.Ask(
        Question(sessionId, day, people, new Guid?[people.Length], frozen: true),
        row => new Attendee(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.IsDBNull(4) ? null : row.GetGuid(4), row.IsDBNull(5) ? null : row.GetString(5)));

    // What somebody is at a conference is looked up where anybody is something there besides a delegate: asked once, not of each.
    private static FormattableString Question(Guid sessionId, DateOnly day, Guid[] ids, Guid?[] agencies, bool frozen) => $"""
        with seated as materialized (select o.person_id, f.agency_id, f.number from seats_at({sessionId}) o join forum_seats f on f.id = o.seat_id where o.person_id is not null)
        select p.id as "Id", p.given_name as "GivenName", p.family_name as "FamilyName", coalesce(b.confirmed, false) or s.person_id is not null as "Booked",
               coalesce(b.agency_id, e.agency_id, case when {frozen} then coalesce(asked.agency, s.agency_id) end) as "AgencyId", coalesce(case when exists (select from sessions s join conference_people c on c.conference_id = coalesce(s.parent_id, s.id) where s.id = {sessionId}) then present_as({sessionId}, p.id) end, e.workforce) as "Workforce"
        from unnest({ids}, {agencies}) as asked (id, agency)
        join persons p on p.id = asked.id
        left join lateral (
            select agency_id, state = 'confirmed' as confirmed from bookings
            where session_id = {sessionId} and person_id = p.id order by (state = 'confirmed') desc, number desc limit 1) b on true
        left join lateral (select person_id, agency_id from seated where seated.person_id = p.id order by agency_id is null, number limit 1) s on true
        left join lateral employment_that_day(p.id, {day}, coalesce(b.agency_id, asked.agency, s.agency_id)) e on true
        """;
}
