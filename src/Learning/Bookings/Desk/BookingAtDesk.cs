using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>One booking as whoever organises its session sees it.</summary>
public sealed record BookingAtDesk(Session Session, DelegateLine Line, IReadOnlyList<BookingChange> Changes)
{
    private sealed record Found(string Ref, string StateWord);

    /// <summary>Null where there is no such booking, or its session is not the reader's to organise (S1).</summary>
    public static async Task<BookingAtDesk?> FindAsync(LearningDb db, Guid id, Actor actor, Zone zone, CancellationToken stop = default)
    {
        var found = (await db.Database.SqlQuery<Found>($"""select s.ref as "Ref", b.state as "StateWord" from bookings b join sessions s on s.id = b.session_id where b.id = {id}""").ToListAsync(stop)).SingleOrDefault();
        if (found is null || await OrganisedSession.FindAsync(db, found.Ref, actor, zone.Today, stop) is not { } session)
        {
            return null;
        }

        var line = (await Delegates.OfAsync(db, session, DelegateFilter.Of(null, found.StateWord, null), stop)).Find(one => one.Id == id);
        return line is null ? null : new(session, line, await BookingChange.ListAsync(db, id, stop));
    }
}
