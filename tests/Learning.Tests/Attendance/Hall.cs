using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>A session on the day it takes place, with a trainer and people who hold places: what a register's tests begin with.</summary>
public sealed class Hall
{
    private readonly Ground ground;

    private Hall(Ground ground, Session session, IReadOnlyList<SessionPart> parts, Person trainer, IReadOnlyList<Person> people) =>
        (this.ground, Session, Parts, Trainer, People) = (ground, session, parts, trainer, people);

    public Session Session { get; }
    public IReadOnlyList<SessionPart> Parts { get; }
    public Person Trainer { get; }
    public IReadOnlyList<Person> People { get; }
    public Guid Part => Parts[0].Id;

    /// <summary>A session of these parts, today from 10am to 3.30pm (330 minutes) unless said; everybody's agency is the one given.</summary>
    public static async Task<Hall> Open(Ground ground, int people = 3, Agency? agency = null, params string[] parts)
    {
        var given = ground.Given;
        var session = await given.Session(null, 20, parts.Length == 0 ? ["2024-05-15 10:00 to 15:30"] : parts);
        var trainer = await given.Person(given: "Joe");
        await given.Trainer(session, trainer);
        var here = new List<Person>();
        for (var i = 0; i < people; i++)
        {
            here.Add(await given.Person(agency, given: $"Ada{i}"));
            await given.Booking(session, here[i], agency: agency);
        }

        await using var db = ground.Db();
        return new Hall(ground, session, [.. db.SessionParts.Where(part => part.SessionId == session.Id).OrderBy(part => part.Number)], trainer, here);
    }

    /// <summary>A session of a course in which nobody has booked, such as a meeting of a forum with seats.</summary>
    public static async Task<Hall> Of(Ground ground, Course course, params string[] parts)
    {
        var (session, trainer) = (await ground.Given.Session(course, 40, parts), await ground.Given.Person(given: "Joe"));
        await ground.Given.Trainer(session, trainer);
        await using var db = ground.Db();
        return new Hall(ground, session, [.. db.SessionParts.Where(part => part.SessionId == session.Id).OrderBy(part => part.Number)], trainer, []);
    }

    /// <summary>A mark of somebody, made now by our clock unless said.</summary>
    public MarkEntry Mark(Somebody who, MarkKind mark = MarkKind.Attended, int? minutes = null, Somebody? substitute = null, DateTimeOffset? at = null, Guid? seen = null, Guid? id = null, Guid? part = null) =>
        new(id ?? Guid.CreateVersion7(), part ?? Part, who, mark, minutes, substitute, at ?? ground.Zone.Now, seen);

    /// <summary>A mark of an empty seat, made now.</summary>
    public MarkEntry MarkSeat(Guid seat, MarkKind mark, Guid? seen = null) => MarkEntry.OfSeat(Guid.CreateVersion7(), Part, seat, mark, ground.Zone.Now, seen);

    /// <summary>A device sends marks; its clock is right unless said.</summary>
    public Task<RecordOutcome> Send(string device, IReadOnlyList<MarkEntry> marks, Person? by = null, TimeSpan fast = default) => ground.With(async (RecordMarks record) =>
        await record.RunAsync(Session.Ref, new MarkBatch(device, ground.Zone.Now + fast, marks), await ground.Given.Actor(by ?? Trainer)));

    /// <summary>The same, which must be stored.</summary>
    public async Task<RecordOutcome.Recorded> Sent(string device, params MarkEntry[] marks) => Assert.IsType<RecordOutcome.Recorded>(await Send(device, marks));

    public Task<SignOutcome> Sign(Person? by = null) =>
        ground.With(async (SignRegister sign) => await sign.RunAsync(Session.Ref, await ground.Given.Actor(by ?? Trainer)));

    /// <summary>Marks everybody with a place as there, in every part, and signs.</summary>
    public async Task Signed()
    {
        await Sent("paper", [.. from person in People from part in Parts select Mark(person.Id, part: part.Id)]);
        Assert.IsType<SignOutcome.Signed>(await Sign());
    }

    /// <summary>The register as its trainer, or somebody else, sees it.</summary>
    public async Task<RegisterSheet> Sheet(Person? by = null) => (await Ask(by)).Sheet!;

    public Task<SheetAnswer> Ask(Person? by = null) =>
        ground.With(async (RegisterSheets sheets) => await sheets.AskAsync(Session.Ref, await ground.Given.Actor(by ?? Trainer)));

    /// <summary>What stands of a person in the first part.</summary>
    public async Task<SheetMark> Standing(Person person) => (await Sheet()).People.Single(row => row.PersonId == person.Id).Marks[Part];
}
