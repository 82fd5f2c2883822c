using Learning.Attendance.Seats;
using Learning.Catalogue;

namespace Learning.Attendance;

/// <summary>A register as somebody sees it: the session, its parts, the people with what stands of them.</summary>
/// <param name="Seats">A forum's seats that nobody holds then (A1).</param>
/// <param name="Needs">How many people need something in order to take part, and of how many it is not met yet.</param>
/// <param name="ToLookAt">What came since the last signature and has a flag, the newest first; a dispute is shown in its row instead.</param>
public sealed record RegisterSheet(
    Session Session, Course Course, RegisterState State, IReadOnlyList<SheetPart> Parts, IReadOnlyList<SheetPerson> People, IReadOnlyList<SheetSeat> Seats, IReadOnlyList<FlaggedEvent> ToLookAt,
    (int All, int Unmet) Needs)
{
    /// <summary>Those who need a mark in a part before the register can be signed (A6).</summary>
    public IEnumerable<SheetPerson> Unmarked(SheetPart part) => People.Where(person => person.Expected && !person.Marks.ContainsKey(part.Id));

    /// <summary>What a column of a part's marks is called: where there is one part only, the mark.</summary>
    public string NameOf(SheetPart part) => Parts.Count == 1 ? "Mark" : RegisterBar.PartName(part);

    /// <summary>Whether somebody, or who came in their place, attended the course by what stands (A7).</summary>
    public bool Attended(SheetPerson person) => AttendedBy(part => person.Marks.TryGetValue(part, out var says) ? (says.Mark.Kind, says.Mark.Minutes) : null);

    /// <summary>Whether they would have, if that stood.</summary>
    public bool AttendedBy(Func<Guid, (MarkKind Kind, int? Minutes)?> says) => RegisterRules.AttendedCourse(
        Parts.Count(part => says(part.Id) is var (kind, minutes) && RegisterRules.Attended(kind, minutes, part.Minutes, Course.RequiredMinutes)), Parts.Count, Course.RequiredParts);

    /// <summary>How many rows have a mark in a part.</summary>
    public int Marked(SheetPart part) => People.Count(person => person.Marks.ContainsKey(part.Id));

    /// <summary>"20 attended, 1 apologies, 1 vacant": what a part says so far, empty seats with it.</summary>
    public string Tally(SheetPart part) => MarkWords.Tally(
        [.. People.Select(person => person.Marks.GetValueOrDefault(part.Id)?.Mark.Kind).OfType<MarkKind>(), .. Seats.Select(seat => seat.In(part.Id)).OfType<MarkKind>()]);
}

/// <summary>A part of the session, with what "in part" needs there (A7).</summary>
public sealed record SheetPart(Guid Id, int Number, string? Title, DateTime StartsLocal, DateTime EndsLocal, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Minutes, int MinutesNeeded);

/// <summary>A row: somebody with a confirmed place, who holds a seat of the forum then, or who came without either (A4).</summary>
/// <param name="BookingId">Null: a walk-in, or a seat's holder.</param>
/// <param name="Label">The name; with the agency where two on this register share it.</param>
/// <param name="Agency">By P2; null: not known.</param>
/// <param name="Marks">What stands, by part.</param>
/// <param name="Seat">The seat that they hold on the day, or their seats; null: none.</param>
public sealed record SheetPerson(
    Guid PersonId, Guid? BookingId, string Name, string GivenName, string FamilyName, string Label, Guid? AgencyId, string? Agency, IReadOnlyDictionary<Guid, SheetMark> Marks, string? Seat = null)
{
    /// <summary>Has a place or a seat: needs a mark before the register is signed (A6).</summary>
    public bool Expected => BookingId is not null || Seat is not null;

    /// <summary>What stands under the name: the agency, after the seat where there is one.</summary>
    public string Under => Seat is null ? Agency ?? "Agency not known" : SeatWords.Under(Seat, Agency);

    /// <summary>What one calls them in a sentence.</summary>
    public string GivenOrName => GivenName.Length > 0 ? GivenName : Name;

    /// <summary>The letter to find the name under.</summary>
    public char Letter => FamilyName.Length > 0 && char.IsLetter(FamilyName[0]) ? char.ToUpperInvariant(FamilyName.Normalize(System.Text.NormalizationForm.FormD)[0]) : '#';
}

/// <summary>What stands of a person in a part.</summary>
/// <param name="Disputed">Two devices disagree, and nobody has decided (A2).</param>
/// <param name="Other">What the other device says.</param>
/// <param name="By">Who made it; null: it was imported, or their name is gone.</param>
/// <param name="OtherBy">Who made the other.</param>
/// <param name="Decided">It decided a dispute.</param>
public sealed record SheetMark(
    Mark Mark, string? SubstituteName, bool Disputed, Mark? Other, string? By = null, string? OtherBy = null, string? OtherSubstituteName = null, bool Decided = false);

/// <summary>A seat of a forum that nobody holds then: vacant, or nobody was appointed.</summary>
/// <param name="SeatId">Null: an import knew the name alone.</param>
/// <param name="Otherwise">What the forum's seats say of it; a mark may say otherwise of a part. Null: nothing but the marks.</param>
/// <param name="Marks">What was recorded of it, by part.</param>
public sealed record SheetSeat(Guid? SeatId, string Seat, string? Agency, MarkKind? Otherwise, IReadOnlyDictionary<Guid, SheetMark> Marks)
{
    /// <summary>How it is empty in a part, or would be recorded by a signature now; null: nothing is known of that part.</summary>
    public MarkKind? In(Guid part) => Marks.GetValueOrDefault(part)?.Mark is { } mark && !(mark.BySigning && Otherwise is not null) ? mark.Kind : Otherwise;

    /// <summary>"Lay member (vacant)".</summary>
    public string Words(Guid part) => $"{Seat} ({(In(part) is { } kind ? MarkWords.Of(kind).ToLowerInvariant() : "not known")})";
}

/// <summary>A mark, or a stray, that somebody should look at.</summary>
/// <param name="Name">Null: there is no such person.</param>
/// <param name="PartNumber">Null: there is no such part.</param>
public sealed record FlaggedEvent(DateTimeOffset RecordedAt, string? Name, int? PartNumber, MarkKind Kind, int? Minutes, IReadOnlyList<MarkFlag> Flags);
