using Learning.Catalogue;

namespace Learning.Attendance.Seats;

/// <summary>What a meeting's register says of each seat. Pure.</summary>
internal sealed class SeatsAtMeeting(Course course, IReadOnlyList<SessionPart> parts, IReadOnlyList<SeatThen> seats, IReadOnlyList<Mark> marks, bool signed)
{
    private readonly ILookup<Guid?, Mark> ofPeople = Standing(marks.Where(mark => mark.PersonId is not null), mark => mark.PersonId);
    private readonly ILookup<Guid?, Mark> ofSeats = Standing(marks.Where(mark => mark.PersonId is null), mark => SeatsThen.Find(seats, mark)?.SeatId);

    /// <summary>Empty seats of which an import knew a name that is no seat's of this day.</summary>
    public IEnumerable<string> NamesAlone => marks.Where(mark => mark.PersonId is null && SeatsThen.Find(seats, mark) is null).Select(mark => mark.Seat!).Distinct();

    public BoardCell? OfName(string name) =>
        Last(marks.Where(mark => mark.PersonId is null && SeatsThen.Find(seats, mark) is null && string.Equals(mark.Seat, name, StringComparison.OrdinalIgnoreCase))) is { } mark ? Empty(mark.Kind) : null;

    /// <summary>Null: the seat was not there.</summary>
    public BoardCell? Of(Guid id)
    {
        if (seats.FirstOrDefault(seat => seat.SeatId == id) is not { } seat)
        {
            return null;
        }

        var said = Last(ofSeats[id]);
        if (seat.Empty is { } empty)
        {
            return Empty(said is null || (said.BySigning && !signed) ? empty : said.Kind);
        }

        var holders = ofPeople[seat.PersonId].ToList();
        return holders.Count > 0 ? Held(holders) : said is null ? new BoardCell(SeatCame.NotMarked) : Empty(said.Kind);
    }

    // A7 says whether they came: over all parts, and a deputy's presence is the seat's.
    private BoardCell Held(List<Mark> holders)
    {
        var attended = parts.Count(part => holders.Find(mark => mark.PartId == part.Id) is { } mark && RegisterRules.Attended(mark.Kind, mark.Minutes, part.Minutes, course.RequiredMinutes));
        return RegisterRules.AttendedCourse(attended, parts.Count, course.RequiredParts) ? new BoardCell(SeatCame.Attended, holders.Exists(mark => mark.Kind == MarkKind.Substitute))
            : new BoardCell(holders.Exists(mark => mark.Kind is MarkKind.Attended or MarkKind.Part or MarkKind.Substitute) ? SeatCame.Part
                : holders.Exists(mark => mark.Kind == MarkKind.Apologies) ? SeatCame.Apologies : SeatCame.NoApology);
    }

    private static BoardCell Empty(MarkKind kind) => new(kind == MarkKind.Vacant ? SeatCame.Vacant : SeatCame.NotAppointed);

    private Mark? Last(IEnumerable<Mark> said) => said.OrderBy(mark => parts.ToList().FindIndex(part => part.Id == mark.PartId)).LastOrDefault();

    // In the order of recording, what stands of each part.
    private static ILookup<Guid?, Mark> Standing(IEnumerable<Mark> all, Func<Mark, Guid?> whose) =>
        all.GroupBy(mark => (Whose: whose(mark), mark.PartId)).Select(events => (events.Key.Whose, Stands: StandingMark.Of(events)!.Mark)).ToLookup(one => one.Whose, one => one.Stands);
}
