using Learning.Catalogue;

namespace Learning.Attendance;

/// <summary>A register of nobody: what the page for a tablet without a network is drawn from, and the row that the register's script makes copies of. It holds no data of anybody's.</summary>
internal static class SheetBlank
{
    public static readonly SheetPart Part = new(Guid.Empty, 1, "", default, default, default, default, 0, 0);

    public static readonly SheetPerson Person = new(Guid.Empty, Guid.Empty, "", "", "", "", null, "", new Dictionary<Guid, SheetMark>());

    public static readonly SheetSeat Seat = new(Guid.Empty, "", null, MarkKind.Vacant, new Dictionary<Guid, SheetMark>());

    public static readonly RegisterSheet Sheet = new(
        new Session
        {
            Id = Guid.Empty, Ref = "", CourseId = Guid.Empty, Mode = SessionMode.InPerson, Capacity = 0, Status = SessionStatus.Planned, StartsAt = default, EndsAt = default, CountedOn = default,
            BookingClosesAt = default, ChangedAt = default,
        },
        new Course { Id = Guid.Empty, Code = "", Title = "", Kind = CourseKind.Trained, OwnerId = Guid.Empty, Board = Learning.Catalogue.Board.Joint, PublishedOn = default },
        new RegisterState(false, null, null, null, null, 0, 0), [Part], [], [], [], (0, 0));
}
