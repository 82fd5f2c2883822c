namespace Learning.Attendance;

/// <summary>What a device sends of a register in one go.</summary>
/// <param name="Device">A name that tells this device, or this open page, from every other (A2).</param>
/// <param name="DeviceNow">What its clock says as it sends.</param>
/// <param name="Marks">In the order in which they were made.</param>
public sealed record MarkBatch(string Device, DateTimeOffset DeviceNow, IReadOnlyList<MarkEntry> Marks);

/// <summary>A mark as it was made on a device.</summary>
/// <param name="Id">Made on the device: sending it again changes nothing (A3).</param>
/// <param name="Substitute">Who came instead; with a mark "substitute", and only with it.</param>
/// <param name="At">By the device's clock.</param>
/// <param name="Seen">The newest event of this person, or seat, and part that the device knew.</param>
/// <param name="Seat">An empty seat of a forum; then <paramref name="Who"/> is nobody, and the mark vacant or not appointed.</param>
public sealed record MarkEntry(Guid Id, Guid Part, Somebody Who, MarkKind Mark, int? Minutes, Somebody? Substitute, DateTimeOffset At, Guid? Seen, Guid? Seat = null)
{
    /// <summary>A mark of a seat that nobody holds (A1).</summary>
    public static MarkEntry OfSeat(Guid id, Guid part, Guid seat, MarkKind mark, DateTimeOffset at, Guid? seen) => new(id, part, Somebody.Nobody, mark, null, null, at, seen, seat);
}

/// <summary>A person by their id, or by an address and perhaps a name: those become a person or join one (A4).</summary>
public sealed record Somebody(Guid? Id, string? Email = null, string? Name = null)
{
    /// <summary>Nobody at all: an empty seat's.</summary>
    public static readonly Somebody Nobody = new(null);

    /// <summary>Somebody whom we know.</summary>
    public static implicit operator Somebody(Guid id) => new(id);
}
