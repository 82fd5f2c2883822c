using Learning.Bookings;

namespace Learning.History;

/// <summary>
/// What bookings must not do together: take more places than there are (B2), or be two live ones of a person on a session (B3). On a session that is planned it is a
/// mistake; where life did it, on one that was held or cancelled, it is kept as it was, with a warning (H5).
/// </summary>
internal static class CheckBookings
{
    /// <summary>A booking as the system has it.</summary>
    internal sealed record Standing(Guid Id, Guid SessionId, Guid PersonId, BookingState State, DateTimeOffset BookedAt)
    {
        public bool HoldsPlace => State is BookingState.Confirmed or BookingState.Offered;

        public bool IsLive => HoldsPlace || State is BookingState.Waiting or BookingState.Requested;
    }

    public static void Of(Story story, IReadOnlyList<Standing> standing)
    {
        Recognise(story, standing);
        var told = story.Bookings.ToLookup(booking => booking.Session);
        var recognised = story.Bookings.Where(booking => booking.Was is not null).Select(booking => booking.Id).ToHashSet();
        var others = standing.Where(booking => !recognised.Contains(booking.Id)).ToLookup(booking => booking.SessionId);
        foreach (var session in story.Sessions.All.Values.Where(session => session.IsTold || told.Contains(session)))
        {
            Live(session, told[session], others[session.Id], story.Findings);
            Places(session, told[session], others[session.Id], story.Findings);
        }
    }

    // The same booking is the same person's, on the same session, booked at the same instant: by whatever id it is in the system (H2).
    private static void Recognise(Story story, IReadOnlyList<Standing> standing)
    {
        var there = standing.GroupBy(booking => (booking.SessionId, booking.PersonId, booking.BookedAt)).ToDictionary(group => group.Key, group => new Queue<Standing>(group));
        var times = new Dictionary<(Guid, Guid, DateTimeOffset), int>();
        foreach (var booking in story.Bookings.Where(booking => booking.BookedAt is not null))
        {
            var key = (booking.Session.Id, booking.Person.Id, Instants.Kept(booking.BookedAt!.Value));
            if (there.TryGetValue(key, out var same) && same.TryDequeue(out var known))
            {
                (booking.Id, booking.Was) = (known.Id, known.State);
                continue;
            }

            var time = times[key] = times.GetValueOrDefault(key) + 1;
            booking.Id = StableId.Of(booking.BookedAt.Value).Add(booking.Session.Id).Add(booking.Person.Id).Add(time).Make();
        }
    }

    private static void Live(ToldSession session, IEnumerable<ToldBooking> told, IEnumerable<Standing> others, Findings findings)
    {
        var before = others.Where(booking => booking.IsLive).GroupBy(booking => booking.PersonId).ToDictionary(group => group.Key, _ => 0);
        foreach (var booking in told.Where(StaysLive))
        {
            if (before.TryAdd(booking.Person.Id, booking.Line))
            {
                continue;
            }

            var line = before[booking.Person.Id];
            var what = $"the person has a live booking on session {session.Ref} already, {(line == 0 ? "in the system" : $"on line {line}")}";
            if (session.Status == ToldStatus.Planned)
            {
                findings.Mistake(booking.Place, what);
            }
            else if (session.Status is not null)
            {
                booking.BeyondRules = true;
                findings.Warning(booking.Place, $"{what}; both are kept, as the session is past");
            }
        }
    }

    private static void Places(ToldSession session, IEnumerable<ToldBooking> told, IEnumerable<Standing> others, Findings findings)
    {
        var places = others.Count(booking => booking.HoldsPlace);
        var isOver = places > session.Capacity;
        var place = session.CapacityPlace;
        foreach (var booking in told.Where(HoldsPlace))
        {
            places++;
            if (places > session.Capacity && !isOver)
            {
                (isOver, place) = (true, booking.Place);
            }
        }

        if (!isOver)
        {
            return;
        }

        if (session.Status == ToldStatus.Planned)
        {
            findings.Mistake(place, $"session {session.Ref} has {session.Capacity} places, and {places} confirmed bookings");
        }
        else if (session.Status is not null)
        {
            session.BeyondRules = true;
            findings.Warning(place, $"session {session.Ref} had {session.Capacity} places and {places} confirmed bookings; they are kept, as it is past");
        }
    }

    // What the system has moved on from does not come back (H2): a booking that was cancelled there stays so.
    private static bool StaysLive(ToldBooking booking) => booking.IsLive && booking.Was is null or BookingState.Confirmed or BookingState.Waiting or BookingState.Offered or BookingState.Requested;

    private static bool HoldsPlace(ToldBooking booking) =>
        (booking.Status == ToldBookingStatus.Confirmed && booking.Was is null or BookingState.Waiting or BookingState.Requested)
        || (booking.IsLive && booking.Was is BookingState.Confirmed or BookingState.Offered);
}
