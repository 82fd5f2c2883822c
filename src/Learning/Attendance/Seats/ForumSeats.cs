using Learning.Catalogue;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>A seat in the list of a forum's.</summary>
/// <param name="Holder">Who holds it today; null: nobody.</param>
/// <param name="Empty">How it is empty today; null: somebody holds it, or the seat is not there today.</param>
/// <param name="Since">The first day of the term of today; null: there is none.</param>
public sealed record SeatLine(Guid Id, string Name, string? Agency, DateOnly StartsOn, DateOnly? EndsOn, string? Holder, MarkKind? Empty, DateOnly? Since, DateOnly? Until);

/// <summary>A forum with its seats.</summary>
public sealed record ForumSeen(Course Course, IReadOnlyList<SeatLine> Seats);

/// <summary>A seat with all its terms, the newest first.</summary>
public sealed record SeatSeen(Course Course, ForumSeat Seat, string? Agency, SeatLine Today, IReadOnlyList<TermSeen> Terms);

/// <summary>The business unit's questions about a forum's seats. Nothing for anybody else (S2).</summary>
public sealed class ForumSeats(LearningDb db, Zone zone)
{
    private sealed record Row(Guid Id, string Name, string? Agency, DateOnly StartsOn, DateOnly? EndsOn, string? Holder, string? Empty, DateOnly? Since, DateOnly? Until);

    /// <summary>Null where there is no such forum. Two statements.</summary>
    public async Task<ForumSeen?> AskAsync(string code, Actor actor, CancellationToken stop = default) =>
        await ForumAsync(code, actor, stop) is { } course ? new ForumSeen(course, await LinesAsync(course.Id, null, stop)) : null;

    /// <summary>One seat; null where there is none.</summary>
    public async Task<SeatSeen?> FindAsync(string code, Guid id, Actor actor, CancellationToken stop = default)
    {
        if (await ForumAsync(code, actor, stop) is not { } course || await db.ForumSeats.AsNoTracking().SingleOrDefaultAsync(seat => seat.Id == id && seat.CourseId == course.Id, stop) is not { } seat)
        {
            return null;
        }

        var line = (await LinesAsync(course.Id, id, stop)).Single();
        return new SeatSeen(course, seat, line.Agency, line, await db.TermsAsync(id, stop));
    }

    private async Task<Course?> ForumAsync(string code, Actor actor, CancellationToken stop) => !actor.IsUnit || !RegisterSheets.IsReference(code) ? null
        : (await db.Courses.FromSql($"select * from courses where upper(code) = upper({code}) and kind = 'forum'").AsNoTracking().ToListAsync(stop)).SingleOrDefault();

    private async Task<List<SeatLine>> LinesAsync(Guid course, Guid? only, CancellationToken stop) => (await db.Database.SqlQuery<Row>($"""
        select s.id as "Id", s.name as "Name", a.name as "Agency", s.starts_on as "StartsOn", s.ends_on as "EndsOn",
            case when o.person_id is not null then coalesce(nullif(btrim(p.given_name || ' ' || p.family_name), ''), 'Name removed') end as "Holder", o.empty as "Empty", t.starts_on as "Since", t.ends_on as "Until"
        from forum_seats s left join agencies a on a.id = s.agency_id left join seats_on({course}, {zone.Today}) o on o.seat_id = s.id left join persons p on p.id = o.person_id
        left join seat_terms t on t.seat_id = s.id and daterange(t.starts_on, t.ends_on) @> {zone.Today}
        where s.course_id = {course} and ({only}::uuid is null or s.id = {only}) order by s.number
        """).ToListAsync(stop)).ConvertAll(row => new SeatLine(
            row.Id, row.Name, row.Agency, row.StartsOn, row.EndsOn, row.Holder, row.Empty is null ? null : Words.Parse<MarkKind>(row.Empty), row.Since, row.Until));
}
