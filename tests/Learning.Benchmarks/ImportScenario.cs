using System.Diagnostics;
using System.Globalization;
using System.Text;

using Learning.History;
using Learning.People;
using Learning.Time;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary><c>import</c>: a million attendance rows with the people and sessions that they name, beside PostgreSQL's own COPY of the same marks into a table with the same indexes and references.</summary>
public static class ImportScenario
{
    private const int Agencies = 60;
    private const int People = 20_000;
    private const int Sessions = 12_500;
    private const int MarksEach = 80;
    private const double Target = 0.25;

    public static readonly Scenario Scenario = new("import", $"{Sessions * MarksEach:N0} attendance rows, and COPY of the same", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var folder = Directory.CreateTempSubdirectory("learning-bench-import-");
        try
        {
            Write(folder.FullName);
            var services = new ServiceCollection();
            Site.AddFoundation(services, ground.ConnectionString);
            await using var provider = services.AddHistory().BuildServiceProvider();
            var (first, second) = (await ImportAsync(provider, folder.FullName), await ImportAsync(provider, folder.FullName));
            var copy = await CopyAsync(ground.OwnerConnectionString);
            var ratio = copy / first.Seconds;
            return new Result(ratio >= Target && first.New == Sessions * MarksEach && second.New == 0, new Dictionary<string, object>
            {
                ["rows"] = first.New, ["importSeconds"] = Math.Round(first.Seconds, 1), ["againSeconds"] = Math.Round(second.Seconds, 1), ["copySeconds"] = Math.Round(copy, 1),
                ["ratio"] = Math.Round(ratio, 2), ["target"] = Target,
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int New, double Seconds)> ImportAsync(ServiceProvider provider, string folder)
    {
        await using var scope = provider.CreateAsyncScope();
        var watch = Stopwatch.StartNew();
        var outcome = await scope.ServiceProvider.GetRequiredService<ImportHistory>().RunAsync(folder, false, null, Actor.Machine, default);
        return outcome is ImportOutcome.Imported imported
            ? (imported.Counts.Single(count => count.What == "marks").New, watch.Elapsed.TotalSeconds)
            : throw new InvalidOperationException(((ImportOutcome.Refused)outcome).Mistakes[0].ToString());
    }

    private static async Task<double> CopyAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync();
        await using (var make = new NpgsqlCommand("""
            create table copied_marks (like marks including all excluding identity);
            alter table copied_marks add foreign key (part_id) references session_parts (id), add foreign key (session_id) references sessions (id), add foreign key (person_id) references persons (id),
                add foreign key (substitute_id) references persons (id), add foreign key (agency_id) references agencies (id), add foreign key (substitute_agency_id) references agencies (id),
                add foreign key (recorded_by) references persons (id);
            """, connection))
        {
            await make.ExecuteNonQueryAsync();
        }

        // Taken out first, so that only what goes in is timed.
        using var rows = new MemoryStream();
        await using (var taken = await connection.BeginRawBinaryCopyAsync("copy (select * from marks order by number) to stdout (format binary)"))
        {
            await taken.CopyToAsync(rows);
        }

        rows.Position = 0;
        var watch = Stopwatch.StartNew();
        // References are checked at its end, when it is disposed of.
        await using (var put = await connection.BeginRawBinaryCopyAsync("copy copied_marks from stdin (format binary)"))
        {
            await rows.CopyToAsync(put);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static void Write(string folder)
    {
        File(folder, "agencies.csv", "code,name,sector,statutory_partner,email_domains,headcount", Enumerable.Range(0, Agencies).Select(n => $"A{n},Agency {n},Health,yes,,"));
        File(folder, "people.csv", "email,given_name,family_name,agency,job_title,workforce,level,from,to",
            Enumerable.Range(0, People).Select(n => $"person{n}@agency.example,Given,Family{n},A{n % Agencies},Social worker,children,3,2010-01-01,"));
        File(folder, "courses.csv", "code,title,kind,owner,boards,programmes,validity_months,cpd_hours,level,published_on,withdrawn_on",
            Enumerable.Range(0, 20).Select(n => $"C{n},Course {n},trained,A0,joint,,,,,2010-01-01,"));
        File(folder, "sessions.csv", "ref,course,starts,ends,mode,venue,capacity,status",
            Enumerable.Range(0, Sessions).Select(n => $"S{n},C{n % 20},{Day(n)} 09:30,{Day(n)} 12:30,in person,Hall,{MarksEach},held"));
        File(folder, "attendance.csv", "session,email,mark,minutes,agency,marked_at",
            Enumerable.Range(0, Sessions * MarksEach).Select(n => $"S{n / MarksEach},person{n * 7 % People}@agency.example,{(n % 9 == 0 ? "dna" : "attended")},,,{Day(n / MarksEach)}T11:{n % 60:00}:00Z"));
    }

    private static string Day(int session) => new DateOnly(2014, 1, 1).AddDays(session % 4000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void File(string folder, string name, string header, IEnumerable<string> rows)
    {
        using var writer = new StreamWriter(Path.Combine(folder, name), false, new UTF8Encoding(false));
        writer.WriteLine(header);
        foreach (var row in rows)
        {
            writer.WriteLine(row);
        }
    }
}
