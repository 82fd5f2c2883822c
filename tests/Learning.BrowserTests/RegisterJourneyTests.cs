using Learning.Attendance;
using Learning.Catalogue;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A trainer takes a register on a tablet: with scripts, without them, and with the network gone for a while.</summary>
public class RegisterJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>, IAsyncLifetime
{
    private WebsiteUnderTest site = null!;

    // A device's clock is corrected against the server's (A2), so the server's has to run here as the browser's does.
    public async Task InitializeAsync() => site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, new RunningClock(ground.Clock.GetUtcNow()));

    public async Task DisposeAsync() => await site.DisposeAsync();

    private sealed class RunningClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long started = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(started);
    }

    private const string AllSent = "All sent";

    [Fact] // A1, A6
    public async Task Marks_are_sent_as_they_are_made_and_the_register_is_signed()
    {
        var (page, session) = await RoomAsync(width: 1180, height: 820);
        await page.IsAccessibleAsync();
        await MarkAsync(page, "Tolu Adeyemi", "Attended");
        await MarkAsync(page, "Samuel Fenwick", "In part");
        await Group(page, "Samuel Fenwick").GetByLabel("Minutes here").FillAsync("210");
        await MarkAsync(page, "Jack Ives", "Apologies");
        await MarkAsync(page, "Devon Clarke", "Substitute");
        await Group(page, "Devon Clarke").GetByLabel("Who came instead: name").FillAsync("Jordan Pike");
        await Group(page, "Devon Clarke").GetByLabel("and e-mail, if new here").FillAsync("jordan@youth.example");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText("4 of 6 marked").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(AllSent);
        Assert.Equal(["apologies", "attended", "part", "substitute"], await StandingAsync(session));

        await page.ReloadAsync();
        await Assertions.Expect(Group(page, "Samuel Fenwick").GetByLabel("Minutes here")).ToHaveValueAsync("210");
        await Assertions.Expect(page.GetByText("Jordan Pike came instead. Devon did not.")).ToBeVisibleAsync();
        await page.IsAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign the register" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Yusuf Warsame is not marked");
        await page.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark the rest: did not attend" }).ClickAsync();
        await Assertions.Expect(page.GetByText("6 of 6 marked").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);

        // The last mark and the signature at once: the mark goes first, and the register is signed, not opened again.
        await MarkAsync(page, "Yusuf Warsame", "Attended");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign the register" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Signed by Joe")).ToBeVisibleAsync();
        await page.IsAccessibleAsync();
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from marks where session_id = '{session.Id}' and flag is not null"));
        Assert.Equal(["apologies", "attended", "attended", "dna", "part", "substitute"], await StandingAsync(session));
    }

    [Fact] // A3
    public async Task A_mark_made_with_the_network_gone_is_kept_and_goes_when_it_is_back_also_after_a_reload()
    {
        var (page, session) = await RoomAsync(width: 820, height: 1180);
        await page.Context.RouteAsync("**/api/v1/**", route => route.AbortAsync());
        await MarkAsync(page, "Tolu Adeyemi", "Attended");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 to send");
        Assert.Empty(await StandingAsync(session));

        await page.Context.UnrouteAllAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(AllSent);
        await Assertions.Expect(page.GetByText("1 of 6 marked").First).ToBeVisibleAsync();
        Assert.Equal(["attended"], await StandingAsync(session));
    }

    [Theory] // A1: usable without JavaScript, at every width
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(820)]
    [InlineData(1180)]
    [InlineData(1366)]
    public async Task Without_scripts_what_a_choice_asks_shows_when_it_is_pressed(int width)
    {
        var (page, session) = await RoomAsync(width, 900, javaScript: false);
        var minutes = Group(page, "Samuel Fenwick").GetByLabel("Minutes here");
        await Assertions.Expect(minutes).ToBeHiddenAsync();
        await MarkAsync(page, "Samuel Fenwick", "In part");
        await Assertions.Expect(minutes).ToBeVisibleAsync();
        await minutes.FillAsync("300");
        await MarkAsync(page, "Tolu Adeyemi", "Attended");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the register" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 of 6 marked").First).ToBeVisibleAsync();
        Assert.Equal(["attended", "part"], await StandingAsync(session));
        await FitsAsync(page, width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add someone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Add someone who came" })).ToBeVisibleAsync();
        await FitsAsync(page, width);
        await page.GotoAsync("/register");
        await FitsAsync(page, width);
    }

    [Fact]
    public async Task The_lists_and_the_page_for_adding_are_accessible()
    {
        var (page, session) = await RoomAsync(width: 1366, height: 900);
        await page.GotoAsync("/register");
        await page.IsAccessibleAsync();
        await page.GotoAsync($"/register/{session.Ref}/add?q=adeyemi");
        await page.IsAccessibleAsync();
    }

    private static ILocator Group(IPage page, string name) => page.GetByRole(AriaRole.Group, new() { Name = name, Exact = true });

    // The press is on the label, as a finger's is; it lies under the transparent radio button.
    private static Task MarkAsync(IPage page, string name, string mark) =>
        Group(page, name).GetByRole(AriaRole.Radio, new() { Name = mark, Exact = true }).CheckAsync();

    // Scripts are off here, so the widest element is asked for from outside.
    private static async Task FitsAsync(IPage page, int width)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { } folder) await page.ScreenshotAsync(new() { Path = $"{folder}/register-{width}-{new Uri(page.Url).Segments.Length}.png", FullPage = true });
        foreach (var part in await page.Locator("main, .app-regbar, .app-mark, .app-actions, .app-sign, .app-form, .app-sessions").AllAsync())
        {
            var box = await part.BoundingBoxAsync();
            Assert.True(box is null || box.X + box.Width <= width, $"{page.Url} scrolls sideways at {width} px");
        }
    }

    private Task<List<string>> StandingAsync(Session session) => ground.With(async (LearningDb db) =>
        (await db.Marks.Where(mark => mark.SessionId == session.Id).OrderBy(mark => mark.Number).ToListAsync())
            .GroupBy(mark => mark.PersonId).Select(marks => Learning.Database.Words.Word(StandingMark.Of(marks)!.Mark.Kind)).Order().ToList());

    private async Task<(IPage Page, Session Session)> RoomAsync(int width, int height, bool javaScript = true)
    {
        var course = await ground.Given.Course(title: "Graded Care Profile 2");
        var session = await ground.Given.Session(course, 20, "2024-05-15 10:00 to 15:30");
        var trainer = await ground.Given.Person(given: "Joe", family: "Mwangi");
        await ground.Given.Trainer(session, trainer);
        var police = await ground.Given.Agency("Essex Police");
        foreach (var (given, family, agency) in new[]
        {
            ("Tolu", "Adeyemi", police), ("Devon", "Clarke", await ground.Given.Agency("Youth Justice Service")), ("Samuel", "Fenwick", await ground.Given.Agency("Probation Service")),
            ("Jack", "Ives", police), ("Bernadette", "Fitzgerald-Okonkwo-Hughes", await ground.Given.Agency("Southend-on-Sea City Council: Education and Learning")), ("Yusuf", "Warsame", police),
        })
        {
            await ground.Given.Booking(session, await ground.Given.Person(agency, given: given, family: family), agency: agency);
        }

        await site.SignedInAsync(trainer.Id);
        await using var db = ground.Db();
        var email = (await db.PersonEmails.SingleAsync(row => row.PersonId == trainer.Id)).Email;
        var page = await chromium.WindowAsync(site, width, height, javaScript);
        await page.SignInAsync(email, "Learning-test-1");
        await page.GotoAsync($"/register/{session.Ref}");
        return (page, session);
    }
}
