using System.Net;
using System.Text;

using Learning.Attendance;
using Learning.Attendance.Meetings;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Meetings;

/// <summary>A meeting's report on its pages, in a browser without JavaScript: looked at, confirmed, recorded (rule A8).</summary>
public class MeetingPagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private static readonly DateTime Ten = new(2024, 5, 15, 10, 0, 0);

    [Fact] // A7, A8, A3, F7, S3
    public async Task A_report_is_looked_at_and_confirmed_before_anything_is_recorded_and_a_guest_waits_for_the_business_unit()
    {
        var hall = await Hall.Open(ground, people: 5);
        var walkIn = await ground.Given.Person(await ground.Given.Agency("Voluntary sector"), given: "Wren");
        var (trainer, unit) = (await As(hall.Trainer), await As(await ground.Given.Unit()));
        var report = Teams(
            new Came(hall.Trainer.Name, await EmailOf(hall.Trainer), (Ten, Ten.AddHours(1))),
            new Came(hall.People[0].Name, await EmailOf(hall.People[0]), (Ten.AddMinutes(-10), Ten.AddHours(6))),
            new Came("Ada on a tablet", await EmailOf(hall.People[1]), (Ten, Ten.AddMinutes(60)), (Ten.AddMinutes(50), Ten.AddMinutes(90)), (Ten.AddMinutes(120), Ten.AddMinutes(130))),
            new Came($"{hall.People[2].FamilyName}, {hall.People[2].GivenName}", null, (Ten, Ten.AddMinutes(330))),
            new Came("iPhone", null, (Ten, Ten.AddMinutes(250))),
            new Came("W. Vickers", await EmailOf(walkIn), (Ten, Ten.AddMinutes(330))),
            new Came("Somebody Unknown", "unknown@elsewhere.example", (Ten, Ten.AddMinutes(100))));

        var start = await (await trainer.Get($"/register/{hall.Session.Ref}")).Follow("Report of Teams, Zoom or Meet");
        var seen = await start.Upload("Look at it", "Sent.Files", "report.csv", report.Content);
        Assert.Contains("It names 7 people. Nothing is recorded before you say so.", seen.Text);
        Assert.Contains($"{hall.Trainer.Name} gives the session and has no mark.", seen.Text);
        Assert.Contains("Attended (330 minutes)", Row(seen, hall.People[0].Name));
        Assert.Contains("In part (100 minutes)", Row(seen, hall.People[1].Name));
        Assert.Contains(hall.People[2].Name, Row(seen, $"{hall.People[2].FamilyName}, {hall.People[2].GivenName}"));
        Assert.Contains("2 people on the register not known to be in it", seen.Text);
        Assert.Equal(0, await Marks(hall));

        // Nobody is taken for somebody by a name alone.
        var name = (await ground.Sql<Guid>($"select p.id from meeting_people p join meeting_reports r on r.id = p.report_id where r.session_id = '{hall.Session.Id}' and p.name like '%, Ada2'")).ToString("N");
        var recorded = await seen.Submit("Record it", ($"who-{name}", hall.People[2].Id.ToString()));
        Assert.Contains("2 people wait for the business unit to say who they are.", recorded.Text);
        Assert.Equal(
            new (MarkKind, int?)[] { (MarkKind.Attended, null), (MarkKind.Part, 100), (MarkKind.Attended, null) },
            await Task.WhenAll(hall.People.Take(3).Select(async person => ((await hall.Standing(person)).Mark.Kind, (await hall.Standing(person)).Mark.Minutes))));
        Assert.True((await hall.Standing(walkIn)).Mark.WalkIn);
        Assert.Equal(4, await Marks(hall));
        Assert.DoesNotContain((await hall.Sheet()).People, person => person.PersonId == hall.Trainer.Id);

        // Pressed again, on the page that was open, nothing happens twice; the same file is known again.
        Assert.Contains("Recorded by", (await seen.Submit("Record it")).Text);
        Assert.Equal(4, await Marks(hall));
        Assert.Contains("This file was recorded on Wednesday 15 May 2024, 4pm. Send only what is new.", (await start.Upload("Look at it", "Sent.Files", "again.csv", report.Content)).Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from meeting_files f join meeting_reports r on r.id = f.report_id where r.session_id = '{hall.Session.Id}' and f.sha256 = sha256(f.content)"));

        // The business unit has them, each with one action; the trainer has not.
        Assert.Equal(HttpStatusCode.Forbidden, (await trainer.Get("/manage/matches")).Status);
        Assert.Contains("People to match", (await unit.Get("/manage")).Text);
        var queue = await unit.Get("/manage/matches");
        var guest = await queue.Follow("iPhone");
        Assert.Contains("10am to 2:10pm: 250 minutes", guest.Text);
        var found = await guest.Submit("Find", ("q", hall.People[3].Name));
        Assert.Contains("Choose who it is", (await found.Submit("This is who it is")).Text);
        var matched = await found.Submit("This is who it is", ("Input.Person", hall.People[3].Id.ToString()));
        Assert.Equal("/manage/matches?done=none", matched.Path);
        Assert.Equal(MarkKind.Attended, (await hall.Standing(hall.People[3])).Mark.Kind);

        var unknown = await matched.Follow("Somebody Unknown");
        Assert.Contains("Write why they are left out", (await unknown.Submit("Leave out")).Text);
        Assert.Contains("Enter an e-mail address", (await unknown.Submit("Make a person", ("Input.Email", "nowhere"))).Text);
        Assert.Equal("/manage/matches?done=none", (await unknown.Submit("Make a person")).Path);
        var made = (await hall.Sheet()).People.Single(person => person.Name == "Somebody Unknown");
        Assert.Equal((MarkKind.Part, 100), (made.Marks[hall.Part].Mark.Kind, made.Marks[hall.Part].Mark.Minutes!.Value));
        Assert.Equal(HttpStatusCode.NotFound, (await unknown.GetAgain()).Status);
        Assert.Equal(4, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{hall.Session.Id}' and verb in ('sent a meeting report', 'recorded a meeting report', 'matched somebody of a meeting report')"));
    }

    [Fact] // A8: of what is wrong a sentence, and nothing is recorded or left behind
    public async Task What_cannot_be_read_or_is_of_another_meeting_is_a_sentence_beside_the_field_and_nothing_is_kept()
    {
        var hall = await Hall.Open(ground, people: 1, null, "2024-05-04 10:00 to 12:00");
        var page = await (await As(hall.Trainer)).Get($"/register/{hall.Session.Ref}/meeting");
        var other = Teams(new Came("Ada", "ada@agency.example", (Ten, Ten.AddHours(1))));
        var evening = Teams(new Came("Ada", "ada@agency.example", (new(2024, 5, 4, 18, 0, 0), new(2024, 5, 4, 19, 0, 0))));
        foreach (var (content, sentence) in new (byte[], string)[]
        {
            ([], "It is empty. Download the report again."),
            (new byte[50_000_000], "It is larger than 5 MB, which no report of a meeting is."),
            (other.Content, "It is of another meeting: 15 May 2024, and the session is on 4 May 2024."),
            (evening.Content, "It is of another meeting: Saturday 4 May 2024, 6pm to 7pm. Nobody was there while this session was on."),
            (other.Content[..^7], "It breaks off in the middle of a letter. Download the report again."),
            ("1. Zusammenfassung\n2. Teilnehmer\n"u8.ToArray(), "It is in German (“1. Zusammenfassung”)."),
            ([0x50, 0x4B, 3, 4, 0, 0], "It is a workbook."),
        })
        {
            var refused = await page.Upload("Look at it", "Sent.Files", "report.csv", content);
            Assert.Equal(HttpStatusCode.OK, refused.Status);
            Assert.Contains(sentence, refused.Document.QuerySelector("#Sent_Files-error")!.TextContent);
        }

        Assert.Contains("Choose the report.", (await page.Submit("Look at it")).Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from meeting_reports where session_id = '{hall.Session.Id}'"));
        Assert.Equal(0, await Marks(hall));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetTempPath()), file => new FileInfo(file) is { Length: > 1_000_000 } left && left.Name.StartsWith("ASPNETCORE", StringComparison.Ordinal));

        // 5/4/24 is the fourth of May there, since the session is on that day; thrown away, nothing stays.
        var report = Teams(new Came("Ada", await EmailOf(hall.People[0]), (new(2024, 5, 4, 10, 0, 0), new(2024, 5, 4, 12, 0, 0))));
        var seen = await page.Upload("Look at it", "Sent.Files", "report.csv", report.Content);
        Assert.Contains("Attended (120 minutes)", seen.Text);
        Assert.Contains("None yet", (await seen.Submit("Throw it away")).Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from meeting_people p join meeting_reports r on r.id = p.report_id where r.session_id = '{hall.Session.Id}'"));
    }

    [Fact] // A2, A3, A8
    public async Task Marks_by_hand_stay_unless_it_is_said_otherwise_a_meeting_that_was_begun_again_adds_up_and_a_signed_register_is_opened_again()
    {
        var hall = await Hall.Open(ground, people: 3, null, "2024-05-15 10:00 to 12:00", "2024-05-15 13:00 to 15:00");
        var trainer = await As(hall.Trainer);
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Apologies), hall.Mark(hall.People[1].Id, MarkKind.Dna));
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var emails = await Task.WhenAll(hall.People.Select(EmailOf));

        var start = await trainer.Get($"/register/{hall.Session.Ref}/meeting");
        var morning = await start.Upload("Look at it", "Sent.Files", "morning.csv", Teams([.. emails.Select((email, i) => new Came($"Ada{i}", email, (Ten, Ten.AddMinutes(80))))]).Content);
        Assert.Contains("The register says Apologies, which stays.", Row(morning, hall.People[0].Name));
        await morning.Submit("Record it", ($"instead-{hall.People[1].Id:N}", "true"));
        Assert.Equal(
            new (MarkKind, int?)[] { (MarkKind.Apologies, null), (MarkKind.Part, 80), (MarkKind.Part, 80) },
            await Task.WhenAll(hall.People.Select(async person => ((await hall.Standing(person)).Mark.Kind, (await hall.Standing(person)).Mark.Minutes))));
        Assert.All(hall.People, person => Assert.False(hall.Standing(person).Result.Disputed));

        // What each was in before lunch and after it, from a second report: 80 minutes and 20 more.
        var second = await start.Upload("Look at it", "Sent.Files", "again.csv", Teams(new Came("Ada2", emails[2], (Ten.AddMinutes(100), Ten.AddMinutes(300)))).Content);
        Assert.Contains("Part 1: Attended (100 minutes); Part 2: Attended (120 minutes)", Row(second, hall.People[2].Name));
        await second.Submit("Record it");
        var row = (await hall.Sheet()).People.Single(person => person.PersonId == hall.People[2].Id);
        Assert.Equal([MarkKind.Attended, MarkKind.Attended], hall.Parts.Select(part => row.Marks[part.Id].Mark.Kind));

        await hall.Sent("paper", [.. hall.People.Take(2).Select(person => hall.Mark(person.Id, MarkKind.Dna, part: hall.Parts[1].Id))]);
        Assert.IsType<SignOutcome.Signed>(await hall.Sign());
        var late = await start.Upload("Look at it", "Sent.Files", "late.csv", Teams(new Came("Ada1", emails[1], (Ten.AddMinutes(79), Ten.AddMinutes(110)))).Content);
        Assert.Contains("This register is signed: recording opens it again", late.Text);
        await late.Submit("Record it");
        Assert.False((await hall.Sheet()).State.Signed);
        Assert.Equal((MarkKind.Attended, null), ((await hall.Standing(hall.People[1])).Mark.Kind, (await hall.Standing(hall.People[1])).Mark.Minutes));
    }

    [Fact] // P5: raw attendance files go after 12 months, the hash stays
    public async Task A_year_after_the_session_the_bytes_and_the_rows_of_a_report_go_and_its_hash_and_the_marks_stay()
    {
        var hall = await Hall.Open(ground, people: 1);
        var page = await (await As(hall.Trainer)).Get($"/register/{hall.Session.Ref}/meeting");
        await (await page.Upload("Look at it", "Sent.Files", "r.csv", Teams(new Came("Ada", await EmailOf(hall.People[0]), (Ten, Ten.AddHours(5))), new Came("iPhone", null, (Ten, Ten.AddHours(5)))).Content)).Submit("Record it");
        await page.Upload("Look at it", "Sent.Files", "r.csv", Teams(new Came("Never", null, (Ten, Ten.AddHours(5)))).Content);

        var here = $"from meeting_reports r join meeting_people p on p.report_id = r.id join meeting_files f on f.report_id = r.id where r.session_id = '{hall.Session.Id}'";
        ground.Clock.Advance(TimeSpan.FromDays(8));
        await ground.With((PurgeAttendanceFiles purge) => purge.RunAsync());
        Assert.Equal(2, await ground.Sql<long>($"select count(*) {here} and f.content is not null and p.name <> ''"));

        ground.Clock.Advance(TimeSpan.FromDays(358));
        await ground.With((PurgeAttendanceFiles purge) => purge.RunAsync());
        Assert.Equal(2, await ground.Sql<long>($"select count(*) {here} and f.content is null and f.sha256 is not null and p.name = '' and p.email is null and p.joins = '[]' and p.outcome is not null"));
        Assert.Equal(1, await Marks(hall));
        Assert.Equal(0, await ground.With((PurgeAttendanceFiles purge) => purge.RunAsync()));
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static MeetingFile Teams(params Came[] people) => WrittenReports.File(WrittenReports.Sections(people, "US"), Encoding.Unicode);

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);

    private Task<string> EmailOf(Person person) => ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}' and main");

    private Task<long> Marks(Hall hall) => ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'");

    // The text of the row of a table that begins with a name.
    private static string Row(Page page, string name) => string.Join(' ', page.Document.QuerySelectorAll("tr").First(row => row.QuerySelector("th[scope=row]")?.TextContent.Trim().StartsWith(name, StringComparison.Ordinal) == true).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
