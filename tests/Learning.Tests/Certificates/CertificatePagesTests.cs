using System.Net;

using Learning.Catalogue;
using Learning.Certificates;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Certificates;

/// <summary>E5: what a holder and the business unit do with certificates.</summary>
public sealed class CertificatePagesTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Granting granting = new(ground);

    [Fact] // E5
    public async Task My_certificates_says_how_each_stands_and_folds_away_what_was_replaced()
    {
        var (unit, course) = (await ground.Given.Unit(), await granting.CourseAsync());
        var (person, first) = await granting.HolderAsync(course);
        await granting.ReissueAsync(first, unit);
        await granting.Told.Complete(await granting.CourseAsync(months: 1), person, "2024-05-01");
        await granting.Told.Complete(await granting.CourseAsync(months: 1), person, "2024-01-01");
        await granting.Told.Complete(await granting.CourseAsync(), person, "2024-05-02");
        await granting.IssueAsync();
        await granting.RevokeAsync((await granting.OfAsync(person)).Single(one => one.HeldOn == new DateOnly(2024, 5, 2)), unit, "It was somebody else");
        var page = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get("/my/certificates");
        Assert.Equal(["Expires soon", "Valid", "Expired", "Revoked"], page.Document.QuerySelectorAll("#certificates").Single().Closest("table")!.QuerySelectorAll(".app-state").Select(state => state.TextContent.Trim()));
        Assert.Contains("It was somebody else", page.Text);
        Assert.Contains(first.Spelt, page.Document.QuerySelector("details")!.TextContent);
        var mine = await page.Start("/my");
        Assert.Contains("Your certificate counts until Friday 31 May 2024", mine.Text);
        Assert.Contains("No certificate yet", (await (await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Person()).Id)).Get("/my/certificates")).Text);
    }

    [Fact] // E5, S3: a new name, by the unit, with a reason; on the trail without the name
    public async Task The_unit_reissues_a_certificate_on_its_page()
    {
        var ((person, certificate), unit) = (await granting.HolderAsync(given: "Nadia", family: "Before"), await ground.Given.Unit());
        await ground.Sql($"update persons set family_name = 'After' where id = '{person.Id}'");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(unit.Id);
        var record = await visitor.Get($"/manage/people/{person.Id}");
        Assert.Contains("Nadia Before", record.Document.QuerySelector("section[aria-labelledby=certificates]")!.TextContent);
        var form = await (await record.Follow($"{certificate.CourseTitle}: certificate of Fri 10 May 2024")).Follow("Reissue");
        Assert.Equal("Nadia After", form.Document.QuerySelector("#Input_Holder")!.GetAttribute("value"));
        Assert.Contains("Write why", (await form.Submit("Reissue it")).Text);
        Assert.Contains("Enter the hours as a number", (await form.Submit("Reissue it", ("Input.CpdHours", "six"))).Text);
        var done = await form.Submit("Reissue it", ("Input.Reason", "She has another name"));
        Assert.Contains("The certificate is issued anew", done.Text);
        Assert.Contains("Issued toNadia After", done.Text);
        var anew = (await granting.OfAsync(person)).Single(one => one.Stands);
        Assert.Equal((certificate.HeldOn, certificate.ExpiresOn, certificate.CpdHours, true), (anew.HeldOn, anew.ExpiresOn, anew.CpdHours, anew.Replaces));
        Assert.Equal("Nadia Before", (await granting.AgainAsync(certificate)).Holder);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'issued a certificate anew' and subject_id = '{person.Id}' and actor_id = '{unit.Id}'"));
        Assert.True(await ground.Sql<bool>($"select exists (select from audit_entries where verb = 'looked at a certificate' and subject_id = '{person.Id}' and actor_id = '{unit.Id}')"));
        Assert.Contains("Another certificate has been issued in its place", (await form.Submit("Reissue it", ("Input.Reason", "Twice"))).Text);
    }

    [Fact] // E5
    public async Task Nothing_is_reissued_that_says_the_same_or_stands_no_more()
    {
        var ((_, certificate), unit) = (await granting.HolderAsync(), await ground.Given.Unit());
        Assert.Contains("this is what the certificate says already", Assert.IsType<ReissueOutcome.Refused>(await granting.ReissueAsync(certificate, unit, "Amara Osei")).Mistakes[0].Sentence);
        Assert.Contains("not before the day", Assert.IsType<ReissueOutcome.Refused>(await granting.ReissueAsync(certificate, unit, lastDay: "2024-05-09")).Mistakes[0].Sentence);
        Assert.IsType<ReissueOutcome.NotFound>(await granting.ReissueAsync(certificate, await ground.Given.Person()));
        Assert.IsType<RevokeOutcome.NotFound>(await granting.RevokeAsync(certificate, await ground.Given.Person()));
        Assert.Equal("Write why", Assert.IsType<RevokeOutcome.Refused>(await granting.RevokeAsync(certificate, unit, " ")).Reason);
        await granting.Told.Complete(await granting.CourseAsync(), unit, "2024-05-10");
        await granting.IssueAsync();
        var own = Assert.Single(await granting.OfAsync(unit));
        Assert.Equal(CertificateRules.Own, Assert.IsType<ReissueOutcome.Refused>(await granting.ReissueAsync(own, unit)).Mistakes[0].Sentence);
        Assert.Equal(CertificateRules.Own, Assert.IsType<RevokeOutcome.Refused>(await granting.RevokeAsync(own, unit)).Reason);
        await granting.RevokeAsync(certificate, unit);
        Assert.IsType<RevokeOutcome.Revoked>(await granting.RevokeAsync(certificate, unit));
        Assert.Equal("This certificate has been revoked", Assert.IsType<ReissueOutcome.Refused>(await granting.ReissueAsync(certificate, unit)).Mistakes[0].Sentence);
    }

    [Fact] // E5, M3: issued, issued anew, revoked; nothing of what something has followed
    public async Task The_holder_is_told_of_an_issue_a_reissue_and_a_revocation()
    {
        await ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'");
        var ((person, certificate), unit) = (await granting.HolderAsync(), await ground.Given.Unit());
        Assert.Empty(await granting.LettersAsync(certificate));
        await granting.ReissueAsync(certificate, unit);
        var anew = (await granting.OfAsync(person)).Single(one => one.Stands);
        await granting.RevokeAsync(anew, unit);
        await using var room = new PostRoom(ground);
        await room.SendAsync();
        var mail = Assert.Single(room.Sink.Mails);
        Assert.Contains("Your certificate has been revoked", mail.Subject);
        Assert.Contains("It was issued to the wrong person", mail.Text("text/plain")!);
        Assert.Contains("it has been revoked", await ground.Sql<string>($"select outcome from messages where kind = 'certificate' and subject_id = '{anew.Id}' and occurrence = ''"));
    }

    [Fact] // E5: which courses grant is a setting of the business unit's
    public async Task The_unit_says_since_when_a_course_grants_and_what_stands_on_it()
    {
        var (course, unit) = (await ground.Given.Course(CourseKind.Trained), await ground.Given.Unit());
        var page = await (await (await ground.SiteAsync()).SignedInAsync(unit.Id)).Get($"/manage/courses/{course.Code}");
        Assert.Contains("Enter a share from 0 to 100", (await page.Submit("Save", ("Input.ParticipatoryShare", "150"))).Text);
        var saved = await page.Submit("Save", ("Input.CertificatesFrom", "2024-04-01"), ("Input.LevelFramework", "A framework, second edition"), ("Input.ParticipatoryShare", "50"));
        Assert.Contains("The settings are saved", saved.Text);
        Assert.Equal("2024-04-01|A framework, second edition|0.500", await ground.Sql<string>($"select certificates_from || '|' || level_framework || '|' || participatory_share from courses where id = '{course.Id}'"));
        await saved.Submit("Save", ("Input.CertificatesFrom", ""));
        Assert.True(await ground.Sql<bool>($"select certificates_from is null from courses where id = '{course.Id}'"));
    }

    [Fact] // S2
    public async Task Nobody_opens_the_unit_s_pages_of_a_certificate_but_the_unit()
    {
        var (person, certificate) = await granting.HolderAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get($"/manage/certificates/{certificate.Id}")).Status);
    }
}
