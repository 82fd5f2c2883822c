using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;

namespace Learning.Tests.Support;

/// <summary>Makes what a test begins with, in one line each. Names and codes are made up and never repeat.</summary>
public sealed class Given(Ground ground)
{
    private static int made;

    private static string Next(string word) => $"{word}{Interlocked.Increment(ref made)}";

    public async Task<Agency> Agency(string? name = null, string sector = "Local authority", Guid? parent = null, string? code = null)
    {
        var agency = new Agency
        {
            Id = Guid.CreateVersion7(), Code = code ?? Next("AG"), Name = name ?? Next("Agency "), Sector = sector, StatutoryPartner = false, ParentId = parent,
        };
        await Save(agency);
        return agency;
    }

    /// <summary>A person with an address and, unless <paramref name="agency"/> is null, a job there since 2020.</summary>
    public async Task<Person> Person(Agency? agency = null, string? email = null, string given = "Sam", string? family = null, Workforce workforce = Workforce.Children)
    {
        var person = new Person { Id = Guid.CreateVersion7(), GivenName = given, FamilyName = family ?? Next("Person"), CreatedAt = ground.Zone.Now };
        await Save(person, new PersonEmail { Email = email ?? $"{Next("person")}@agency.example", PersonId = person.Id, Main = true, VerifiedAt = ground.Zone.Now });
        if (agency is not null)
        {
            await Job(person, agency, "2020-01-01", workforce: workforce);
        }

        return person;
    }

    public async Task<Employment> Job(Person person, Agency agency, string from, string? to = null, Workforce workforce = Workforce.Children, bool main = false)
    {
        var job = new Employment
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, AgencyId = agency.Id, Workforce = workforce, StartsOn = DateOnly.Parse(from),
            EndsOn = to is null ? null : DateOnly.Parse(to), Main = main,
        };
        await Save(job);
        return job;
    }

    /// <summary>A role as it stands in the database: held since 2020, unless other days are given.</summary>
    public async Task<RoleGrant> Role(Person person, Role role, Agency? agency = null, string from = "2020-01-01", string? until = null, bool deputy = false)
    {
        var grant = new RoleGrant
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, Role = role, AgencyId = agency?.Id, Deputy = deputy, StartsOn = DateOnly.Parse(from),
            EndsOn = until is null ? null : DateOnly.Parse(until), GrantedAt = ground.Zone.Now,
        };
        await Save(grant);
        return grant;
    }

    /// <summary>A member of the business unit, ready to act.</summary>
    public async Task<Person> Unit()
    {
        var person = await Person(given: "Una");
        await Role(person, Learning.People.Role.BusinessUnit);
        return person;
    }

    /// <summary>A person as an actor, with the roles they hold.</summary>
    public async Task<Actor> Actor(Person person)
    {
        await using var db = ground.Db();
        return await Learning.People.Actor.ForAsync(db, person.Id, ground.Zone.Today);
    }

    public async Task<Course> Course(CourseKind kind = CourseKind.Trained, Agency? owner = null, Board board = Board.Joint, string? code = null, string? title = null)
    {
        var course = new Course
        {
            Id = Guid.CreateVersion7(), Code = code ?? Next("C"), Title = title ?? Next("Course "), Kind = kind, OwnerId = (owner ?? await Agency()).Id, Board = board,
            PublishedOn = new DateOnly(2020, 1, 1),
        };
        await Save(course);
        return course;
    }

    public async Task<Programme> Programme(Course course, string? startsOn = null, string? code = null)
    {
        var programme = new Programme
        {
            Id = Guid.CreateVersion7(), Code = code ?? Next("P"), Title = Next("Programme "), StartsOn = startsOn is null ? null : DateOnly.Parse(startsOn),
        };
        await Save(programme, new CourseProgramme { CourseId = course.Id, ProgrammeId = programme.Id });
        return programme;
    }

    /// <summary>A planned session of one part or more, each "2024-06-03 09:30 to 16:00" or "… to 2024-06-04 01:00", in London. Booking closes an hour before it starts.</summary>
    public async Task<Session> Session(Course? course = null, int capacity = 20, params string[] parts)
    {
        var times = (parts.Length == 0 ? ["2024-06-03 09:30 to 16:00"] : parts).Select(Part).ToList();
        var (starts, ends) = (times.Min(part => part.From), times.Max(part => part.To));
        var session = new Session
        {
            Id = Guid.CreateVersion7(), Ref = Next("S-"), CourseId = (course ?? await Course()).Id, Mode = SessionMode.InPerson, Venue = "Estuary Hall", Capacity = capacity,
            Status = SessionStatus.Planned, StartsAt = ground.Zone.InstantOf(starts), EndsAt = ground.Zone.InstantOf(ends),
            CountedOn = DateOnly.FromDateTime(times.Max(part => part.From)), BookingClosesAt = ground.Zone.InstantOf(starts).AddHours(-1), ChangedAt = DateTimeOffset.MinValue,
        };
        await Save(session);
        await Save([.. times.Select((part, index) => new SessionPart
        {
            Id = Guid.CreateVersion7(), SessionId = session.Id, Number = index + 1, StartsLocal = part.From, EndsLocal = part.To,
            StartsAt = ground.Zone.InstantOf(part.From), EndsAt = ground.Zone.InstantOf(part.To),
        })]);
        return session;
    }

    public Task Trainer(Session session, Person person) => Save(new SessionTrainer { SessionId = session.Id, PersonId = person.Id });

    /// <summary>A booking as it stands in the database, without going through a verb.</summary>
    public async Task<Booking> Booking(Session session, Person person, BookingState state = BookingState.Confirmed, Agency? agency = null)
    {
        var booking = new Booking { Id = Guid.CreateVersion7(), SessionId = session.Id, PersonId = person.Id, AgencyId = agency?.Id, BookedAt = ground.Zone.Now, BookedBy = person.Id };
        booking.Become(state, ground.Zone.Now, person.Id, offerEndsAt: state == BookingState.Offered ? ground.Zone.Now.AddDays(1) : null);
        await Save(booking);
        return booking;
    }

    /// <summary>Writes rows as they are.</summary>
    public async Task Save(params object[] rows)
    {
        await using var db = ground.Db();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private static (DateTime From, DateTime To) Part(string text)
    {
        var (from, to) = (text.Split(" to ")[0], text.Split(" to ")[1]);
        var start = DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        return (start, DateTime.Parse(to.Contains('-') ? to : $"{start:yyyy-MM-dd} {to}", System.Globalization.CultureInfo.InvariantCulture));
    }
}
