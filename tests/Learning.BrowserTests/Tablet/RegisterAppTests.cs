using Learning.Attendance;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>The register in the hand: opened without a network, marked, taken back, searched; by keyboard, large, narrow, and in the colours that somebody needs.</summary>
public class RegisterAppTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_register_that_was_never_opened_opens_without_a_network_since_its_trainer_looked_at_their_pages_the_day_before()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, 6, "2024-05-16 10:00 to 15:30", "2024-05-17 10:00 to 15:30");
        var page = await chromium.WindowAsync(room.Site, 820, 1180);
        await room.EnterAsync(page);
        await page.GotoAsync("/my");
        await TrainingRoom.UntilAsync(() => page.EvaluateAsync<bool>("navigator.serviceWorker.getRegistration('/register').then(one => !!one?.active)"));
        await TrainingRoom.SheetsAsync(page, 1);
        await page.Context.SetOfflineAsync(true);

        await page.GotoAsync("/register");
        await PictureAsync(page, "list");
        await Assertions.Expect(page.GetByText("These registers are kept here")).ToBeVisibleAsync();
        await page.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Graded Care Profile 2" }).ClickAsync();
        await TrainingRoom.CountAsync(page, "0 of 6 marked");
        await page.GetByRole(AriaRole.Link, new() { Name = "Part 2", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Graded Care Profile 2, part 2" })).ToBeVisibleAsync();
        await TrainingRoom.MarkAsync(page, "Zofia Dąbrowska", "Attended");
        await TrainingRoom.SaysAsync(page, "1 to send");
        await page.IsAccessibleAsync();
        await PictureAsync(page, "offline");

        await page.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(page);
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        Assert.Equal([room.People[2].Id], (await room.MarksAsync()).Select(mark => mark.PersonId!.Value));
    }

    [Fact] // 4-quality: less than a second; the best of three, since a machine that tests does other things too
    public async Task Without_a_network_a_register_is_painted_from_the_tablet_within_a_second()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, people: 30);
        var page = await room.TabletAsync(chromium);
        await page.Context.SetOfflineAsync(true);
        var paints = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            await page.GotoAsync(room.Address);
            await TrainingRoom.CountAsync(page, "0 of 30 marked");
            paints.Add(await page.EvaluateAsync<double>("""
                () => new Promise(done => new PerformanceObserver(seen => { const first = seen.getEntriesByName('first-contentful-paint')[0]; if (first) done(first.startTime); }).observe({ type: 'paint', buffered: true }))
                """));
        }

        Assert.InRange(paints.Min(), 1, 1000);
    }

    [Fact] // A1, A4
    public async Task Somebody_late_somebody_found_by_part_of_a_name_a_substitute_and_a_walk_in_are_marked_and_a_slip_is_taken_back()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        await ground.Given.Person(await ground.Given.Agency("Fire and Rescue"), given: "Wren", family: "Vickers");
        await ground.Given.Person(await ground.Given.Agency("Youth Justice Service"), given: "Jordan", family: "Pike");
        var page = await room.TabletAsync(chromium);

        room.Network.Always(Network.Answer(503));
        await TrainingRoom.PressAsync(page, "Mark the rest: did not attend");
        await TrainingRoom.CountAsync(page, "6 of 6 marked");
        await TrainingRoom.PressAsync(page, "Undo: 6 marks");
        await TrainingRoom.CountAsync(page, "0 of 6 marked");
        Assert.Equal(0, await TrainingRoom.KeptAsync(page));
        room.Network.Always(null);

        await page.GetByLabel("Find a person in this register").FillAsync("okon");
        await Assertions.Expect(page.GetByText("1 person shown")).ToBeVisibleAsync();
        await Assertions.Expect(TrainingRoom.Group(page, "Tolu Adeyemi")).ToBeHiddenAsync();
        await TrainingRoom.MarkAsync(page, "Bernadette Fitzgerald-Okonkwo-Hughes", "In part");
        var late = TrainingRoom.Group(page, "Bernadette Fitzgerald-Okonkwo-Hughes");
        await late.GetByLabel("Came at").FillAsync("11:00");
        await late.GetByLabel("Left at").FillAsync("15:00");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(late.GetByLabel("Minutes here")).ToHaveValueAsync("240");
        await page.GetByLabel("Find a person in this register").FillAsync("");

        await TrainingRoom.MarkAsync(page, "Devon Clarke", "Substitute");
        await TrainingRoom.Group(page, "Devon Clarke").GetByLabel("Who came instead: name").FillAsync("Jordan");
        await page.Keyboard.PressAsync("Tab");
        await TrainingRoom.PressAsync(page, "Jordan Pike, Youth Justice Service");
        await Assertions.Expect(page.GetByText("Jordan Pike came instead. Devon did not.")).ToBeVisibleAsync();

        await TrainingRoom.PressAsync(page, "Add someone");
        await page.GetByLabel("Is it somebody we know?").FillAsync("vick");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wren Vickers, Fire and Rescue" }).WaitForAsync();
        await page.IsAccessibleAsync();
        await PictureAsync(page, "adding");
        await TrainingRoom.PressAsync(page, "Wren Vickers, Fire and Rescue");
        await TrainingRoom.CountAsync(page, "3 of 7 marked");

        // What is sent and replaced an earlier mark is put back by a mark that says so.
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        await TrainingRoom.MarkAsync(page, "Wren Vickers", "Apologies");
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        await TrainingRoom.PressAsync(page, "Undo: Wren Vickers, apologies");
        await Assertions.Expect(TrainingRoom.Group(page, "Wren Vickers").GetByRole(AriaRole.Radio, new() { Name = "Attended" })).ToBeCheckedAsync();
        await TrainingRoom.PressAsync(page, "Mark the rest: did not attend");
        await TrainingRoom.PressAsync(page, "Sign the register");
        await Assertions.Expect(page.GetByText("Signed by Joe Mwangi")).ToBeVisibleAsync(new() { Timeout = Windows.Patience });
        var marks = (await room.MarksAsync()).GroupBy(mark => mark.PersonId).Select(one => StandingMark.Of(one)!.Mark).ToList();
        Assert.Equal((7, 1, 4, 240), (marks.Count, marks.Count(mark => mark is { WalkIn: true, Kind: MarkKind.Attended }), marks.Count(mark => mark.Kind == MarkKind.Dna), marks.Single(mark => mark.Kind == MarkKind.Part).Minutes!.Value));
    }

    [Fact] // A3
    public async Task A_new_program_in_the_middle_of_a_register_loads_nothing_anew_loses_nothing_and_serves_the_next_open()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await room.TabletAsync(chromium);
        room.Network.Always(Network.Answer(503));
        await page.EvaluateAsync("window.same = true");
        await TrainingRoom.MarkAsync(page, "Tolu Adeyemi", "Attended");
        await page.EvaluateAsync("""
            navigator.serviceWorker.register('/register-worker.js?v=next', { scope: '/register' }).then(() => true)
            """);
        await TrainingRoom.UntilAsync(() => page.EvaluateAsync<bool>("navigator.serviceWorker.getRegistration('/register').then(one => !!one.active?.scriptURL.endsWith('next'))"));
        await TrainingRoom.MarkAsync(page, "Devon Clarke", "Attended");
        await TrainingRoom.SaysAsync(page, "2 to send");
        Assert.True(await page.EvaluateAsync<bool>("window.same"));

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await TrainingRoom.CountAsync(page, "2 of 6 marked");
        Assert.False(await page.EvaluateAsync<bool>("!!window.same"));
        Assert.Contains("next", await page.EvaluateAsync<string>("navigator.serviceWorker.controller.scriptURL"));
        room.Network.Always(null);
        await page.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(page);
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        Assert.Equal(2, (await room.MarksAsync()).Count);
    }

    [Theory] // 4-quality: for everyone
    [InlineData(320, 100, false)]
    [InlineData(360, 200, false)]
    [InlineData(820, 100, true)]
    [InlineData(1366, 100, false)]
    public async Task A_register_is_taken_by_keyboard_alone_at_any_width_size_and_colour(int width, int percent, bool forced)
    {
        await using var room = await TrainingRoom.OpenAsync(ground, people: 2);
        var page = await room.TabletAsync(chromium, width, 900);
        if (forced) await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        if (percent != 100) await page.EvaluateAsync($"document.documentElement.style.fontSize = '{percent}%'");
        await page.Context.SetOfflineAsync(true);

        await page.GetByLabel("Find a person in this register").FocusAsync();
        await TabToAsync(page, "attended");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "attended");
        await page.Keyboard.PressAsync("ArrowRight");
        await TrainingRoom.CountAsync(page, "2 of 2 marked");
        await TabToAsync(page, "minutes");
        await page.Keyboard.TypeAsync("300");
        await TabToAsync(page, "add");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "add-name");
        await page.Keyboard.TypeAsync("Wren Vickers");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("wren@keyboard.example");
        await page.FitsAsync();
        if (width != 1366) await page.IsAccessibleAsync();
        await PictureAsync(page, $"keyboard-{width}");
        await page.Keyboard.PressAsync("Enter");
        await TrainingRoom.CountAsync(page, "3 of 3 marked");
        await page.FitsAsync();

        await page.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(page);
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        await page.Locator("button[value=sign]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Signed by Joe Mwangi")).ToBeVisibleAsync(new() { Timeout = Windows.Patience });
        Assert.Equal(["attended", "part 300", "attended"], (await room.MarksAsync()).GroupBy(mark => mark.PersonId).Select(one => StandingMark.Of(one)!.Mark)
            .Select(mark => $"{Learning.Database.Words.Word(mark.Kind)} {mark.Minutes}".Trim()));
    }

    // On with the tab key until what has the focus is a field of that name, or a button of that value; not the one that has it now.
    private static async Task TabToAsync(IPage page, string what)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("what => { const here = document.activeElement; return here.value === what || here.id === what || here.id.startsWith(what + '-'); }", what)) return;
        }

        Assert.Fail($"The tab key does not lead to {what}.");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { } folder) await page.ScreenshotAsync(new() { Path = $"{folder}/tablet-{name}.png", FullPage = true });
    }
}
