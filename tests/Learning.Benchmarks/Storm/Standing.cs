namespace Learning.Benchmarks.Storm;

/// <summary>How a session stands while its record is played again.</summary>
internal sealed class Standing
{
    public Dictionary<Guid, Step.Booked> Bookings { get; private init; } = [];

    public Dictionary<Guid, Step.Held> Holds { get; private init; } = [];

    public int Capacity { get; private set; }

    public bool Planned { get; private set; }

    public int Taken => Bookings.Values.Count(one => one.Takes);

    public int Kept => Holds.Values.Sum(Left);

    /// <summary>Places that are everyone's and that nobody has.</summary>
    public int Free => Capacity - Taken - Kept;

    public IEnumerable<Step.Booked> Waiting => Bookings.Values.Where(one => one.State == "waiting");

    public int MostLive => Bookings.Values.Where(one => one.State is "requested" or "confirmed" or "waiting" or "offered").CountBy(one => one.Person).Select(person => person.Value).DefaultIfEmpty().Max();

    /// <summary>Whether one stands before another in the line (B6): by its moment, then by when it was made.</summary>
    public static bool Before(Step.Booked one, Step.Booked other) => (one.LineAt, one.Number).CompareTo((other.LineAt, other.Number)) < 0;

    public int Used(Guid hold) => Bookings.Values.Count(one => one.Takes && one.Hold == hold);

    /// <summary>What nobody has of held places.</summary>
    public int Left(Step.Held hold) => hold.Released ? 0 : hold.Places - Used(hold.Id);

    public void Apply(Step step)
    {
        switch (step)
        {
            case Step.Room room:
                (Capacity, Planned) = (room.Capacity, room.Planned);
                break;
            case Step.Held held:
                Holds[held.Id] = held;
                break;
            case Step.Booked booked:
                Bookings[booked.Id] = booked;
                break;
        }
    }

    public Standing Copy() => new() { Bookings = new(Bookings), Holds = new(Holds), Capacity = Capacity, Planned = Planned };

    public override string ToString() => $"{Taken} taken, {Kept} kept of {Capacity}";
}
