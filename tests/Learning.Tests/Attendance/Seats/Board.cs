using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Seats;

/// <summary>A forum with seats, and a member of the business unit who keeps them: everything by the verbs.</summary>
internal sealed class Board(Ground ground, Course course, Person unit)
{
    public Course Course => course;
    public Person Unit => unit;

    public static async Task<Board> Open(Ground ground) => new(ground, await ground.Given.Course(CourseKind.Forum), await ground.Given.Unit());

    public Task<SeatOutcome> TryAdd(string? name, string? from = "2024-01-01", Agency? agency = null, Person? by = null) => ground.With(async (AddSeat add) =>
        await add.RunAsync(course.Code, new TypedSeat(name, agency?.Id, Day(from)), await ground.Given.Actor(by ?? unit)));

    public async Task<Guid> Add(string name, string from = "2024-01-01", Agency? agency = null) => Assert.IsType<SeatOutcome.Done>(await TryAdd(name, from, agency)).Id;

    public Task<SeatOutcome> TryFill(Guid seat, Person? person, string? from, string? last = null, MarkKind? empty = null, Person? by = null) => ground.With(async (FillSeat fill) =>
        await fill.RunAsync(course.Code, seat, new TypedTerm(person?.Id, empty, Day(from), Day(last)), await ground.Given.Actor(by ?? unit)));

    public async Task Fill(Guid seat, Person person, string from = "2024-01-01", string? last = null) => Assert.IsType<SeatOutcome.Done>(await TryFill(seat, person, from, last));

    public async Task Empty(Guid seat, MarkKind kind, string from, string? last = null) => Assert.IsType<SeatOutcome.Done>(await TryFill(seat, null, from, last, kind));

    public Task<SeatOutcome> TryEnd(Guid term, string? last, Person? by = null) =>
        ground.With(async (EndTerm end) => await end.RunAsync(course.Code, term, Day(last), await ground.Given.Actor(by ?? unit)));

    public Task<SeatOutcome> TakeBack(Guid term, Person? by = null) => ground.With(async (EndTerm end) => await end.TakeBackAsync(course.Code, term, await ground.Given.Actor(by ?? unit)));

    public Task<SeatOutcome> TryChange(Guid seat, string name, string from, string? last = null, Person? by = null) => ground.With(async (ChangeSeat change) =>
        await change.RunAsync(course.Code, seat, new TypedSeat(name, null, Day(from), Day(last)), await ground.Given.Actor(by ?? unit)));

    public async Task<SeatSeen> Seen(Guid seat) => (await ground.With(async (ForumSeats seats) => await seats.FindAsync(course.Code, seat, await ground.Given.Actor(unit))))!;

    /// <summary>The newest term of a seat.</summary>
    public async Task<Guid> Term(Guid seat) => (await Seen(seat)).Terms[0].Id;

    /// <summary>A meeting on a day, 10am to midday, and the clock at its end.</summary>
    public async Task<Hall> Meeting(string day)
    {
        ground.Clock.Set($"{day} 12:00");
        return await Hall.Of(ground, course, $"{day} 10:00 to 12:00");
    }

    public Task<BoardTable?> Table(string from, string to, Person? by = null) =>
        ground.With(async (BoardTables tables) => await tables.AskAsync(course.Code, DateOnly.Parse(from), DateOnly.Parse(to), await ground.Given.Actor(by ?? unit)));

    public static (SeatField, string) Why(SeatOutcome outcome) => Assert.IsType<SeatOutcome.Refused>(outcome).Mistakes is [var first, ..] ? (first.Field, first.Sentence) : default;

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day);
}
