using System.Net;

using Learning.Certificates;
using Learning.Records;
using Learning.Tests.Support;

namespace Learning.Tests.Certificates;

/// <summary>E5: whoever has a number reads whether the certificate stands, and no more.</summary>
public sealed class VerifyTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // E5
    public async Task A_number_says_what_stands_on_the_certificate_and_no_more()
    {
        var agency = await ground.Given.Agency("Agency of nobody’s business");
        var (person, certificate) = await granting.HolderAsync();
        await ground.Given.Job(person, agency, "2020-01-01");
        var page = await granting.VerifyAsync(certificate.Spelt.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(
            [$"Number|{certificate.Spelt}", "State|Valid", "Issued to|Amara Osei", $"Course|{certificate.CourseTitle}", "Level|3 (Intercollegiate document, fourth edition)", "Completed on|Friday 10 May 2024", "Counts|Until Sunday 9 May 2027"],
            page.Document.QuerySelectorAll("main .app-facts > div").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.DoesNotContain(agency.Name, page.Text);
        Assert.StartsWith("no-store", page.Header("Cache-Control"));
        Assert.NotNull(page.Document.QuerySelector("meta[name=robots][content=noindex]"));
    }

    [Fact] // E5: a guess and a slip of the finger look the same
    public async Task A_guessed_or_mistyped_number_verifies_nothing_and_each_looks_the_same()
    {
        var (_, certificate) = await granting.HolderAsync();
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var number in new[] { "ABCD-EFGH-JKMN-PQRT-UVWX", certificate.Spelt[..^1] + (certificate.Spelt[^1] == 'A' ? 'B' : 'A'), certificate.Id.ToString(), "1", "%27%20or%201=1", new string('A', 500) })
        {
            var page = await granting.VerifyAsync(number);
            answers.Add((page.Status, page.Document.QuerySelector("main")!.InnerHtml));
            Assert.Contains("There is no certificate with this number", page.Text);
        }

        Assert.Equal(HttpStatusCode.NotFound, Assert.Single(answers.Distinct()).Item1);
    }

    [Fact] // E5
    public async Task One_that_was_replaced_says_that_there_is_a_newer_one_without_its_number()
    {
        var ((_, certificate), unit) = (await granting.HolderAsync(), await ground.Given.Unit());
        Assert.IsType<ReissueOutcome.Issued>(await granting.ReissueAsync(certificate, unit));
        var newer = (await granting.OfAsync((await ground.Db().Persons.FindAsync(certificate.PersonId))!)).Single(one => one.Stands);
        var page = await granting.VerifyAsync(certificate.Spelt);
        Assert.Contains("This certificate has been replaced", page.Text);
        Assert.Contains("Issued toAmara Osei ", page.Text);
        Assert.DoesNotContain(newer.Spelt, page.Document.DocumentElement.OuterHtml);
        Assert.DoesNotContain("She has married", page.Document.DocumentElement.OuterHtml);
        Assert.Contains("Amara Osei-Mensah", (await granting.VerifyAsync(newer.Spelt)).Text);
    }

    [Fact] // E5
    public async Task One_that_was_revoked_says_since_when_and_not_why()
    {
        var ((_, certificate), unit) = (await granting.HolderAsync(), await ground.Given.Unit());
        Assert.IsType<RevokeOutcome.Revoked>(await granting.RevokeAsync(certificate, unit));
        var page = await granting.VerifyAsync(certificate.Spelt);
        Assert.Contains($"This certificate has been revoked It has not counted since {Learning.Time.British.Date(ground.Zone.Today)}.", page.Text);
        Assert.DoesNotContain("wrong person", page.Text);
    }

    [Fact] // E5: by the day that stands on it
    public async Task One_that_has_run_out_says_so()
    {
        var (_, certificate) = await granting.HolderAsync(await granting.CourseAsync(months: 1, from: "2024-01-01"), "2024-02-15");
        Assert.Contains("This certificate has expired It counted until Thursday 14 March 2024.", (await granting.VerifyAsync(certificate.Spelt)).Text);
    }

    [Fact] // E5, P5
    public async Task That_of_somebody_erased_was_issued_and_its_holder_is_withheld()
    {
        var ((person, certificate), unit) = (await granting.HolderAsync(given: "Quillon", family: "Vanish"), await ground.Given.Actor(await ground.Given.Unit()));
        Assert.IsType<EraseOutcome.Erased>(await ground.With((ErasePerson erase) => erase.RunAsync(person.Id, "It was asked for.", unit)));
        var page = await granting.VerifyAsync(certificate.Spelt);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("It was issued; its holder is withheld.", page.Text);
        Assert.Contains("Issued toHolder withheld", page.Text);
        Assert.DoesNotContain("Quillon", page.Document.DocumentElement.OuterHtml);
        Assert.Equal(0, (await granting.IssueAsync()).Issued);
    }

    [Fact] // E5
    public async Task The_field_leads_to_the_page_of_the_number()
    {
        var (_, certificate) = await granting.HolderAsync();
        var form = await (await ground.SiteAsync()).Visitor().Get("/verify");
        Assert.Equal($"/verify/{certificate.Spelt}", (await form.Submit("Check it", ("number", $" {certificate.Spelt.ToLowerInvariant().Replace('-', ' ')} "))).Path);
        Assert.Contains("This is no number of a certificate", (await form.Submit("Check it", ("number", "hello"))).Text);
        Assert.Contains("Type the number of the certificate", (await form.Submit("Check it", ("number", " "))).Text);
    }

    [Fact] // E5: it is limited
    public async Task Who_asks_too_often_waits()
    {
        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock);
        var visitor = site.Visitor();
        var answers = await Task.WhenAll(Enumerable.Range(0, CertificatesArea.ChecksAMinute + 5).Select(_ => visitor.Http.GetAsync("/verify/ABCD-EFGH-JKMN-PQRT-UVWX")));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Http.GetAsync("/courses")).StatusCode);
    }
}
