namespace Learning.Bookings;

/// <summary>Somebody in a session's waiting list, with the held places that they may have, the narrowest first (B5).</summary>
public sealed record InLine(Guid Booking, IReadOnlyList<Guid> Holds);

/// <summary>A place that somebody gets; one that was kept for theirs, where <paramref name="Held"/> names it.</summary>
public sealed record PlaceGiven(Guid Booking, Guid? Held);

/// <summary>Who gets which of a session's free places (B5, B6). Pure.</summary>
public static class Allocation
{
    /// <summary>
    /// In the order of the list: a place that is kept for them first, so that those that are everyone's last longer, else one of everyone's. Who can take neither waits on, and is passed only by
    /// somebody for whom a place is kept.
    /// </summary>
    /// <param name="free">Places that are everyone's and that nobody has.</param>
    /// <param name="held">What is left of each held place.</param>
    public static IReadOnlyList<PlaceGiven> Of(int free, IReadOnlyDictionary<Guid, int> held, IEnumerable<InLine> line)
    {
        var (left, given) = (new Dictionary<Guid, int>(held), new List<PlaceGiven>());
        foreach (var one in line)
        {
            if (one.Holds.FirstOrDefault(hold => left.GetValueOrDefault(hold) > 0) is var kept && kept != Guid.Empty)
            {
                left[kept]--;
                given.Add(new(one.Booking, kept));
            }
            else if (free > 0)
            {
                free--;
                given.Add(new(one.Booking, null));
            }
        }

        return given;
    }
}
