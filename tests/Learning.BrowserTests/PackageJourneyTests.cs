using System.Security.Cryptography;

using Learning.Tests.ELearning.Packages;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>The business unit imports packages; every state of its pages is scanned once.</summary>
public class PackageJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Theory] // E4
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_unit_imports_a_package_reads_what_is_wrong_and_replaces_it(bool javaScript)
    {
        await ground.Given.Agency("Southend Safeguarding Partnership", "Partnership");
        var page = await chromium.SignedInAsync(await ground.SiteAsync(), await ground.Given.Unit(), javaScript: javaScript);
        await page.GotoAsync("/manage/packages");
        await page.LooksRightAsync(javaScript);

        var title = $"Asking about home, {(javaScript ? "with" : "without")} a script";
        await SendAsync(page, WrittenPackage.Of(title, "welcome", "questions", "the-end").With("media/film.mp4", RandomNumberGenerator.GetBytes(2_000_000)));
        await page.ReachAsync("done=imported$");
        await Assertions.Expect(page.GetByText("Version 1 is what a learner begins now")).ToBeVisibleAsync();

        var bad = WrittenPackage.Of(title, "welcome").With("../outside.html", "x").With("media/a-name-that-goes-on-and-on-and-on-without-a-place-to-break-it-anywhere/CON.html", "x").With("imsmanifest.xml", "<manifest>");
        await SendAsync(page, bad);
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await page.LooksRightAsync(javaScript);

        await SendAsync(page, WrittenPackage.Of(title, "welcome", "questions"));
        await page.ReachAsync("done=imported$");
        await page.GetByLabel("Version", new() { Exact = true }).SelectOptionAsync("1");
        await page.GetByLabel("Why").FillAsync("A number in it was wrong");
        await page.PressAsync("Withdraw");
        await page.ReachAsync("done=withdrawn$");
        await page.LooksRightAsync(javaScript);
        await page.GotoAsync("/manage/packages");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
        await page.LooksRightAsync(javaScript);
    }

    private static async Task SendAsync(IPage page, WrittenPackage package)
    {
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "package.zip", MimeType = "application/zip", Buffer = package.Zip().ToArray() });
        await page.PressAsync("Import it");
    }
}
