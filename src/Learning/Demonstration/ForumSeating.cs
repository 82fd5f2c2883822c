using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>
/// Seats of the Safeguarding in Education Forum, which no file of an import tells: six agencies' seats, each held since the first of the last meetings at which its holder was marked without a gap; special
/// schools' is vacant, independent schools' not appointed.
/// </summary>
internal static class ForumSeating
{
    private const string Forum = "SEF";
    private const int Agencies = 6;

    // As the registers of 2023/24 call them.
    private const string Vacant = "Special schools", NotAppointed = "Independent schools";

    private sealed record Holder(Guid AgencyId, string Agency, Guid PersonId, DateOnly Since);

    public static async Task WriteAsync(LearningDb db, Zone zone, CancellationToken stop)
    {
        var course = await db.Courses.Where(one => one.Code == Forum).Select(one => one.Id).SingleAsync(stop);
        var holders = await db.Database.SqlQuery<Holder>($"""
            with meetings as (
                select s.id, s.counted_on, row_number() over (order by s.starts_at desc) as back from sessions s
                where s.course_id = {course} and s.status = 'planned' and exists (select from marks m where m.session_id = s.id)),
            marked as (select distinct m.person_id, x.back, x.counted_on from marks m join meetings x on x.id = m.session_id where m.person_id is not null),
            runs as (
                select person_id, count(*) as meetings, min(counted_on) as since
                from (select *, back - row_number() over (partition by person_id order by back) as gap from marked) one where gap = 0 group by person_id),
            theirs as (
                select distinct on (lower(a.name)) a.name, e.agency_id, r.person_id, r.since, r.meetings
                from runs r join employments e on e.id = employment_on(r.person_id, {zone.Today}) join agencies a on a.id = e.agency_id and lower(a.name) not in (lower({Vacant}), lower({NotAppointed}))
                order by lower(a.name), r.meetings desc, r.person_id)
            select agency_id as "AgencyId", name as "Agency", person_id as "PersonId", since as "Since" from theirs order by meetings desc, name limit {Agencies}
            """).ToListAsync(stop);
        var first = holders.Select(holder => holder.Since).DefaultIfEmpty(zone.Today).Min();
        // Their numbers rise as they are added, so that they are written, and listed, in this order.
        var at = zone.Now;
        ForumSeat Seat(string name, Guid? agency, DateOnly since) => db.ForumSeats.Add(new ForumSeat { Id = Guid.CreateVersion7(at = at.AddMilliseconds(1)), CourseId = course, Name = name, AgencyId = agency, StartsOn = since }).Entity;
        SeatTerm Term(ForumSeat seat, Guid? person, MarkKind? empty) => new() { Id = Guid.CreateVersion7(), SeatId = seat.Id, PersonId = person, Empty = empty, StartsOn = seat.StartsOn, RecordedAt = zone.Now };
        var terms = holders.ConvertAll(holder => Term(Seat(holder.Agency, holder.AgencyId, holder.Since), holder.PersonId, null));
        terms.Add(Term(Seat(Vacant, null, first), null, MarkKind.Vacant));
        Seat(NotAppointed, null, first);

        // The seats before the terms: the database asks for the days of each term's seat.
        await db.SaveChangesAsync(stop);
        db.SeatTerms.AddRange(terms);
        await db.SaveChangesAsync(stop);
    }
}
