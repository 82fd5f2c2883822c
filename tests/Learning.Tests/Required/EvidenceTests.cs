using System.Net;
using System.Security.Cryptography;
using System.Text;

using Learning.Catalogue;
using Learning.People;
using Learning.Records;
using Learning.Required;
using Learning.Tests.Support;

namespace Learning.Tests.Required;

/// <summary>Learning done elsewhere: sent with a file, looked at by the lead, counted once accepted, in no figure, and gone with an erasure (P5).</summary>
public sealed class EvidenceTests(Ground ground) : IClassFixture<Ground>
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. Guid.CreateVersion7().ToByteArray()];

    [Fact] // S2, S3
    public async Task It_counts_once_the_lead_accepts_it_and_the_person_is_told()
    {
        var (agency, lead, person, visitor, course) = await SceneAsync();
        var page = await Send(visitor, course, Pdf);
        Assert.Contains("Waits for your lead", page.Text);
        Assert.Contains("Overdue", page.Text);
        page = await (await lead.Get("/agency/required")).Follow("Learning elsewhere to look at (1)");
        page = await page.Follow($"{person.GivenName} {person.FamilyName}: Level 3 at the hospital");
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(Pdf)), page.Text);
        await page.Submit("It counts");
        page = await visitor.Get("/my/required");
        Assert.Contains("In date", page.Text);
        Assert.Contains("done elsewhere", page.Text);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where kind = 'evidence-decided' and person_id = '{person.Id}'"));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from completions where person_id = '{person.Id}'"));
        Assert.True(await ground.Sql<long>($"select count(*) from audit_entries where verb = 'looked at evidence of learning' and subject_id = '{person.Id}'") > 0);
        _ = agency;
    }

    [Fact] // A refusal has a reason
    public async Task It_is_refused_with_a_reason_that_the_person_reads()
    {
        var (_, lead, person, visitor, course) = await SceneAsync();
        await Send(visitor, course, [.. Pdf, 1]);
        var id = await ground.Sql<Guid>($"select id from learning_evidence where person_id = '{person.Id}'");
        var page = await (await lead.Get($"/agency/evidence/{id}")).Submit("It does not count");
        Assert.Contains("Enter why it does not count", page.Text);
        await page.Submit("It does not count", ("Input.Reason", "It was level 2"));
        page = await visitor.Get("/my/required");
        Assert.Contains("It was level 2", page.Text);
        Assert.Contains("Overdue", page.Text);
        Assert.DoesNotContain("It counts", (await lead.Get($"/agency/evidence/{id}")).Text);
    }

    [Fact] // Bad input: by what the file is, not by what it is called
    public async Task Only_what_is_a_document_or_a_picture_of_a_size_is_taken()
    {
        var (_, _, person, visitor, course) = await SceneAsync();
        foreach (var (file, sentence) in new[] { (Encoding.UTF8.GetBytes("<html><script>"), "This is no PDF, PNG or JPEG"), ([], "Choose a file that shows it"), (new byte[EvidenceRules.LargestFile + 1], "The file is larger than 5 MB"), ("MZ"u8.ToArray(), "This is no PDF, PNG or JPEG") })
        {
            var page = await Send(visitor, course, file);
            Assert.Contains(sentence, page.Text);
            Assert.Equal("Level 3 at the hospital", page.Document.GetElementById("Input_Title")!.GetAttribute("value"));
        }

        var wrong = await (await visitor.Get($"/my/evidence/{course.Code}")).Upload("Send it", "Input.File", "x.pdf", Pdf, ("Input.Title", " "), ("Input.Provider", new string('x', 300)), ("Input.DoneOn", "2030-01-01"));
        foreach (var sentence in new[] { "Enter what the training was called", "one line of 200 characters", "The day is still to come" }) Assert.Contains(sentence, wrong.Text);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from learning_evidence where person_id = '{person.Id}'"));
        Assert.Contains("This course is not asked of you", (await visitor.Get("/my/evidence/nothing")).Text);
    }

    [Fact] // Sent twice it is there once; taken back it is gone with its file
    public async Task The_same_file_is_sent_once_and_can_be_taken_back()
    {
        var (_, _, person, visitor, course) = await SceneAsync();
        await Send(visitor, course, [.. Pdf, 2]);
        var page = await Send(visitor, course, [.. Pdf, 2]);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from learning_evidence where person_id = '{person.Id}'"));
        await page.Submit("Take back what you sent about Level 3 at the hospital");
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from learning_evidence v full join evidence_files f on f.evidence_id = v.id where v.person_id = '{person.Id}'"));
    }

    [Fact] // S2: another agency's lead, a lead for themselves, and a stranger
    public async Task Nobody_else_sees_it_and_nobody_decides_about_their_own()
    {
        var (agency, lead, person, visitor, course) = await SceneAsync();
        await Send(visitor, course, [.. Pdf, 3]);
        var id = await ground.Sql<Guid>($"select id from learning_evidence where person_id = '{person.Id}'");
        var (_, stranger, _, other, _) = await SceneAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/agency/evidence/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Http.GetAsync($"/evidence/{id}/file")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Http.GetAsync($"/evidence/{id}/file")).StatusCode);
        var file = await lead.Http.GetAsync($"/evidence/{id}/file");
        Assert.Equal(("application/pdf", "attachment", "nosniff"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType, file.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal([.. Pdf, 3], await file.Content.ReadAsByteArrayAsync());
        await ground.Given.Role(person, Role.AgencyLead, agency);
        var self = await ground.Given.Actor(person);
        Assert.Equal(DecideOutcome.NotFound, await ground.With((DecideEvidence decide) => decide.RunAsync(id, EvidenceDecision.Accepted, null, self)));
        // Who has left is nobody's to look at any more.
        await ground.Sql($"update employments set ends_on = '2024-06-10' where person_id = '{person.Id}'");
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Get($"/agency/evidence/{id}")).Status);
    }

    [Fact] // P5
    public async Task It_goes_with_an_erasure()
    {
        var (_, _, person, visitor, course) = await SceneAsync();
        await Send(visitor, course, [.. Pdf, 4]);
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.IsType<EraseOutcome.Erased>(await ground.With((ErasePerson erase) => erase.RunAsync(person.Id, "They asked", unit)));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from learning_evidence where person_id = '{person.Id}'"));
        Assert.Equal(0L, await ground.Sql<long>("select count(*) from evidence_files f left join learning_evidence v on v.id = f.evidence_id where v.id is null"));
    }

    private static async Task<Page> Send(Visitor visitor, Course course, byte[] file) => await (await visitor.Get($"/my/evidence/{course.Code}")).Upload(
        "Send it", "Input.File", "certificate.pdf", file, ("Input.Title", "Level 3 at the hospital"), ("Input.Provider", "The hospital"), ("Input.DoneOn", "2024-06-01"));

    private async Task<(Agency Agency, Visitor Lead, Person Person, Visitor Visitor, Course Course)> SceneAsync()
    {
        ground.Clock.Set("2024-06-10 09:00");
        var agency = await ground.Given.Agency();
        var (lead, person) = (await ground.Given.Person(agency), await ground.Given.Person(agency));
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        var course = await ground.Given.Course(CourseKind.ELearning);
        await ground.Given.Save(new RequiredRule { Id = Guid.CreateVersion7(), CourseId = course.Id, AgencyId = agency.Id, DueOn = new(2024, 5, 16), StartsOn = new(2024, 1, 1), Because = "It was agreed", MadeAt = ground.Zone.Now });
        var site = await ground.SiteAsync();
        return (agency, await site.SignedInAsync(lead.Id), person, await site.SignedInAsync(person.Id), course);
    }
}
