using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>The question for a forum's attendance by seat and meeting, for whoever organises it (S1): nine statements at most, however many seats and meetings.</summary>
public sealed class BoardTables(LearningDb db, Zone zone)
{
    private sealed record Meeting(Guid Id, string Ref, DateOnly On, bool Signed);

    /// <summary>Of the meetings from a day up to, not including, another (T2), that have begun or have marks; the cancelled ones are left out. Null where there is no such forum, or it is not the reader's.</summary>
    public async Task<BoardTable?> AskAsync(string code, DateOnly from, DateOnly to, Actor actor, CancellationToken stop = default)
    {
        if (!RegisterSheets.IsReference(code)
            || (await db.Courses.FromSql($"select * from courses where upper(code) = upper({code}) and kind = 'forum'").AsNoTracking().ToListAsync(stop)).SingleOrDefault() is not { } course
            || !await Organisers.MayAsync(db, actor, course.Id, zone.Today, stop))
        {
            return null;
        }

        var meetings = await db.Database.SqlQuery<Meeting>($"""
            select s.id as "Id", s.ref as "Ref", s.counted_on as "On",
                coalesce((select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1), 'none') = 'signed' as "Signed"
            from sessions s where s.course_id = {course.Id} and s.status = 'planned' and s.counted_on >= {from} and s.counted_on < {to}
                and (s.starts_at <= {zone.Now} or exists (select from marks m where m.session_id = s.id))
            order by s.starts_at, s.ref
            """).ToListAsync(stop);
        Guid[] ids = [.. meetings.Select(meeting => meeting.Id)];
        var seats = (await SeatsThen.OfAsync(db, ids, stop)).ToLookup(seat => seat.SessionId);
        var parts = (await db.SessionParts.AsNoTracking().Where(part => ids.Contains(part.SessionId)).OrderBy(part => part.Number).ToListAsync(stop)).ToLookup(part => part.SessionId);
        var marks = (await db.Marks.AsNoTracking().Where(mark => ids.Contains(mark.SessionId)).OrderBy(mark => mark.Number).ToListAsync(stop)).ToLookup(mark => mark.SessionId);
        var then = meetings.ConvertAll(meeting => new SeatsAtMeeting(course, [.. parts[meeting.Id]], [.. seats[meeting.Id]], [.. marks[meeting.Id]], meeting.Signed));
        var all = await db.ForumSeats.AsNoTracking().Where(seat => seat.CourseId == course.Id).OrderBy(seat => seat.Number)
            .GroupJoin(db.Agencies, seat => seat.AgencyId, agency => agency.Id, (seat, agencies) => new { seat, agencies })
            .SelectMany(pair => pair.agencies.DefaultIfEmpty(), (pair, agency) => new { pair.seat.Id, pair.seat.Name, Agency = agency == null ? null : agency.Name }).ToListAsync(stop);
        IEnumerable<BoardRow> rows =
        [
            .. all.Select(seat => new BoardRow(seat.Name, seat.Agency, [.. then.Select(meeting => meeting.Of(seat.Id))])),
            .. then.SelectMany(meeting => meeting.NamesAlone).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Create(British.Culture, ignoreCase: true))
                .Select(name => new BoardRow(name, null, [.. then.Select(meeting => meeting.OfName(name))])),
        ];
        return new BoardTable(course.Code, course.Title, meetings.ConvertAll(meeting => new BoardMeeting(meeting.Ref, meeting.On, meeting.Signed)), [.. rows.Where(row => row.Cells.Any(cell => cell is not null))]);
    }
}
