using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>An awareness event at which somebody checked in without an account.</summary>
/// <param name="Mine">They said that it was they; false: it came from an address of theirs, and nobody has said so yet.</param>
public sealed record ReachOfMine(Guid Id, string Title, DateTimeOffset CheckedInAt, bool Mine);

/// <summary>The question which check-ins are somebody's, or may be: by what they said, and by the digests of their own addresses, which they proved (C3). Of nobody but who asks.</summary>
internal static class MyReach
{
    public static async Task<List<ReachOfMine>> OfAsync(LearningDb db, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return [];
        }

        byte[][] digests = [.. (await db.PersonEmails.Where(row => row.PersonId == person).Select(row => row.Email).ToListAsync(stop)).Select(CheckInRules.DigestOf)];
        return await db.Database.SqlQuery<ReachOfMine>($"""
            select i.id as "Id", c.title as "Title", i.checked_in_at as "CheckedInAt", k.person_id is not null as "Mine"
            from check_ins i join sessions s on s.id = i.session_id join courses c on c.id = s.course_id
            left join lateral (select person_id from check_in_claims where check_in_id = i.id order by recorded_at desc, id desc limit 1) k on true
            where i.id in (
                    select check_in_id from check_in_addresses where digest = any({digests})
                    union select check_in_id from check_in_claims where person_id in (select same from persons_of({person}) same))
                and (k.person_id is null or k.person_id in (select same from persons_of({person}) same))
            order by i.checked_in_at desc, i.id
            """).ToListAsync(stop);
    }
}
