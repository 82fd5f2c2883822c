using Learning.Catalogue;
using Learning.Certificates;
using Learning.ELearning;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A certificate from issue to the public page, a reissue and a revocation, and what is missing in a record: each page and each state of it scanned once and fitting every width.</summary>
public sealed class CertificateJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // E5, P2, S3
    public async Task A_certificate_is_issued_checked_reissued_and_revoked()
    {
        ground.Clock.Set("2024-10-10 09:00");
        var council = await ground.Given.Agency("Southend-on-Sea City Council, Children’s Services");
        var (person, unit) = (await ground.Given.Person(council, given: "Wilhelmina", family: "Featherstonehaugh-Cholmondeley"), await ground.Given.Unit());
        foreach (var (title, on, months) in new[] { ("Graded Care Profile 2: measuring the quality of care of children", "2024-05-08", 36), ("Neglect", "2023-12-01", 12), ("Curious", "2023-05-01", 12) })
        {
            var course = await ground.Given.Course(CourseKind.ELearning, council, title: title);
            await ground.Sql($"update courses set certificates_from = '2023-01-01', validity_months = {months}, cpd_hours = 6, level = '3', level_framework = 'Intercollegiate document, fourth edition', participatory_share = 0.5 where id = '{course.Id}'");
            await ground.Given.Save(new Completion { Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = person.Id, CompletedOn = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), RecordedAt = ground.Zone.Now });
        }

        await ground.With((IssueCertificates issue) => issue.RunAsync());
        var site = await ground.SiteAsync();
        var page = await chromium.SignedInAsync(site, person, 360);
        await page.GotoAsync("/my");
        await Assertions.Expect(page.Locator("[aria-labelledby=expires]")).ToContainTextAsync("Saturday 30 November 2024");
        await page.LooksRightAsync();
        await page.GotoAsync("/my/certificates");
        await page.LooksRightAsync();
        var number = await page.Locator("tr", new() { HasText = "Graded Care" }).GetByRole(AriaRole.Link).First.InnerTextAsync();

        // Anybody, by the number.
        var anybody = await chromium.WindowAsync(site);
        await anybody.GotoAsync("/verify");
        await anybody.LooksRightAsync();
        await anybody.GetByLabel("Number of the certificate").FillAsync(number.ToLowerInvariant().Replace('-', ' '));
        await anybody.PressAsync("Check it");
        await Assertions.Expect(anybody.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This certificate is valid");
        await anybody.LooksRightAsync();

        // Issued anew, and then revoked.
        var desk = await chromium.SignedInAsync(site, unit, 1366);
        await desk.GotoAsync($"/manage/people/{person.Id}");
        await desk.LooksRightAsync();
        await desk.Locator("[aria-labelledby=certificates]").GetByRole(AriaRole.Link, new() { Name = "Graded Care" }).ClickAsync();
        await desk.LooksRightAsync();
        await desk.FollowAsync("Reissue");
        await desk.PressAsync("Reissue it");
        await Assertions.Expect(desk.Locator("#Input_Reason-error")).ToContainTextAsync("Write why");
        await desk.LooksRightAsync();
        await desk.GetByLabel("Name", new() { Exact = true }).FillAsync("Mina Featherstonehaugh");
        await desk.GetByLabel("Why is it issued anew?").FillAsync("Another name");
        await desk.PressAsync("Reissue it");
        await Assertions.Expect(desk.Locator(".app-outcome")).ToContainTextAsync("issued anew");
        await anybody.ReloadAsync();
        await Assertions.Expect(anybody.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This certificate has been replaced");
        await anybody.LooksRightAsync();
        await desk.FollowAsync("Revoke");
        await desk.LooksRightAsync();
        await desk.GetByLabel("Why is it revoked?").FillAsync("It was somebody else");
        await desk.PressAsync("Revoke it");
        await Assertions.Expect(desk.Locator(".app-outcome")).ToContainTextAsync("revoked");
        await desk.LooksRightAsync();
        await page.ReloadAsync();
        await page.LooksRightAsync();

        // Something is missing.
        await page.GotoAsync("/my/record");
        await page.LooksRightAsync();
        await page.FollowAsync("Something missing?");
        await page.GetByLabel("Which course or session?").FillAsync("Graded Care Profile 2");
        await page.PressAsync("Send it");
        await page.LooksRightAsync();
        await page.GetByLabel("What is missing or wrong?").FillAsync("I was there on both days");
        await page.PressAsync("Send it");
        await Assertions.Expect(page.Locator(".app-outcome")).ToContainTextAsync("We have it");
        await page.LooksRightAsync();
        await desk.GotoAsync("/manage/corrections");
        await desk.LooksRightAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Wilhelmina" }).ClickAsync();
        await desk.LooksRightAsync();
        await desk.GetByLabel("Answer").FillAsync("The sheet was found");
        await desk.PressAsync("It is put right");
        await Assertions.Expect(desk.Locator(".app-outcome")).ToContainTextAsync("answered");
    }
}
