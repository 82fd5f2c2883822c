using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

using Deque.AxeCore.Playwright;

using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>One Chromium for the run; each person in a journey gets a window of their own, with cookies of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>What each Chromium is started with.</summary>
    public static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Where it is. Debian's own shell without a screen draws no window around the pages: a third less work than the whole browser.</summary>
    public static readonly string File = Environment.GetEnvironmentVariable("LEARNING_CHROMIUM")
        ?? Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], System.IO.File.Exists) ?? throw new FileNotFoundException("There is no Chromium; LEARNING_CHROMIUM says where one is.");

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Windows.Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = File,
            Args = Arguments,
        });
    }

    /// <summary>A window of the site, for somebody who has not signed in; by a name of this machine where a journey needs one.</summary>
    public async Task<IPage> WindowAsync(WebsiteUnderTest site, int width = 1366, int height = 900, bool javaScript = true, string? host = null)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = new UriBuilder(site.Address) { Host = host ?? site.Address.Host }.ToString(), ViewportSize = new ViewportSize { Width = width, Height = height }, JavaScriptEnabled = javaScript, Locale = "en-GB",
        });
        context.SetDefaultTimeout(Windows.Patience);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>What a journey does over and over.</summary>
public static class Windows
{
    /// <summary>Milliseconds that anything may take: two cores run many tests at once, and a password is slow by design.</summary>
    public const float Patience = 60_000;

    private static int pictures;

    /// <summary>Signs in by the sign-in page, as people do.</summary>
    public static async Task SignInAsync(this IPage page, string email, string password)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Work e-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.ReachAsync("^(?!.*sign-in)");
    }

    /// <summary>Waits until the address matches a pattern and the page has loaded.</summary>
    public static async Task ReachAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = Patience });
        await page.LoadedAsync();
    }

    /// <summary>Waits until the page has loaded. Playwright's own wait looks first and listens then, and misses a load that came between.</summary>
    public static async Task LoadedAsync(this IPage page)
    {
        var since = Stopwatch.GetTimestamp();
        while (await page.EvaluateAsync<string>("document.readyState") != "complete")
        {
            Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds < Patience, $"{page.Url} does not load.");
            await Task.Delay(20);
        }
    }

    /// <summary>A window in which somebody has signed in.</summary>
    public static async Task<IPage> SignedInAsync(this Chromium chromium, WebsiteUnderTest site, Person person, int width = 1366, bool javaScript = true)
    {
        var (email, password) = await site.AccountAsync(person.Id);
        var page = await chromium.WindowAsync(site, width, 800, javaScript);
        await page.SignInAsync(email, password);
        return page;
    }

    /// <summary>Presses the button of this name.</summary>
    public static Task PressAsync(this IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Follows the link of this name.</summary>
    public static Task FollowAsync(this IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    /// <summary>What the page is about.</summary>
    public static async Task<string> HeadingAsync(this IPage page) => (await page.Locator("h1").InnerTextAsync()).Trim();

    /// <summary>Accessible, and fits a telephone, a tablet and a desk. With PICTURES=folder in the environment it leaves a picture of each.</summary>
    /// <param name="script">Where no script runs, neither does the scanner's; the same pages are scanned with it.</param>
    public static async Task LooksRightAsync(this IPage page, bool script = true)
    {
        await page.LoadedAsync();
        if (script)
        {
            await page.IsAccessibleAsync();
        }

        await page.FitsEveryWidthAsync();
    }

    /// <summary>Fails with every violation that axe finds of WCAG 2.2 AA and its good practice.</summary>
    public static async Task IsAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{page.Url}: " + string.Join("; ", result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})")));
    }

    /// <summary>Fails when the page scrolls sideways at any of the widths that people have.</summary>
    public static async Task FitsEveryWidthAsync(this IPage page)
    {
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        foreach (var other in new[] { 320, 360, 820, 1366 })
        {
            await page.SetViewportSizeAsync(other, 800);
            await page.FitsAsync();
            if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{Interlocked.Increment(ref pictures):000}-{string.Concat((await page.HeadingAsync()).Where(char.IsLetter).Take(30))}-{other}.png"), FullPage = true });
            }
        }

        await page.SetViewportSizeAsync(width, height);
    }

    /// <summary>Fails when the page scrolls sideways, and says what is too wide.</summary>
    public static async Task FitsAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"))
        {
            var wide = await page.EvaluateAsync<string>("[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 5).map(one => one.outerHTML.slice(0, 120)).join(' · ')");
            Assert.Fail($"{page.Url} scrolls sideways at {page.ViewportSize!.Width} px: {wide}");
        }
    }
}
