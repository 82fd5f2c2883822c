using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Learning.Demonstration;

/// <summary>The demonstration while it is being made: rows of the history formats (docs/rules.md, "Import of history"), and how they are written.</summary>
internal sealed class HistoryFolder(DateOnly today)
{
    public DateOnly Today { get; } = today;
    public List<Session> Sessions { get; } = [];
    public List<BookingRow> Bookings { get; } = [];
    public List<MarkRow> Marks { get; } = [];
    public List<CompletionRow> Completions { get; } = [];

    public Session Add(Session session)
    {
        Sessions.Add(session);
        return session;
    }

    /// <summary>References run by course and year, in order of the start: GCP2-2024-03. A workshop has the conference's, with round and letter.</summary>
    public void NameSessions()
    {
        var years = Sessions.Where(session => session.Ref is null && session.Parent is null)
            .GroupBy(session => (session.Course, session.Starts.Year));
        foreach (var year in years)
        {
            var number = 0;
            foreach (var session in year.OrderBy(session => session.Starts))
                session.Ref = $"{year.Key.Course}-{year.Key.Year}-{++number:00}";
        }
        foreach (var conference in Sessions.Where(session => session.Parent is not null).GroupBy(session => session.Parent!))
        {
            var round = 0;
            foreach (var workshops in conference.GroupBy(session => session.Starts))
            {
                round++;
                var letter = 'A';
                foreach (var workshop in workshops)
                    workshop.Ref = $"{conference.Key.Ref}-{round}{letter++}";
            }
        }
    }

    public void WriteSessions(string folder)
    {
        Csv(folder, "sessions.csv", "ref,course,starts,ends,mode,venue,capacity,status,board,trainers,parent,cancelled_at",
            Sessions.OrderBy(session => session.Starts).ThenBy(session => session.Ref, StringComparer.Ordinal).Select(session => new[]
            {
                session.Ref, session.Course, Local(session.Starts), Local(session.Ends), session.Mode, session.Venue,
                Number(session.Capacity), session.Status, session.Board, string.Join(';', session.Trainers.Select(trainer => trainer.Email)),
                session.Parent?.Ref, Instant(session.CancelledAt),
            }));
        Csv(folder, "parts.csv", "session,part,title,starts,ends",
            from session in Sessions
            where session.Parts.Count > 1 || session.Parts[0].Title.Length > 0
            from part in session.Parts.Select((part, index) => (part.Title, part.Starts, part.Ends, Number: index + 1))
            select new[] { session.Ref, Number(part.Number), part.Title, Local(part.Starts), Local(part.Ends) });
        Csv(folder, "bookings.csv", "session,email,status,booked_at,cancelled_at,agency", Bookings.Select(booking => new[]
        {
            booking.Session.Ref, booking.Email, booking.Status, Instant(booking.BookedAt), Instant(booking.CancelledAt), booking.Agency,
        }));
        Csv(folder, "attendance.csv", "session,email,mark,minutes,agency,marked_at,part,seat", Marks.Select(mark => new[]
        {
            mark.Session.Ref, mark.Email, mark.Mark, Number(mark.Minutes), mark.Agency, Instant(mark.MarkedAt), Number(mark.Part), mark.Seat,
        }));
        Csv(folder, "completions.csv", "course,email,completed_on,score,agency", Completions.Select(completion => new[]
        {
            completion.Course, completion.Email, Day(completion.CompletedOn), Number(completion.Score), "",
        }));
    }

    public static void WriteAgencies(string folder, IEnumerable<Agency> agencies) =>
        Csv(folder, "agencies.csv", "code,name,sector,statutory_partner,email_domains,headcount,parent,successor,successor_from",
            agencies.Select(agency => new[]
            {
                agency.Code, agency.Name, agency.Sector, agency.StatutoryPartner, agency.EmailDomains, Number(agency.Headcount),
                agency.Parent, agency.Successor, Day(agency.SuccessorFrom),
            }));

    public static void WritePeople(string folder, IEnumerable<Person> people) =>
        Csv(folder, "people.csv", "email,given_name,family_name,agency,job_title,workforce,level,from,to,aliases",
            from person in people
            from job in person.Employments
            select new[]
            {
                person.Email, person.GivenName, person.FamilyName, job.Agency, job.JobTitle, job.Workforce, job.Level,
                Day(job.From), Day(job.To), string.Join(';', person.Aliases),
            });

    private static void Csv(string folder, string file, string header, IEnumerable<string?[]> rows)
    {
        using var writer = new StreamWriter(Path.Combine(folder, file), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var row in rows.Prepend(header.Split(',')))
        {
            foreach (var field in row)
                csv.WriteField(field);
            csv.NextRecord();
        }
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Local(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Instant(DateTime? local) => local is { } time
        ? Days.ToInstant(time).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "Z"
        : "";
}
