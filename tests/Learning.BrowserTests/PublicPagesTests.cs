using Learning.Tests.Support;

namespace Learning.BrowserTests;

public class PublicPagesTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/help")]
    [InlineData("/privacy")]
    [InlineData("/cookies")]
    [InlineData("/no-such-page")]
    public async Task Anybody_can_read_it_at_any_width(string path)
    {
        var page = await chromium.WindowAsync(await ground.SiteAsync());
        await page.GotoAsync(path);
        await page.IsAccessibleAsync();
        foreach (var width in new[] { 320, 360, 820, 1366 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.FitsAsync();
        }
    }
}
