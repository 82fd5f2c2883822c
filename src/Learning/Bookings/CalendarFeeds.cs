using Learning.Accounts;
using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Asks what is in a calendar feed: from three months ago on. A session that moves moves in it, one that is cancelled or given up is there no more, or struck out.</summary>
public sealed class CalendarFeeds(LearningDb db, Letterhead letterhead, Zone zone)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(90);

    /// <summary>Where the owner of a secret address holds a place, and the sessions that they give; null where nobody owns it, or no longer.</summary>
    public async Task<string?> OfLinkAsync(string secret, CancellationToken stop = default)
    {
        var hash = Secret.Hash(secret);
        var owner = await db.CalendarLinks.Where(link => link.Hash == hash && link.EndedAt == null && db.Persons.Any(person => person.Id == link.PersonId && person.ErasedAt == null))
            .Select(link => (Guid?)link.PersonId).SingleOrDefaultAsync(stop);
        if (owner is not { } person)
        {
            return null;
        }

        var since = zone.Now - Back;
        var theirs = await db.Database.SqlQuery<Mine>($"""
            select s.id as "Session", b.id as "Booking" from bookings b join sessions s on s.id = b.session_id
            where b.person_id in (select same from persons_of({person}) same) and b.state = 'confirmed' and s.status = 'planned' and s.ends_at > {since}
            union all
            select s.id, null from session_trainers t join sessions s on s.id = t.session_id
            where t.person_id in (select same from persons_of({person}) same) and s.status = 'planned' and s.ends_at > {since}
            """).ToListAsync(stop);
        var sessions = (await SessionLetter.ReadAsync(db, [.. theirs.Select(one => one.Session).Distinct()], stop)).ToDictionary(letter => letter.Session.Id);
        return Write("My training", [.. theirs.Where(one => sessions.ContainsKey(one.Session)).Select(one => one.Booking is { } booking ? sessions[one.Session].Entry(booking) : Given(sessions[one.Session]))]);
    }

    /// <summary>The sessions of a course; null where there is none of the code, or it is not published yet.</summary>
    public async Task<string?> OfCourseAsync(string code, CancellationToken stop = default)
    {
        var course = code.Any(char.IsControl) ? null : await db.Courses.FromSql($"select * from courses where upper(code) = upper({code})").AsNoTracking().SingleOrDefaultAsync(one => one.PublishedOn <= zone.Today, stop);
        return course is null ? null : Write(course.Title, await PublicAsync(db.Sessions.Where(session => session.CourseId == course.Id), stop));
    }

    /// <summary>The sessions at a venue, whatever the case; null where none ever was.</summary>
    public async Task<string?> OfVenueAsync(string venue, CancellationToken stop = default)
    {
        var name = venue.Trim();
        if (name.Any(char.IsControl))
        {
            return null;
        }

        var there = db.Sessions.FromSql($"select * from sessions where upper(venue) = upper({name})").Where(session => session.Course!.PublishedOn <= zone.Today);
        return await there.Select(session => session.Venue).FirstOrDefaultAsync(stop) is not { } known ? null : Write(known, await PublicAsync(there, stop));
    }

    private sealed record Mine(Guid Session, Guid? Booking);

    // A trainer's entry is the session's own: nobody's booking.
    private static CalendarEntry Given(SessionLetter session) => session.Entry(session.Session.Id) with { Title = $"You give: {session.Course}" };

    private async Task<IReadOnlyList<CalendarEntry>> PublicAsync(IQueryable<Session> sessions, CancellationToken stop)
    {
        var since = zone.Now - Back;
        var ids = await sessions.Where(session => session.EndsAt > since && session.ParentId == null).Select(session => session.Id).ToListAsync(stop);
        return [.. (await SessionLetter.ReadAsync(db, ids, stop)).Select(letter => letter.PublicEntry())];
    }

    private string Write(string name, IReadOnlyList<CalendarEntry> entries) => Calendar.Publish(name, entries, zone, zone.Now, letterhead.From);
}
