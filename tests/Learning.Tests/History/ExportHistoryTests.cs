using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.History;
using Learning.People;
using Learning.Tests.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>Everything can be taken elsewhere: what is exported is imported again, and says the same (H0 to H5).</summary>
public sealed class ExportHistoryTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private static readonly string[] Instants = ["2024-06-03 17:30", "2024-06-04 12:00", "2024-06-10 12:00", "2025-01-01 12:00"];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-export-");

    [Fact] // H0, A2, P2, P3, P5, S3
    public async Task What_is_exported_and_imported_elsewhere_gives_the_same_figures_from_the_signing_on()
    {
        var codes = await HappenedAsync();
        var path = Path.Combine(folder.FullName, "everything");
        var exported = await ground.With((ExportHistory export) => export.RunAsync(path, Actor.Machine));
        Assert.Equal(9, exported.History);
        Assert.True(await ground.Sql<bool>("select exists (select from audit_entries where verb = 'exported everything')"));

        var elsewhere = new Ground();
        await elsewhere.InitializeAsync();
        elsewhere.Clock.Set("2025-05-15 09:00");
        Assert.IsType<ImportOutcome.Imported>(await elsewhere.With((ImportHistory import) => import.RunAsync(path, false, null, Actor.Machine, default)));
        foreach (var instant in Instants)
        {
            foreach (var measure in new[] { "people", "attendances", "dna_rate", "places_offered", "places_booked", "places_lost", "sessions_held", "completions" })
            {
                var figure = $"measure: {measure}, courses: [{string.Join(", ", codes)}]{(measure.StartsWith("places", StringComparison.Ordinal) || measure is "dna_rate" or "sessions_held" ? "" : ", by: [agency]")}";
                Assert.Equal(await RowsAsync(ground, figure, instant), await RowsAsync(elsewhere, figure, instant));
            }
        }

        Assert.Equal(4, await new Told(elsewhere).Value($"measure: people, courses: [{codes[0]}]"));
        // A second export, of what was imported, says the same again.
        var again = Path.Combine(folder.FullName, "again");
        await elsewhere.With((ExportHistory export) => export.RunAsync(again, Actor.Machine));
        foreach (var file in new[] { "agencies.csv", "courses.csv", "sessions.csv", "parts.csv", "attendance.csv", "completions.csv", "bookings.csv" })
        {
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(path, file)), await File.ReadAllTextAsync(Path.Combine(again, file)));
        }

        await elsewhere.DisposeAsync();
    }

    [Fact] // 4-quality: exports neutralise formulas; nothing that lets somebody in leaves; what people sent comes as it was sent
    public async Task An_export_holds_no_key_and_no_formula_and_refuses_a_folder_that_holds_something()
    {
        var person = await ground.Given.Person(given: "=cmd()", family: "Hallam");
        await (await ground.SiteAsync()).AccountAsync(person.Id);
        var session = await ground.Given.Session();
        await ground.Sql($"""
            insert into signed_sheets (id, session_id, media_type, size, sha256, sent_at, sent_by) values ('{session.Id}', '{session.Id}', 'image/png', 3, sha256('abc'), now(), '{person.Id}');
            insert into signed_sheet_files (sheet_id, content) values ('{session.Id}', 'abc')
            """);
        var path = Path.Combine(folder.FullName, "whole");
        await ground.With((ExportHistory export) => export.RunAsync(path, Actor.Machine));
        Assert.Contains(",'=cmd(),Hallam,", await File.ReadAllTextAsync(Path.Combine(path, "people.csv")), StringComparison.Ordinal);
        Assert.Equal("abc", await File.ReadAllTextAsync(Path.Combine(path, "files", "signed_sheet_files", $"{session.Id}")));
        var hash = await ground.Sql<string>($"select password_hash from accounts where person_id = '{person.Id}'");
        Assert.All(Directory.GetFiles(path, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(hash, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(path, "tables", "accounts.csv")));
        Assert.True(File.Exists(Path.Combine(path, "tables", "evaluation_answers.csv")));

        Assert.Contains("is not empty", (await Assert.ThrowsAsync<ExportException>(() => ground.With((ExportHistory export) => export.RunAsync(path, Actor.Machine)))).Message, StringComparison.Ordinal);
        var file = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");
        Assert.Contains("cannot be written", (await Assert.ThrowsAsync<ExportException>(() => ground.With((ExportHistory export) => export.RunAsync(Path.Combine(file, "below"), Actor.Machine)))).Message, StringComparison.Ordinal);
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2025-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    // A session with all that can happen to a mark, one that was cancelled, and e-learning.
    private async Task<string[]> HappenedAsync()
    {
        var told = new Told(ground);
        ground.Clock.Set("2024-05-01 09:00");
        var (police, school) = (await ground.Given.Agency(), await ground.Given.Agency());
        var (course, learning) = (await ground.Given.Course(), await ground.Given.Course(CourseKind.ELearning));
        var session = await ground.Given.Session(course, 10, "2024-06-03 09:30 to 12:30", "2024-06-03 13:30 to 16:00");
        var cancelled = await ground.Given.Session(course, 12, "2024-07-01 09:30 to 12:30");
        var (ada, ben, cal, dot, eve, fay, gus) = (await ground.Given.Person(police), await ground.Given.Person(police), await ground.Given.Person(school), await ground.Given.Person(school), await ground.Given.Person(), await ground.Given.Person(police), await ground.Given.Person(police));
        foreach (var person in new[] { ada, ben, cal, gus })
        {
            await ground.Given.Booking(session, person, agency: person == cal ? school : police);
        }

        await ground.Given.Booking(session, dot, BookingState.Cancelled, school);
        ground.Clock.Set("2025-05-15 09:00");
        await told.Mark(session, ada, MarkKind.Attended, agency: police);
        // Put right a day later; and by a tablet that came late with what was older, which never stood.
        await told.Mark(session, ben, MarkKind.Dna, agency: police);
        await told.Mark(session, ben, MarkKind.Attended, "2024-06-03 16:10", agency: police, recorded: "2024-06-05 09:00");
        await told.Mark(session, ben, MarkKind.Apologies, "2024-06-03 16:05", agency: police, recorded: "2024-06-06 09:00");
        await told.Mark(session, cal, MarkKind.Substitute, substitute: dot, agency: school);
        // Of no agency, and without an address.
        await told.Mark(session, eve, MarkKind.Attended, workforce: null);
        await ground.Sql($"delete from person_emails where person_id = '{eve.Id}'");
        await told.Mark(session, gus, MarkKind.Part, minutes: 20, agency: police);
        await told.Complete(learning, fay, "2024-06-01", police);
        await told.Complete(learning, gus, "2024-06-02", police);
        // Two records that are one person.
        var other = await ground.Given.Person(police);
        await told.Merge(other, ada, "2024-05-01 09:00");
        await told.Complete(learning, other, "2024-06-03", police);
        await told.Sign(session);
        await told.Change(cancelled, "2024-06-20 09:00", row => (row.Status, row.CancelledAt) = (SessionStatus.Cancelled, told.At("2024-06-20 09:00")));
        return [course.Code, learning.Code];
    }

    private static async Task<string> RowsAsync(Ground of, string figure, string asAt)
    {
        var told = new Told(of);
        var computed = await told.Figure(figure, asAt);
        return $"{computed.Value}: {string.Join(", ", computed.Rows.Select(row => $"{string.Join('/', row.Key.Values)} {row.Value}").Order(StringComparer.Ordinal))}";
    }
}
