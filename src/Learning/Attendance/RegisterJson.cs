using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

namespace Learning.Attendance;

/// <summary>A register as tablets and programs read it: the contract's JSON.</summary>
public static class RegisterJson
{
    /// <summary>A register. <c>Version</c> rises with whatever changes it.</summary>
    /// <param name="Title">The course's.</param>
    /// <param name="Open">Whether it takes marks now: neither signed nor cancelled.</param>
    /// <param name="SignedBy">Null: not signed, or their name is gone.</param>
    /// <param name="Reopened">Why it was opened again; null: it was not.</param>
    /// <param name="Seats">A forum's seats that nobody holds then.</param>
    public sealed record Register(
        string Session, bool Signed, DateTimeOffset? SignedAt, IReadOnlyList<Part> Parts, IReadOnlyList<Row> People, long Version,
        string Title, string? Venue, int Capacity, bool Open, string? SignedBy, string? Reopened, IReadOnlyList<EmptySeat> Seats);

    /// <summary>A part; instants are UTC, minutes whole.</summary>
    /// <param name="Number">In its address: <c>?part=2</c>.</param>
    /// <param name="When">In words, by the installation's clocks.</param>
    /// <param name="From">HH:mm by the installation's clocks.</param>
    public sealed record Part(
        Guid Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, int Minutes, int MinutesNeeded, int Number, string When, string From, string To);

    /// <summary>A row; without a booking and a seat it is a walk-in.</summary>
    /// <param name="Label">The name; with the agency where two on this register share it.</param>
    /// <param name="Given">What one calls them in a sentence.</param>
    /// <param name="Letter">What the name is found under.</param>
    /// <param name="Seat">The seat of the forum that they hold; null: none.</param>
    /// <param name="Under">What stands under the name: seat and agency.</param>
    public sealed record Row(Guid? BookingId, Guid PersonId, string Name, string? Agency, IReadOnlyList<Standing> Marks, string Label, string Given, char Letter, string? Seat, string Under);

    /// <summary>A seat that nobody holds: a signature records it as it stands here, unless a mark of the seat says otherwise.</summary>
    /// <param name="Otherwise">vacant or not-appointed, as the forum's seats say.</param>
    public sealed record EmptySeat(Guid SeatId, string Seat, string? Agency, string Otherwise, IReadOnlyList<Standing> Marks);

    /// <summary>What stands of a person in a part. <c>Event</c> is what a device names as seen; <c>Conflict</c> is the event of another device that says otherwise.</summary>
    /// <param name="Device">What made it; null: imported.</param>
    /// <param name="By">Who made it; null: not known.</param>
    /// <param name="At">When, by the corrected clock of the device (A2).</param>
    /// <param name="Other">In a conflict, what the other device says.</param>
    /// <param name="Decided">It decided a conflict.</param>
    public sealed record Standing(
        Guid Part, string Mark, int? Minutes, Guid? Substitute, string? SubstituteName, Guid Event, Guid? Conflict, string? Device, string? By, DateTimeOffset At, Contrary? Other, bool Decided);

    /// <summary>The other side of a conflict.</summary>
    public sealed record Contrary(string Mark, int? Minutes, string? SubstituteName, Guid Event, string? Device, string? By, DateTimeOffset At);

    public static Register Of(RegisterSheet sheet) => new(
        sheet.Session.Ref, sheet.State.Signed, sheet.State.SignedAt,
        [.. sheet.Parts.Select(part => new Part(
            part.Id, part.Title ?? $"Part {part.Number}", part.StartsAt, part.EndsAt, part.Minutes, part.MinutesNeeded, part.Number,
            British.When(part.StartsLocal, part.EndsLocal), Clock(part.StartsLocal), Clock(part.EndsLocal)))],
        [.. sheet.People.Select(person => new Row(
            person.BookingId, person.PersonId, person.Name, person.Agency,
            [.. sheet.Parts.Where(part => person.Marks.ContainsKey(part.Id)).Select(part => Of(part.Id, person.Marks[part.Id]))], person.Label, person.GivenOrName, person.Letter, person.Seat, person.Under))],
        sheet.State.Version, sheet.Course.Title, sheet.Session.Venue, sheet.Session.Capacity, !sheet.State.Signed && sheet.Session.Status == SessionStatus.Planned,
        sheet.State.SignedBy, sheet.State.ReopenedReason,
        [.. from seat in sheet.Seats
            where seat is { SeatId: not null, Otherwise: not null }
            select new EmptySeat(seat.SeatId!.Value, seat.Seat, seat.Agency, seat.Otherwise!.Value.Word(), [.. sheet.Parts.Where(part => seat.Marks.ContainsKey(part.Id)).Select(part => OfSeat(seat, part.Id))])]);

    // What a signature recorded by itself is as if it were not pressed, once the register is open again.
    private static Standing OfSeat(SheetSeat seat, Guid part) => Of(part, seat.Marks[part]) with { Mark = seat.In(part)!.Value.Word() };

    private static Standing Of(Guid part, SheetMark standing)
    {
        var (mark, other) = (standing.Mark, standing.Disputed ? standing.Other : null);
        return new Standing(
            part, mark.Kind.Word(), mark.Minutes, mark.SubstituteId, standing.SubstituteName, mark.Id, other?.Id, mark.Device, standing.By, mark.MarkedAt,
            other is null ? null : new Contrary(other.Kind.Word(), other.Minutes, standing.OtherSubstituteName, other.Id, other.Device, standing.OtherBy, other.MarkedAt), standing.Decided);
    }

    private static string Clock(DateTime local) => local.ToString("HH:mm", British.Culture);
}
