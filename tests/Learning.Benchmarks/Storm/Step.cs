namespace Learning.Benchmarks.Storm;

/// <summary>Something about a session's places as it went on record: in which order, and together with what, by its transaction.</summary>
public abstract record Step(long Order, string Together, Guid Session)
{
    /// <summary>The session has so many places from now on, and is planned, or cancelled.</summary>
    public sealed record Room(long Order, string Together, Guid Session, int Capacity, bool Planned) : Step(Order, Together, Session);

    /// <summary>So many places are kept from now on, or none any more.</summary>
    public sealed record Held(long Order, string Together, Guid Session, Guid Id, int Places, bool Released) : Step(Order, Together, Session);

    /// <summary>A booking is in this state from now on, and stands there in the line.</summary>
    /// <param name="Hold">The held place that it has.</param>
    /// <param name="Instead">The booking whose place it took over.</param>
    public sealed record Booked(
        long Order, string Together, Guid Session, Guid Id, Guid Person, string State, Guid? Hold, bool HoldsPlace, DateTimeOffset LineAt, long Number, Guid? By, string? Reason, Guid? Instead)
        : Step(Order, Together, Session)
    {
        /// <summary>It has a place (B2, B9).</summary>
        public bool Takes => State is "confirmed" or "offered" || (State == "requested" && HoldsPlace);
    }
}

/// <summary>Who people are, as far as the rules ask: where they work and of what that is a part, the sector; and who organises.</summary>
/// <param name="Agencies">Of a person: their agency, then what it is a department of.</param>
/// <param name="HeldFor">For whom held places are kept: an agency, or a sector.</param>
public sealed record Facts(
    IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> Agencies, IReadOnlyDictionary<Guid, string> Sectors, IReadOnlyDictionary<Guid, (Guid? Agency, string? Sector)> HeldFor, IReadOnlySet<Guid> Organisers)
{
    public bool MayHave(Guid person, Guid hold) => HeldFor[hold] is var whose && (whose.Agency is { } agency ? Agencies[person].Contains(agency) : Sectors[person] == whose.Sector);
}
