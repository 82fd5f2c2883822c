using Learning.Bookings;

namespace Learning.History;

/// <summary>
/// What bookings of a conference's workshops must not do together, where the workshops are in rounds (B14): have a workshop without a place at its conference, or two of one round. The formats know no rounds, so it is
/// looked at for those that are in the system; a folder that brings a conference with its workshops gets rounds only where nobody would be against them.
/// </summary>
internal static class CheckWorkshops
{
    /// <summary>A booking as it is after the import.</summary>
    /// <param name="Told">Null: the folder says nothing of it.</param>
    private sealed record After(ToldSession Session, Guid Person, BookingState State, ToldBooking? Told)
    {
        public bool IsLive => State is BookingState.Requested or BookingState.Confirmed or BookingState.Waiting or BookingState.Offered;
    }

    /// <summary>These sessions, with the workshops of the conferences among them and the conferences of the workshops: what is booked of the one is looked at with the other.</summary>
    public static IEnumerable<ToldSession> WithTheirs(IEnumerable<ToldSession> concerned, Story story)
    {
        var conferences = concerned.SelectMany(session => new[] { session, session.Parent }).OfType<ToldSession>().ToHashSet();
        return conferences.Union(story.Sessions.All.Values.Where(session => session is { Round: not null, Parent: { } parent } && conferences.Contains(parent)));
    }

    public static void Of(Story story, IReadOnlyList<CheckBookings.Standing> standing)
    {
        var sessions = story.Sessions.All.Values.Where(session => session.InSystem).ToDictionary(session => session.Id);
        var told = story.Bookings.Where(booking => booking.Was is not null).Select(booking => booking.Id).ToHashSet();
        List<After> all =
        [
            .. standing.Where(booking => !told.Contains(booking.Id)).Select(booking => new After(sessions[booking.SessionId], booking.PersonId, booking.State, null)),
            .. story.Bookings.Select(booking => new After(booking.Session, booking.Person.Id, booking.Becomes, booking)),
        ];
        var workshops = all.Where(booking => booking is { IsLive: true, Session: { Round: not null, Parent: not null }, Told: not { BeyondRules: true } }).ToList();
        if (workshops.Count > 0)
        {
            WithoutConference(workshops, all, story.Findings);
            TwoOfARound(workshops, story.Findings);
        }
    }

    private static void WithoutConference(List<After> workshops, List<After> all, Findings findings)
    {
        var there = all.Where(booking => booking.State == BookingState.Confirmed).Select(booking => (booking.Session, booking.Person)).ToHashSet();
        var left = all.Where(booking => booking is { Told: not null, State: BookingState.Cancelled }).ToLookup(booking => (booking.Session, booking.Person), booking => booking.Told!);
        foreach (var workshop in workshops.Where(workshop => !there.Contains((workshop.Session.Parent!, workshop.Person))))
        {
            if (workshop.Told is { Was: null } told)
            {
                findings.Mistake(told.Place, $"session {workshop.Session.Ref} is a workshop of {workshop.Session.Parent!.Ref}, on which the person has no confirmed booking");
            }
            else if (left[(workshop.Session.Parent!, workshop.Person)].FirstOrDefault() is { } leaves)
            {
                findings.Mistake(leaves.Place, $"the person has a booking of workshop {workshop.Session.Ref} in the system, which goes with the conference: give its cancellation too");
            }
        }
    }

    private static void TwoOfARound(List<After> workshops, Findings findings)
    {
        foreach (var round in workshops.Where(workshop => workshop.State == BookingState.Confirmed).GroupBy(workshop => (workshop.Session.Round, workshop.Person)))
        {
            // What the system has comes first, then the lines in their order.
            var first = round.OrderBy(workshop => workshop.Told is { Was: null } ? workshop.Told.Line : 0).ToList();
            foreach (var other in first.Skip(1).Where(other => other.Told is not null && other.Session != first[0].Session))
            {
                findings.Mistake(other.Told!.Place, $"the person has workshop {first[0].Session.Ref} of the same round already, {(first[0].Told is { Was: null } told ? $"on line {told.Line}" : "in the system")}");
            }
        }
    }
}
