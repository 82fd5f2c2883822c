using Learning.Attendance;
using Learning.Catalogue;
using Learning.Certificates;
using Learning.Required;
using Learning.Tests.Figures.Publishing;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Certificates;

/// <summary>My record: everything since ever, whatever agency it was with, on a page and on paper; and what is missing in it.</summary>
public sealed class WholeRecordTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // P2: the agency on the mark, else on the booking, else the employment of that day; E5: the certificate
    public async Task It_says_which_agency_somebody_belonged_to_on_the_day()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (given, booked, worked) = (await ground.Given.Agency("Given on the mark"), await ground.Given.Agency("Given on the booking"), await ground.Given.Agency("Where they worked"));
        var (person, former) = (await ground.Given.Person(given: "Amara", family: "Osei"), await ground.Given.Person());
        await ground.Given.Job(person, worked, "2020-01-01", "2024-06-01");
        await granting.Told.Merge(former, person, "2024-06-09 09:00");
        var sessions = new List<Session>();
        foreach (var day in new[] { "2024-05-01", "2024-05-02", "2024-05-03", "2024-06-04" })
        {
            sessions.Add(await ground.Given.Session(await granting.CourseAsync(CourseKind.Trained), 20, $"{day} 10:00 to 12:00"));
        }

        await granting.Told.Mark(sessions[0], person, MarkKind.Attended, "2024-05-01 12:00", agency: given);
        await ground.Given.Booking(sessions[1], former, agency: booked);
        await granting.Told.Mark(sessions[1], former, MarkKind.Attended, "2024-05-02 12:00");
        await granting.Told.Mark(sessions[2], person, MarkKind.Attended, "2024-05-03 12:00");
        await granting.Told.Mark(sessions[3], person, MarkKind.Attended, "2024-06-04 12:00");
        var course = await granting.CourseAsync();
        await granting.Told.Complete(course, person, "2024-05-04", given);
        await granting.IssueAsync();
        await ElsewhereAsync(person.Id, course.Id);

        var page = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get("/my/record");
        Assert.Equal(
            ["Tue 4 Jun 2024|Not known|–", "Sat 4 May 2024|Given on the mark|PDF", "Fri 3 May 2024|Where they worked|–", "Thu 2 May 2024|Given on the booking|–", "Wed 1 May 2024|Given on the mark|–"],
            page.Document.QuerySelectorAll("#table").Single().Closest("table")!.QuerySelectorAll("tbody tr").Select(row => string.Join('|', new[] { 0, 3, 4 }.Select(cell => row.Children[cell].TextContent.Trim().Split(':')[0]))));
        Assert.Contains("Level 3 at the hospital", page.Document.QuerySelector("[aria-labelledby=elsewhere]")!.TextContent);
    }

    [Fact] // S2, S3: one's own, tagged, on the trail
    public async Task It_comes_as_a_tagged_PDF_for_a_new_employer()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (person, certificate) = await granting.HolderAsync(await granting.CourseAsync(title: "Neglect"));
        await ElsewhereAsync(person.Id, certificate.CourseId);
        var file = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Http.GetAsync("/my/record.pdf");
        Assert.Equal(("application/pdf", "learning-record.pdf"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.FileName));
        var bytes = await file.Content.ReadAsByteArrayAsync();
        var pdf = new TaggedPdf(bytes);
        Assert.Equal(("Learning record: Amara Osei", "en-GB", true), (pdf.Title, pdf.Language, pdf.Marked));
        Assert.Equal(["Learning record", "Attended and completed", "Certificates", "Learnt elsewhere, accepted by the agency"], pdf.Root.Every.Where(tag => tag.Kind is "H1" or "H2").Select(tag => tag.All));
        Assert.Equal(
            ["Neglect|10 May 2024|Completed|Not known|6", $"Neglect|{certificate.Spelt.Replace('-', ' ')}|10 May 2024|9 May 2027|Valid", "Level 3 at the hospital|1 June 2023|The hospital|Neglect"],
            pdf.Root.Every.Where(tag => tag.Kind == "TR" && tag.Within.Any(cell => cell.Kind == "TD")).Select(row => string.Join('|', row.Within.Select(cell => cell.All))));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'took their learning record away' and subject_id = '{person.Id}'"));
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "record.pdf"), bytes);
        }
    }

    [Fact] // house rule 6: as many statements for a long record as for a short one
    public async Task A_long_record_takes_no_more_statements_than_a_short_one()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var (course, counted) = (await granting.CourseAsync(), new StatementCount());
        var (little, much) = (await ground.Given.Person(), await ground.Given.Person());
        await granting.Told.Complete(course, little, "2024-05-01");
        for (var day = 1; day <= 3; day++)
        {
            await granting.Told.Complete(course, much, $"2024-05-0{day}");
        }

        await granting.IssueAsync();
        await using var site = await counted.SiteAsync(ground);
        foreach (var path in new[] { "/my/record", "/my/certificates" })
        {
            var (one, three) = (await site.SignedInAsync(little.Id), await site.SignedInAsync(much.Id));
            await one.Get(path);
            Assert.Equal(await counted.Of(() => one.Get(path)), await counted.Of(() => three.Get(path)));
        }
    }

    [Fact] // S3: a wish, the unit's queue and answer, the letter; on the trail, without words
    public async Task Who_misses_something_says_so_and_is_told_what_came_of_it()
    {
        await ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'");
        ground.Clock.Set("2024-06-10 09:00");
        var (person, unit) = (await ground.Given.Person(given: "Missy", family: "Sing"), await ground.Given.Unit());
        var site = await ground.SiteAsync();
        var form = await (await site.SignedInAsync(person.Id)).Get("/my/record/missing");
        var wrong = await form.Submit("Send it", ("Input.Course", " "), ("Input.LearntOn", "2030-01-01"), ("Input.What", new string('x', 1001)));
        Assert.All(new[] { "Say which course or session it is", "The day lies ahead", "Say it in 1000 characters or fewer" }, sentence => Assert.Contains(sentence, wrong.Text));
        var sent = await form.Submit("Send it", ("Input.Course", "GCP2"), ("Input.LearntOn", "2024-05-08"), ("Input.What", "I was there all day"));
        Assert.Contains("We have it", sent.Text);
        Assert.Contains("It waits for an answer.", sent.Text);

        var desk = await site.SignedInAsync(unit.Id);
        Assert.Contains("Record to put right", (await desk.Get("/manage")).Text);
        var one = await (await desk.Get("/manage/corrections")).Follow("Missy Sing: GCP2");
        Assert.Contains("I was there all day", one.Text);
        Assert.Contains("Write an answer", (await one.Submit("It is put right", ("Input.Answer", ""))).Text);
        Assert.Contains("It is answered", (await one.Submit("It is put right", ("Input.Answer", "The sheet was found."))).Text);
        Assert.Contains("Nothing waits", (await desk.Get("/manage/corrections")).Text);
        Assert.Contains("Put right: The sheet was found.", (await sent.GetAgain()).Text);
        await using var room = new PostRoom(ground);
        await room.SendAsync();
        Assert.Contains("The sheet was found.", Assert.Single(room.Sink.Mails, mail => mail.Subject == "Put right: GCP2").Text("text/plain"));
        Assert.Equal(3L, await ground.Sql<long>($"select count(distinct verb) from audit_entries where subject_id = '{person.Id}' and verb in ('said that something is missing in their record', 'looked at what is missing in a person''s record', 'answered what is missing in a person''s record')"));
    }

    [Fact] // S2
    public async Task Nobody_answers_but_the_unit_and_only_once()
    {
        var (person, unit) = (await ground.Given.Person(), await ground.Given.Actor(await ground.Given.Unit()));
        var actor = await ground.Given.Actor(person);
        Assert.Empty(await ground.With((SayMissing say) => say.RunAsync("A course", null, "It is missing", actor)));
        var id = await ground.Sql<Guid>($"select id from record_corrections where person_id = '{person.Id}'");
        Assert.Equal(AnswerOutcome.NotFound, await ground.With((AnswerCorrection answer) => answer.RunAsync(id, CorrectionDecision.Corrected, "Yes", actor)));
        Assert.Equal(AnswerOutcome.Done, await ground.With((AnswerCorrection answer) => answer.RunAsync(id, CorrectionDecision.Declined, "It was another day", unit)));
        Assert.Equal(AnswerOutcome.Answered, await ground.With((AnswerCorrection answer) => answer.RunAsync(id, CorrectionDecision.Corrected, "Yes", unit)));
        Assert.Null(await ground.With((RecordCorrections corrections) => corrections.FindAsync(id, actor)));
    }

    private async Task ElsewhereAsync(Guid person, Guid course)
    {
        var evidence = new LearningEvidence
        {
            Id = Guid.CreateVersion7(), PersonId = person, CourseId = course, Title = "Level 3 at the hospital", Provider = "The hospital", DoneOn = new(2023, 6, 1), FileName = "evidence.pdf", MediaType = "application/pdf", Size = 1,
            Sha256 = new byte[32], SentAt = ground.Zone.Now,
        };
        evidence.Decide(EvidenceDecision.Accepted, null, ground.Zone.Now, null);
        await ground.Given.Save(evidence);
    }
}
