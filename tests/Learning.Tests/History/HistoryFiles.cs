using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Learning.Tests.History;

/// <summary>A folder of history read for the independent count: every column by its name, every time as a local date and an instant. Knows no rule beyond the formats.</summary>
public sealed class HistoryFiles
{
    public sealed record Agency(string Code, string Sector, string Parent);
    public sealed record Programme(string Code, DateOnly? StartsOn);
    public sealed record Course(string Code, string Kind, string Owner, string[] Boards, string[] Programmes, string Level, DateOnly PublishedOn, DateOnly? WithdrawnOn);
    public sealed record Employment(string Agency, string Workforce, DateOnly From, DateOnly? To);
    public sealed record Person(int Number, HashSet<string> Addresses, List<Employment> Employments);
    public sealed record Session(string Ref, Course Course, LocalTime Starts, LocalTime Ends, int Capacity, string Status, string Board, string Parent, DateTimeOffset? CancelledAt);
    public sealed record Part(string Session, string Number, LocalTime Starts, LocalTime Ends);
    public sealed record Booking(string Session, Person Person, string Status, DateTimeOffset BookedAt, DateTimeOffset? CancelledAt, string Agency);
    public sealed record Mark(string Session, Person? Person, string Seat, string What, decimal? Minutes, string Agency, DateTimeOffset MarkedAt, string Part, int Line);
    public sealed record Completion(Course Course, Person Person, DateOnly On, string Agency);

    /// <summary>A wall-clock time in Southend and its instant (T1).</summary>
    public sealed record LocalTime(DateTime Wall, DateTimeOffset Instant)
    {
        public DateOnly Date => DateOnly.FromDateTime(Wall);
    }

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public List<Agency> Agencies { get; }
    public List<Person> People { get; } = [];
    public List<Programme> Programmes { get; }
    public List<Course> Courses { get; }
    public List<Session> Sessions { get; }
    public List<Part> Parts { get; }
    public List<Booking> Bookings { get; }
    public List<Mark> Marks { get; }
    public List<Completion> Completions { get; }

    public HistoryFiles(string folder)
    {
        Agencies = [.. Rows(folder, "agencies.csv").Select(row => new Agency(row["code"], row["sector"], row["parent"]))];
        foreach (var row in Rows(folder, "people.csv"))
            AddPerson(row);
        Programmes = [.. Rows(folder, "programmes.csv").Select(row => new Programme(row["code"], OptionalDate(row["starts_on"])))];
        Courses = [.. Rows(folder, "courses.csv").Select(row => new Course(
            row["code"], row["kind"], row["owner"], List(row["boards"]), List(row["programmes"]), row["level"], Date(row["published_on"]), OptionalDate(row["withdrawn_on"])))];
        Sessions = [.. Rows(folder, "sessions.csv").Select(row => new Session(
            row["ref"], Courses.Single(course => course.Code == row["course"]), Local(row["starts"]), Local(row["ends"]),
            int.Parse(row["capacity"], CultureInfo.InvariantCulture), row["status"], row["board"], row["parent"], OptionalInstant(row["cancelled_at"])))];
        Parts = [.. Rows(folder, "parts.csv").Select(row => new Part(row["session"], row["part"], Local(row["starts"]), Local(row["ends"])))];
        Bookings = [.. Rows(folder, "bookings.csv").Select(row => new Booking(
            row["session"], Known(row["email"]), row["status"], Instant(row["booked_at"]), OptionalInstant(row["cancelled_at"]), row["agency"]))];
        Marks = [.. Rows(folder, "attendance.csv").Select((row, index) => new Mark(
            row["session"], row["email"].Length == 0 ? null : Known(row["email"]), row["seat"], row["mark"],
            row["minutes"].Length == 0 ? null : decimal.Parse(row["minutes"], CultureInfo.InvariantCulture), row["agency"], Instant(row["marked_at"]), row["part"], index))];
        Completions = [.. Rows(folder, "completions.csv").Select(row => new Completion(
            Courses.Single(course => course.Code == row["course"]), Known(row["email"]), Date(row["completed_on"]), row["agency"]))];
    }

    /// <summary>The person of an address; case and surrounding space never matter (P6).</summary>
    public Person Known(string address)
    {
        return _byAddress[Plain(address)];
    }

    private readonly Dictionary<string, Person> _byAddress = [];

    private void AddPerson(Row row)
    {
        var addresses = List(row["aliases"]).Append(row["email"]).Select(Plain).ToList();
        var person = addresses.Select(address => _byAddress.GetValueOrDefault(address)).FirstOrDefault(known => known is not null);
        if (person is null)
            People.Add(person = new Person(People.Count, [], []));
        foreach (var address in addresses)
        {
            person.Addresses.Add(address);
            _byAddress[address] = person;
        }
        person.Employments.Add(new Employment(row["agency"], row["workforce"], Date(row["from"]), OptionalDate(row["to"])));
    }

    /// <summary>Midnight at the beginning of a day in Southend.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => ToInstant(day.ToDateTime(TimeOnly.MinValue));

    private static string Plain(string address) => address.Trim().ToLowerInvariant();

    private static string[] List(string field) => field.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The instant of a wall time that exists once.</summary>
    public static DateTimeOffset ToInstant(DateTime wall) => new(wall, London.GetUtcOffset(wall));

    public static bool ExistsOnce(DateTime wall) => !London.IsInvalidTime(wall) && !London.IsAmbiguousTime(wall);

    private static DateOnly Date(string field) => DateOnly.ParseExact(field, ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None);

    private static DateOnly? OptionalDate(string field) => field.Length == 0 ? null : Date(field);

    private static LocalTime Local(string field)
    {
        var wall = DateTime.ParseExact(field, ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "dd/MM/yyyy HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None);
        return new LocalTime(wall, ToInstant(wall));
    }

    private static DateTimeOffset Instant(string field) =>
        DateTimeOffset.ParseExact(field, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static DateTimeOffset? OptionalInstant(string field) => field.Length == 0 ? null : Instant(field);

    private sealed class Row(Dictionary<string, string> fields)
    {
        /// <summary>A column in [ ] may be absent: then it is empty.</summary>
        public string this[string column] => fields.GetValueOrDefault(column, "");
    }

    private static List<Row> Rows(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            return [];
        using var csv = new CsvReader(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        csv.Read();
        csv.ReadHeader();
        var rows = new List<Row>();
        while (csv.Read())
            rows.Add(new Row(csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column)!)));
        return rows;
    }
}
