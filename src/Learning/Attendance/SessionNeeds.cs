using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What somebody with a place needs in order to take part, in their own words.</summary>
/// <param name="MetAt">When it was said to be met; null: it is not.</param>
public sealed record Need(Guid BookingId, string Name, string? Agency, string Words, DateTimeOffset? MetAt, string? MetBy);

/// <summary>The needs of a session; those that are not met first.</summary>
public sealed record NeedsSheet(Session Session, IReadOnlyList<Need> Needs);

/// <summary>What somebody gets who asks for a session's needs, if they are open to them.</summary>
public sealed record NeedsAnswer(RegisterAccess Access, NeedsSheet? Sheet);

/// <summary>
/// The question what the people of a session need: for those who run it alone, its organiser and its trainers, as long as its register is open to them (S2, <see cref="RegisterRules.Access"/>).
/// Nobody else is shown needs anywhere, but the person themselves. Looking is on the trail (S3).
/// </summary>
public sealed class SessionNeeds(LearningDb db, Zone zone)
{
    public async Task<NeedsAnswer> AskAsync(string reference, Actor actor, CancellationToken stop = default)
    {
        if (!RegisterSheets.IsReference(reference)
            || await db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})").Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop) is not { } session)
        {
            return new NeedsAnswer(RegisterAccess.None, null);
        }

        var access = (await RegisterState.OfAsync(db, session.Id, actor, stop)).Access(actor, session, zone);
        if (access != RegisterAccess.Open)
        {
            return new NeedsAnswer(access, null);
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "looked at what the people of a session need", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        var needs = await db.Database.SqlQuery<Need>($"""
            select b.id as "BookingId", btrim(p.given_name || ' ' || p.family_name) as "Name", a.name as "Agency", b.needs as "Words", b.needs_met_at as "MetAt",
                (select nullif(btrim(m.given_name || ' ' || m.family_name), '') from persons m where m.id = b.needs_met_by) as "MetBy"
            from bookings b join persons p on p.id = b.person_id
            left join lateral employment_that_day(p.id, {session.CountedOn}, b.agency_id) e on true left join agencies a on a.id = coalesce(b.agency_id, e.agency_id)
            where b.session_id = {session.Id} and b.state = 'confirmed' and b.needs is not null
            order by b.needs_met_at is not null, lower(p.family_name), lower(p.given_name), p.id
            """).ToListAsync(stop);
        return new NeedsAnswer(access, new NeedsSheet(session, needs));
    }
}
