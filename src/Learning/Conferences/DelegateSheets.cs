using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Conferences;

/// <summary>A delegate as lists and badges have them.</summary>
/// <param name="Name">As it is to stand on the badge, else as on record.</param>
/// <param name="SaidAs">How it is said, where they told.</param>
/// <param name="WorkshopIds">The workshop of each round, in the order of time; empty ids where they have none.</param>
public sealed record ConferenceDelegate(Guid Id, string Name, string Family, string? SaidAs, string? Agency, Guid Ticket, Guid[] WorkshopIds);

/// <summary>A need, and how many have it: nobody is named.</summary>
public sealed record NeedCount(string Need, int People);

/// <summary>
/// What an organiser prints for the day (S1): delegates with their workshops, and what the caterer and the venue have to know, in numbers alone. Delegates are who has a place; who speaks, shows something
/// or helps is counted apart (F1 who).
/// </summary>
public sealed class DelegateSheets(LearningDb db, Zone zone)
{
    /// <summary>Null for anybody who does not organise it, and where there is no such conference.</summary>
    public async Task<(ConferenceProgramme Programme, IReadOnlyList<ConferenceDelegate> Delegates)?> FindAsync(string reference, Actor actor, CancellationToken stop = default)
    {
        if (await OrganisedConferenceAsync(reference, actor, stop) is not { } programme)
        {
            return null;
        }

        var delegates = await db.Database.SqlQuery<ConferenceDelegate>($"""
            select b.id as "Id", coalesce(b.badge_name, nullif(btrim(p.given_name || ' ' || p.family_name), ''), 'A delegate') as "Name", p.family_name as "Family", b.said_as as "SaidAs", a.name as "Agency", b.ticket as "Ticket",
                array(select coalesce(w.session_id, '00000000-0000-0000-0000-000000000000') from conference_rounds r left join bookings w on w.round_id = r.id and w.person_id = b.person_id and w.state = 'confirmed'
                    where r.conference_id = b.session_id order by r.starts_local) as "WorkshopIds"
            from bookings b join persons p on p.id = b.person_id left join agencies a on a.id = agency_of_booking(b.person_id, b.agency_id, {programme.Session.CountedOn})
            where b.session_id = {programme.Session.Id} and b.state = 'confirmed' order by lower(p.family_name), lower(p.given_name), b.number
            """).ToListAsync(stop);
        return (programme, delegates);
    }

    /// <summary>What delegates need, in numbers: each line that was offered to be ticked, and how many wrote something of their own.</summary>
    public async Task<(ConferenceProgramme Programme, int Delegates, IReadOnlyList<NeedCount> Food, IReadOnlyList<NeedCount> Access, int OwnWords)?> NeedsAsync(string reference, Actor actor, CancellationToken stop = default)
    {
        if (await OrganisedConferenceAsync(reference, actor, stop) is not { } programme)
        {
            return null;
        }

        var needs = await db.Bookings.AsNoTracking().Where(booking => booking.SessionId == programme.Session.Id && booking.State == BookingState.Confirmed).Select(booking => booking.Needs).ToListAsync(stop);
        var told = needs.ConvertAll(NeedOptions.Split);
        NeedCount Count(string need) => new(need, told.Count(one => one.Ticked.Contains(need)));
        return (programme, needs.Count, [.. NeedOptions.Food.Select(Count)], [.. NeedOptions.Access.Select(Count)], told.Count(one => one.Words is not null));
    }

    private async Task<ConferenceProgramme?> OrganisedConferenceAsync(string reference, Actor actor, CancellationToken stop) =>
        await ConferenceProgramme.FindAsync(db, reference, stop) is { } programme && await Organisers.MayAsync(db, actor, programme.Session.CourseId, zone.Today, stop) ? programme : null;
}
