using Learning.Certificates;
using Learning.People;
using Learning.Tests.Figures.Publishing;
using Learning.Tests.Support;

namespace Learning.Tests.Certificates;

/// <summary>E5: the paper is made of the stored facts alone, and everybody can read it.</summary>
public sealed class CertificatePdfTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // E5: tags, title, language, reading order
    public async Task It_is_tagged_in_the_order_in_which_it_is_read_with_title_and_language()
    {
        var (_, certificate) = await granting.HolderAsync(await granting.CourseAsync(title: "Neglect"));
        var pdf = new TaggedPdf(await granting.PdfAsync(certificate));
        Assert.Equal(("Certificate of completion: Neglect", "en-GB", true, true, 1), (pdf.Title, pdf.Language, pdf.Marked, pdf.ShowsTitle, pdf.Pages));
        Assert.Equal(["P", "H1", "P", "P", "P", "P", "Table", "P", "P", "P", "P", "Figure"], pdf.Root.Within[0].Kind == "Document" ? Kinds(pdf.Root.Within[0]) : Kinds(pdf.Root));
        string[] order =
        [
            "Southend Safeguarding Partnership", "Certificate of completion", "Amara Osei", "completed the e-learning course", "Neglect", "on Friday 10 May 2024.", "Course code", certificate.CourseCode, "Level", "3 (Intercollegiate document, fourth edition)",
            "CPD hours", "6", "Together with others", "50% of the learning", "Counts", "Until Sunday 9 May 2027", $"Certificate number {certificate.Spelt}", "Issued on Wednesday 15 May 2024.", "/verify", CertificatePdf.Says,
        ];
        var (text, at) = (pdf.Root.All, 0);
        foreach (var words in order)
        {
            var found = text.IndexOf(words, at, StringComparison.Ordinal);
            Assert.True(found >= at, $"“{words}” does not come after what stands before it in: {text}");
            at = found + words.Length;
        }

        Assert.Equal(["Row"], pdf.Root.Every.Where(tag => tag.Kind == "TH").Select(tag => tag.Scope!).Distinct());
        Assert.EndsWith($"/verify/{certificate.Spelt}", pdf.Root.Every.Single(tag => tag.Kind == "Figure").Alt);
        Assert.DoesNotContain("competent", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact] // E5, P1: whatever happens around it, the same bytes and the same public page
    public async Task It_stays_the_same_when_the_person_is_renamed_the_course_withdrawn_and_the_agency_merged()
    {
        var (old, into) = (await ground.Given.Agency(), await ground.Given.Agency());
        var (person, certificate) = await granting.HolderAsync();
        await ground.Given.Job(person, old, "2020-01-01");
        var (bytes, page) = (await granting.PdfAsync(certificate), (await granting.VerifyAsync(certificate.Spelt)).Document.QuerySelector("main")!.InnerHtml);

        var unit = await ground.Given.Actor(await ground.Given.Unit());
        Assert.IsType<Learning.Records.RenameOutcome.Renamed>(await ground.With((Learning.Records.RenamePerson rename) => rename.RunAsync(person.Id, "Another", "Name", unit)));
        await ground.Sql($"""
            update courses set title = 'Another title', code = code || '-OLD', level = '5', cpd_hours = 99, validity_months = 1, level_framework = null, participatory_share = null, certificates_from = null, withdrawn_on = '2024-05-14' where id = '{certificate.CourseId}';
            insert into agency_successions (agency_id, successor_id, starts_on) values ('{old.Id}', '{into.Id}', '2024-05-14');
            insert into installation (name, value) values ('partnership', 'Another partnership') on conflict (name) do update set value = excluded.value
            """);
        await granting.IssueAsync();

        Assert.Equal(bytes, await granting.PdfAsync(await granting.AgainAsync(certificate)));
        Assert.Equal(page, (await granting.VerifyAsync(certificate.Spelt)).Document.QuerySelector("main")!.InnerHtml);
        await ground.Sql("delete from installation where name = 'partnership'");
    }

    [Theory] // E5: whatever the name and the course are called, one page holds them
    [InlineData("عبد الرحمن محمد", "فارس")]
    [InlineData("日本", "太郎 😀")]
    [InlineData("x", "")]
    public async Task Any_name_fits(string given, string family)
    {
        var (_, certificate) = await granting.HolderAsync(given: given, family: family);
        var pdf = new TaggedPdf(await granting.PdfAsync(certificate));
        Assert.Equal(1, pdf.Pages);
        Assert.Contains(pdf.Root.Every, tag => tag.Text == $"{given} {family}".Trim());
    }

    [Fact] // E5
    public async Task Two_hundred_letters_and_a_course_title_without_end_fit_one_page()
    {
        var course = await granting.CourseAsync(title: string.Join(' ', Enumerable.Repeat("Safeguarding of children and of adults who are at risk", 12)));
        await ground.Sql($"update courses set level_framework = '{new string('F', 200)}', code = '{new string('C', 120)}' where id = '{course.Id}'");
        var (_, certificate) = await granting.HolderAsync(course, given: new string('W', 100), family: string.Join('-', Enumerable.Repeat("Featherstonehaugh", 5)));
        var bytes = await granting.PdfAsync(certificate);
        var pdf = new TaggedPdf(bytes);
        Assert.Equal(1, pdf.Pages);
        Assert.Contains(pdf.Root.Every, tag => tag.Text == course.Title);
        await PictureAsync("long", bytes);
    }

    [Fact] // S2, S3: one's own; the business unit's look is on the trail; nobody else's
    public async Task Its_holder_and_the_unit_take_it_away_and_nobody_else()
    {
        var (person, certificate) = await granting.HolderAsync();
        var site = await ground.SiteAsync();
        var path = $"/certificates/{certificate.Id}.pdf";
        var own = await (await site.SignedInAsync(person.Id)).Http.GetAsync(path);
        Assert.Equal(("application/pdf", $"certificate-{certificate.Spelt.ToLowerInvariant()}.pdf"), (own.Content.Headers.ContentType!.MediaType, own.Content.Headers.ContentDisposition!.FileName));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await site.SignedInAsync((await ground.Given.Person()).Id)).Http.GetAsync(path)).StatusCode);
        var unit = await ground.Given.Unit();
        Assert.Equal(await own.Content.ReadAsByteArrayAsync(), await (await site.SignedInAsync(unit.Id)).Http.GetByteArrayAsync(path));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'took a certificate away' and subject_id = '{person.Id}' and actor_id = '{unit.Id}'"));
        await PictureAsync("certificate", await granting.PdfAsync(certificate));
    }

    private static IEnumerable<string> Kinds(PdfTag parent) => parent.Within.Select(tag => tag.Kind);

    // With PICTURES=folder it leaves the file to be looked at.
    private static Task PictureAsync(string name, byte[] bytes) =>
        Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder ? File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), bytes) : Task.CompletedTask;
}
