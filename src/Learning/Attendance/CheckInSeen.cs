using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Whose a check-in is, to who looks.</summary>
public enum CheckInHolder
{
    Nobody,
    You,
    Other,
}

/// <summary>A check-in as its page shows it, to whoever has its link.</summary>
public sealed record SeenCheckIn(string Title, DateTimeOffset CheckedInAt, CheckInHolder Holder);

/// <summary>Finds a check-in by its number, which is its link; who else claimed it is not told.</summary>
public sealed class CheckInSeen(LearningDb db)
{
    private sealed record Row(string Title, DateTimeOffset CheckedInAt, Guid? HolderId);

    public async Task<SeenCheckIn?> OfAsync(Guid id, Actor actor, CancellationToken stop)
    {
        var row = await db.Database.SqlQuery<Row>($"""
            select c.title as "Title", i.checked_in_at as "CheckedInAt", (
                select k.person_id from check_in_claims k where k.check_in_id = i.id order by k.recorded_at desc, k.id desc limit 1) as "HolderId"
            from check_ins i join sessions s on s.id = i.session_id join courses c on c.id = s.course_id where i.id = {id}
            """).SingleOrDefaultAsync(stop);
        return row is null ? null : new SeenCheckIn(row.Title, row.CheckedInAt, row.HolderId is null ? CheckInHolder.Nobody : row.HolderId == actor.PersonId ? CheckInHolder.You : CheckInHolder.Other);
    }
}
