using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>Places that are kept, for whom, and how many of them somebody has (B5).</summary>
public sealed record KeptLine(Guid Id, string KeptFor, int Places, int Used, DateTimeOffset Until);

/// <summary>A session as whoever organises it sees it.</summary>
/// <param name="Waiting">How many are on its waiting list.</param>
/// <param name="Offered">How many of the places taken are on offer.</param>
/// <param name="Requested">How many wait for approval (B9).</param>
/// <param name="Needs">How many who have a place wrote what they need.</param>
/// <param name="Signed">Its register is signed.</param>
public sealed record SessionDesk(
    Session Session, IReadOnlyList<SessionPart> Parts, IReadOnlyList<string> Trainers, IReadOnlyList<KeptLine> Kept, int Waiting, int Offered, int Requested, int Confirmed, int Needs, bool Signed)
{
    private sealed record Counted(int Waiting, int Offered, int Requested, int Confirmed, int Needs, bool Signed, string[] Trainers);

    /// <summary>Who has a place, an offer, a request or a wait: whom a change concerns.</summary>
    public int Live => Confirmed + Offered + Requested + Waiting;

    public DeskState State(DateTimeOffset now) => DeskStates.Of(Session, Signed, now);

    /// <summary>Where it stands, as in an address.</summary>
    public string Address => AddressOf(Session.Ref);

    /// <summary>The address of a session's desk.</summary>
    public static string AddressOf(string reference) => $"/manage/sessions/{Uri.EscapeDataString(reference)}";

    /// <summary>Null where there is no such session, or it is not the reader's to organise (S1: both look the same).</summary>
    public static async Task<SessionDesk?> FindAsync(LearningDb db, string reference, Actor actor, Zone zone, CancellationToken stop = default)
    {
        if (await OrganisedSession.FindAsync(db, reference, actor, zone.Today, stop) is not { } session)
        {
            return null;
        }

        var parts = await db.SessionParts.AsNoTracking().Where(part => part.SessionId == session.Id).OrderBy(part => part.Number).ToListAsync(stop);
        var kept = await db.Database.SqlQuery<KeptLine>($"""
            select h.id as "Id", coalesce(a.name, h.sector) as "KeptFor", h.places as "Places", h.used as "Used", h.until as "Until"
            from held_places h left join agencies a on a.id = h.agency_id where h.session_id = {session.Id} and h.released_at is null order by 2, h.id
            """).ToListAsync(stop);
        var counted = (await db.Database.SqlQuery<Counted>($"""
            select (count(*) filter (where state = 'waiting'))::integer as "Waiting", (count(*) filter (where state = 'offered'))::integer as "Offered",
                (count(*) filter (where state = 'requested'))::integer as "Requested", (count(*) filter (where state = 'confirmed'))::integer as "Confirmed", (count(*) filter (where state = 'confirmed' and needs is not null))::integer as "Needs",
                coalesce((select e.event = 'signed' from register_events e where e.session_id = {session.Id} order by e.id desc limit 1), false) as "Signed",
                array(select btrim(p.given_name || ' ' || p.family_name) from session_trainers t join persons p on p.id = t.person_id
                    where t.session_id = {session.Id} and p.erased_at is null order by lower(p.family_name), lower(p.given_name), p.id) as "Trainers"
            from bookings where session_id = {session.Id}
            """).ToListAsync(stop)).Single();
        return new(session, parts, counted.Trainers, kept, counted.Waiting, counted.Offered, counted.Requested, counted.Confirmed, counted.Needs, counted.Signed);
    }
}
