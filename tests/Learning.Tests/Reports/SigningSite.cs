using Learning.Attendance;
using Learning.Catalogue;
using Learning.Figures;
using Learning.People;
using Learning.Reports;
using Learning.Tests.Figures;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Reports;

/// <summary>The site with a folder of reports of its own, and the verbs of signing. Every test writes a report over a course of its own.</summary>
public sealed class SigningSite : IAsyncLifetime
{
    private static int made;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-signing-");
    private WebsiteUnderTest website = null!;

    public Ground Ground { get; } = new();

    internal Told Told { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Ground.InitializeAsync();
        Told = new Told(Ground);
        website = await WebsiteUnderTest.StartAsync(Ground.ConnectionString, Ground.Clock, services => services.AddSingleton(new ReportFiles(folder.FullName)));
    }

    public async Task DisposeAsync()
    {
        await website.DisposeAsync();
        await Ground.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>A report of one course over April 2024 to March 2025; each figure is "id: keys of the definition".</summary>
    public async Task<string> Report(Course course, params string[] figures) => await Write($"R{Interlocked.Increment(ref made)}", course, figures);

    public async Task<string> Write(string name, Course course, params string[] figures)
    {
        var lines = figures.Select(figure => figure.Split(": ", 2)).Select(parts => $"  - {{id: {parts[0]}, title: Figure {parts[0]}, courses: [{course.Code}], {parts[1]}}}\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.yaml"), $"report: {name}\ntitle: Report {name}\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n{string.Concat(lines)}");
        return name;
    }

    public Task WriteText(string name, string yaml) => File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}.yaml"), yaml);

    public void Remove(string name) => File.Delete(Path.Combine(folder.FullName, $"{name}.yaml"));

    /// <summary>A session held on a day of 2024, with so many who came, marked and signed that day.</summary>
    internal async Task<(Session Session, List<Person> People)> Held(Course course, int came, string day = "2024-06-03", Agency? agency = null)
    {
        var session = await Ground.Given.Session(course, 40, $"{day} 09:30 to 16:00");
        var people = new List<Person>();
        for (var i = 0; i < came; i++)
        {
            people.Add(await Ground.Given.Person());
            await Told.Mark(session, people[^1], MarkKind.Attended, at: $"{day} 16:00", agency: agency);
        }

        await Told.Sign(session, $"{day} 17:00");
        return (session, people);
    }

    public async Task<Actor> Chair(string given = "Helen", string? family = null)
    {
        var person = await Ground.Given.Person(given: given, family: family);
        await Ground.Given.Role(person, Role.Chair);
        return await Ground.Given.Actor(person);
    }

    public async Task<Visitor> As(params Role[] roles)
    {
        var person = await Ground.Given.Person(given: "Wanda");
        foreach (var role in roles)
        {
            await Ground.Given.Role(person, role);
        }

        return await website.SignedInAsync(person.Id);
    }

    public Visitor Nobody() => website.Visitor();

    public async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
    {
        await using var scope = website.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>What was asked to be counted is, as a worker does it.</summary>
    public Task<int> CountedAsync() => With((Learning.Figures.Builds.RunBuilds run) => run.RunAsync());

    /// <summary>Signs a report, accepting what is named, and after the revision that is there.</summary>
    public async Task<SigningOutcome> Sign(string report, Actor chair, int after = 0, string? reason = null, params string[] accepted)
    {
        var definition = await With((ReportDefinitions definitions) => definitions.FindAsync(report, default));
        return await With((SignReport sign) => sign.RunAsync(report, new Signature(after, definition!.Digest, accepted.ToHashSet(), reason), chair));
    }

    /// <summary>What was signed.</summary>
    public async Task<SignedReport> Signed(string report, int? revision = null) => (await With((Signings signings) => signings.FindAsync(report, revision, Actor.Machine, default)))!;

    /// <summary>Counts again, and says what differs.</summary>
    public async Task<Drift> Drift(string report)
    {
        await With(async (BuildReports build) => (await build.RunAsync(Actor.Machine, report)).Reports.Count);
        var signed = await Signed(report);
        return (await With((NewestDrift drifts) => drifts.OfAsync(signed.Signing, Actor.Machine, default)))!;
    }
}
