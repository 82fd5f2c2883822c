using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>The planner as an organiser uses it: with the keyboard only, with buttons, by dragging, and without JavaScript; what stays when the circuit is gone, and what nobody may do in one any more (B13, S1).</summary>
public class PlannerJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>, IAsyncLifetime
{
    private Person organiser = null!;
    private Session session = null!;
    private string planner = "";

    private Given Given => ground.Given;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        organiser = await Given.Unit();
        var course = await Given.Course(title: "Graded Care Profile 2 (GCP2)");
        planner = $"/manage/planner?programme={(await Given.Programme(course)).Code}";
        session = await Given.Session(course, 20, "2024-06-03 09:30 to 16:00");
        await Given.Trainer(session, await Given.Person(given: "Ann", family: "Lee"));
        var busy = await Given.Person(given: "Busy", family: "Person");
        await Given.Booking(session, busy);
        await Given.Booking(await Given.Session(await Given.Course(title: "Neglect"), 10, "2024-06-11 13:00 to 15:00"), busy);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B13, B7
    public async Task With_the_keyboard_a_session_is_picked_taken_to_another_day_seen_and_moved()
    {
        var page = await OpenAsync(1366);
        await LooksRightAsync(page);
        await PickAsync(page);
        var day = page.GetByRole(AriaRole.Spinbutton, new() { Name = "New day" });
        await Assertions.Expect(Mover(page)).ToContainTextAsync("It is on this day now");
        await LooksRightAsync(page);

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(day).ToHaveAttributeAsync("aria-valuetext", "Tuesday 11 June 2024");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("1 person is booked elsewhere at that time: Busy Person");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Estuary Hall is also taken by “Neglect”");
        await Assertions.Expect(page.Locator("#d-2024-06-11")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("app-planner__day--to"));
        await LooksRightAsync(page);

        // Over a weekend it is the next working day.
        for (var step = 0; step < 4; step++) await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(day).ToHaveAttributeAsync("aria-valuetext", "Monday 17 June 2024");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Monday 17 June 2024, 9:30am to 4pm, Estuary Hall");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("1 person keeps their place or their wait");
        await Assertions.Expect(Mover(page)).Not.ToContainTextAsync("booked elsewhere");
        Assert.Equal("2024-06-03", await CountedOnAsync());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move it" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.ReachAsync("done=moved");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("The session is moved, and everybody is told");
        Assert.Equal("2024-06-17", await CountedOnAsync());
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where kind = 'session-moved' and person_id in (select person_id from bookings where session_id = '{session.Id}')"));
        await Assertions.Expect(page.Locator("#d-2024-06-17")).ToContainTextAsync("Graded Care Profile 2");
        Assert.EndsWith("#d-2024-06-17", await page.GetByRole(AriaRole.Link, new() { Name = "Go to Monday 17 June 2024" }).GetAttributeAsync("href"));
    }

    [Fact]
    public async Task With_buttons_by_a_date_and_by_dragging_it_comes_to_the_same_and_left_alone_it_stays()
    {
        var page = await OpenAsync(1366);
        await Assertions.Expect(page.Locator("[data-planner-live]")).ToBeVisibleAsync();
        await page.Locator($"[data-session='{session.Ref}']").DragToAsync(page.Locator("#d-2024-06-05"));
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Wednesday 5 June 2024, 9:30am to 4pm");
        await Press(page, "A week later");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Wednesday 12 June 2024, 9:30am to 4pm");
        await Press(page, "A day earlier");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Tuesday 11 June 2024, 9:30am to 4pm");
        await page.GetByLabel("Or on this date").FillAsync("2024-05-27");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Monday 27 May 2024 is a bank holiday");
        await page.GetByLabel("Or on this date").FillAsync("2024-05-01");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("still to come");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move it" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Spinbutton).PressAsync("Escape");
        await Assertions.Expect(Mover(page)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("a[data-move]").First).ToBeFocusedAsync();
        Assert.Equal("2024-06-03", await CountedOnAsync());
    }

    [Theory]
    [InlineData(360)]
    [InlineData(820)]
    public async Task On_a_small_screen_it_is_a_list_of_the_days_with_something_on_them(int width)
    {
        var page = await OpenAsync(width);
        await LooksRightAsync(page);
        await Assertions.Expect(page.Locator("#d-2024-06-03")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#d-2024-06-04")).ToBeHiddenAsync();
        await PickAsync(page);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#d-2024-06-04")).ToBeVisibleAsync();
        await Assertions.Expect(Mover(page)).ToContainTextAsync("What happens");
        await LooksRightAsync(page);
    }

    [Fact] // B13
    public async Task Without_JavaScript_the_same_is_done_by_links()
    {
        var page = await OpenAsync(1366, javaScript: false);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Move ?: Graded Care Profile 2 \\(GCP2\\), Monday 3 June$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await page.Locator("[name='Input.Parts[0].Day']").FillAsync("2024-06-11");
        await Press(page, "See what would happen");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("1 person is booked elsewhere at that time: Busy Person");
        await Press(page, "Move it");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The session is moved");
        Assert.Equal("2024-06-11", await CountedOnAsync());
        await page.GotoAsync(planner);
        await Assertions.Expect(page.Locator("#d-2024-06-11")).ToContainTextAsync("Graded Care Profile 2");
        await page.Locator("#d-2024-06-10").Locator("xpath=ancestor::li[contains(@class, 'app-planner__week')]").GetByText("Plan here").ClickAsync();
        await Assertions.Expect(page.Locator("[name='Input.Parts[0].Day']")).ToHaveValueAsync("2024-06-10");
    }

    [Fact] // S1
    public async Task A_circuit_of_a_session_that_has_ended_shows_nothing_and_moves_nothing()
    {
        var page = await OpenAsync(1366);
        await PickAsync(page);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("What happens");
        await ground.Sql($"update account_sessions set ended_at = now(), ended_because = 'signed out' where account_id in (select id from accounts where person_id = '{organiser.Id}')");

        await Press(page, "Move it");
        await page.ReachAsync("/account/sign-in");
        Assert.Equal("2024-06-03", await CountedOnAsync());
    }

    [Fact] // S1
    public async Task A_circuit_of_whoever_organises_no_more_shows_nothing_and_moves_nothing()
    {
        var page = await OpenAsync(1366);
        await Assertions.Expect(page.Locator("[data-planner-live]")).ToBeVisibleAsync();
        await ground.Sql($"update role_grants set revoked_at = now() where person_id = '{organiser.Id}'");

        await page.Locator($"a[data-move='{session.Ref}']").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You organise no sessions");
        Assert.Equal("2024-06-03", await CountedOnAsync());
    }

    [Fact] // house rule 5: what somebody else changed meanwhile is not overwritten
    public async Task A_session_that_somebody_else_moved_meanwhile_is_not_moved()
    {
        var page = await OpenAsync(1366);
        await PickAsync(page);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("What happens");
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = new TypedTimes([new("2024-06-20", "09:30", "16:00")], "in person", "Leigh Library", null, null);
        Assert.IsType<DeskOutcome.Done>(await ground.With((MoveSession move) => move.RunAsync(session.Ref, other, null, Actor.Machine)));

        await Press(page, "Move it");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("Somebody changed this session meanwhile");
        Assert.Equal("2024-06-20", await CountedOnAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at the year as it is now" }).ClickAsync();
        await Assertions.Expect(page.Locator("#d-2024-06-20")).ToContainTextAsync("Leigh Library");
    }

    [Fact]
    public async Task Where_the_circuit_does_not_start_or_is_lost_the_links_lead_to_the_desks_own_pages()
    {
        var never = await OpenAsync(1366, start: page => page.RouteWebSocketAsync("**/_blazor", socket => socket.CloseAsync()));
        await never.Locator($"a[data-move='{session.Ref}']").ClickAsync();
        await never.ReachAsync($"/manage/sessions/{session.Ref}/move");

        IWebSocketRoute? open = null;
        var lost = await OpenAsync(1366, start: page => page.RouteWebSocketAsync("**/_blazor", socket =>
        {
            if (open is null) (open = socket).ConnectToServer();
            else _ = socket.CloseAsync();
        }));
        await Assertions.Expect(lost.Locator("[data-planner-live]")).ToBeVisibleAsync();
        await open!.CloseAsync();
        await Assertions.Expect(lost.Locator("[data-planner-lost]")).ToContainTextAsync("every link on this page works");
        await Assertions.Expect(lost.Locator("[data-planner-live]")).ToBeHiddenAsync();
        await lost.Locator($"a[data-move='{session.Ref}']").ClickAsync();
        await lost.ReachAsync($"/manage/sessions/{session.Ref}/move");
    }

    [Fact]
    public async Task The_circuit_is_a_web_socket_of_this_site_and_the_browser_refuses_nothing_of_the_page()
    {
        var (said, sockets, asked) = (new List<string>(), new List<string>(), new List<string>());
        var page = await OpenAsync(1366, start: page =>
        {
            page.Console += (_, message) => said.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
            page.PageError += (_, message) => said.Add(message);
            page.WebSocket += (_, socket) => sockets.Add(new Uri(socket.Url).AbsolutePath);
            page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
            return Task.CompletedTask;
        });
        await PickAsync(page);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(Mover(page)).ToContainTextAsync("What happens");

        Assert.Empty(said);
        Assert.Equal(["/manage/_blazor"], sockets);
        Assert.DoesNotContain(asked, path => path.Contains("_blazor/", StringComparison.Ordinal));

        // The pages that it leads to have neither the script nor a circuit.
        asked.Clear();
        await page.GetByRole(AriaRole.Link, new() { Name = "As a list" }).ClickAsync();
        await page.ReachAsync("/manage/sessions\\?");
        Assert.DoesNotContain(asked, path => path.Contains("_framework", StringComparison.Ordinal));
        Assert.Single(sockets);
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.Blazor"));
    }

    private async Task<IPage> OpenAsync(int width, bool javaScript = true, Func<IPage, Task>? start = null)
    {
        var site = await ground.SiteAsync();
        var (email, password) = await site.AccountAsync(organiser.Id);
        var page = await chromium.WindowAsync(site, width, 900, javaScript);
        await page.SignInAsync(email, password);
        if (start is not null) await start(page);
        await page.GotoAsync(planner);
        return page;
    }

    private async Task PickAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[data-planner-live]")).ToBeVisibleAsync();
        await page.Locator($"a[data-move='{session.Ref}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Spinbutton, new() { Name = "New day" })).ToBeFocusedAsync();
    }

    private static ILocator Mover(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Move: Graded Care Profile 2 (GCP2)" });

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private Task<string> CountedOnAsync() => ground.Sql<string>($"select counted_on::text from sessions where id = '{session.Id}'");

    private static async Task LooksRightAsync(IPage page)
    {
        var width = page.ViewportSize!.Width;
        await page.IsAccessibleAsync();
        foreach (var other in new[] { 320, 360, 820, 1366 })
        {
            await page.SetViewportSizeAsync(other, 900);
            await page.FitsAsync();
        }

        await page.SetViewportSizeAsync(width, 900);
    }
}
