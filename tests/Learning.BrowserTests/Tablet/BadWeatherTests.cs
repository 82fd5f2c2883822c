using Learning.Attendance;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>Answers, storage and people that a tablet cannot count on: nothing that was pressed is lost, and what is the matter is said plainly.</summary>
public class BadWeatherTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // A3
    public async Task Whatever_answers_an_upload_everything_waits_on_the_tablet_until_the_server_has_named_it()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await room.TabletAsync(chromium);
        var (waiting, uploads) = (0, 0);
        foreach (var (answer, words) in new[]
        {
            (Network.Answer(400), "Not now"), (Network.Answer(401), "Not now"), (Network.Answer(403), "Not now"), (Network.Answer(404), "Not now"), (Network.Answer(409), "Not now"),
            (Network.Answer(413), "Not now"), (Network.Answer(500), "The server has a problem"), (Network.Answer(503, "text/html", "<h1>Bad gateway</h1>"), "The server has a problem"),
            (Network.Portal, "This network may want you to sign in"), (Network.CutBody, "No network here"),
        })
        {
            room.Network.Always(answer);
            await TrainingRoom.MarkAsync(page, room.People[waiting % 6].Name, waiting < 6 ? "Attended" : "Apologies");
            waiting++;
            await TrainingRoom.BackAsync(page);
            await TrainingRoom.SaysAsync(page, $"{waiting} to send");
            await TrainingRoom.UntilAsync(() => Task.FromResult(room.Network.Uploads > uploads));
            await Assertions.Expect(page.Locator(".app-regmain")).ToContainTextAsync(words, new() { Timeout = Windows.Patience });
            uploads = room.Network.Uploads;
            Assert.Equal(waiting, await TrainingRoom.KeptAsync(page));
        }

        Assert.Empty(await room.MarksAsync());
        room.Network.Always(null);
        await TrainingRoom.UntilAsync(async () =>
        {
            await TrainingRoom.BackAsync(page);
            return await page.GetByRole(AriaRole.Status).TextContentAsync() is { } said && said.Contains(TrainingRoom.AllSent, StringComparison.Ordinal);
        });
        var marks = await room.MarksAsync();
        Assert.Equal((waiting, waiting), (marks.Count, marks.DistinctBy(mark => mark.Id).Count()));
        Assert.Equal(0, await TrainingRoom.KeptAsync(page));
    }

    [Fact]
    public async Task Storage_that_is_full_is_said_and_what_is_pressed_is_sent_straight_away_or_kept_as_soon_as_there_is_room()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await room.TabletAsync(chromium, script: """
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function (...all) { if (window.full) throw new DOMException('full', 'QuotaExceededError'); return put.apply(this, all); };
            """);
        await page.EvaluateAsync("window.full = true");
        await TrainingRoom.MarkAsync(page, room.People[0].Name, "Attended");
        await TrainingRoom.NotesAsync(page, "This tablet’s storage is full");
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        Assert.Single(await room.MarksAsync());

        room.Network.Always(Network.CutBody);
        await TrainingRoom.MarkAsync(page, room.People[1].Name, "Attended");
        await TrainingRoom.SaysAsync(page, "Not saved on this tablet");
        await TrainingRoom.NotesAsync(page, "leave this page open");
        await page.IsAccessibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("!dispatchEvent(new Event('beforeunload', { cancelable: true }))"));

        await page.EvaluateAsync("window.full = false");
        await TrainingRoom.MarkAsync(page, room.People[2].Name, "Attended");
        await TrainingRoom.SaysAsync(page, "Saved on this tablet");
        Assert.Equal(2, await TrainingRoom.KeptAsync(page));
        Assert.False(await page.EvaluateAsync<bool>("!dispatchEvent(new Event('beforeunload', { cancelable: true }))"));
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_takes_the_register_all_the_same_and_says_so()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await chromium.WindowAsync(room.Site, 820, 1180);
        await page.AddInitScriptAsync("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }; IDBFactory.prototype.databases = () => Promise.resolve([]);");
        await room.EnterAsync(page);
        await page.GotoAsync(room.Address);
        await TrainingRoom.NotesAsync(page, "This browser keeps nothing on the tablet.*sent straight away");
        await TrainingRoom.MarkAsync(page, room.People[0].Name, "Attended");
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        await TrainingRoom.UntilAsync(async () => (await room.MarksAsync()).Count == 1);
    }

    [Fact] // A3
    public async Task Cleared_cookies_cost_nothing_and_neither_does_cleared_storage_while_the_page_is_open()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await room.TabletAsync(chromium);
        await page.Context.ClearCookiesAsync();
        await TrainingRoom.MarkAsync(page, room.People[0].Name, "Attended");
        await TrainingRoom.NotesAsync(page, "Every mark is kept on this tablet. 1 mark since .* goes by itself when you sign in");

        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Storage.clearDataForOrigin", new() { ["origin"] = new Uri(page.Url).GetLeftPart(UriPartial.Authority), ["storageTypes"] = "indexeddb" });
        await TrainingRoom.MarkAsync(page, room.People[1].Name, "Attended");
        await TrainingRoom.SaysAsync(page, "2 to send");
        await TrainingRoom.UntilAsync(async () => await TrainingRoom.KeptAsync(page) == 2);

        await page.Locator("[data-notes]").GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Work e-mail").FillAsync((await room.Site.AccountAsync(room.Trainer.Id)).Email);
        await page.GetByLabel("Password").FillAsync((await room.Site.AccountAsync(room.Trainer.Id)).Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.ReachAsync("/register/");
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        Assert.Equal(2, (await room.MarksAsync()).Count);
    }

    [Fact] // A3: neither a script nor a key that comes late loses what a finger did
    public async Task What_is_pressed_before_the_tablet_has_its_key_is_recorded()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var page = await chromium.WindowAsync(room.Site, 820, 1180);
        // A press before the script is there: the page's own radio button is all that knows.
        await page.AddInitScriptAsync("new MutationObserver(() => { const first = document.querySelector('fieldset input[type=radio][value=attended]'); if (first && !window.early) { window.early = true; first.checked = true; } }).observe(document, { childList: true, subtree: true })");
        var given = new TaskCompletionSource();
        room.Network.Keys = given.Task;
        await room.EnterAsync(page);
        await page.GotoAsync(room.Address);
        await TrainingRoom.MarkAsync(page, room.People[1].Name, "Apologies");
        given.SetResult();

        await TrainingRoom.CountAsync(page, "2 of 6 marked");
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        await TrainingRoom.UntilAsync(async () => (await room.MarksAsync()).Count == 2);
        Assert.Equal([MarkKind.Attended, MarkKind.Apologies], (await room.MarksAsync()).OrderBy(mark => mark.PersonId == room.People[1].Id).Select(mark => mark.Kind));
    }

    [Fact] // S2: only their trainer can send what waits, and a thief reads no name
    public async Task What_waits_after_signing_out_is_encrypted_is_not_sent_by_who_signs_in_next_and_goes_with_its_own_trainer()
    {
        await using var room = await TrainingRoom.OpenAsync(ground);
        var other = await ground.Given.Person(given: "Ana", family: "Silva");
        await ground.Given.Trainer(room.Session, other);
        var page = await room.TabletAsync(chromium);
        room.Network.Always(Network.Answer(503));
        await TrainingRoom.MarkAsync(page, room.People[0].Name, "Attended");
        await TrainingRoom.SaysAsync(page, "1 to send");
        await TrainingRoom.PressAsync(page, "Add someone");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Wren Vickers");
        await page.GetByLabel("Work e-mail", new() { Exact = true }).FillAsync("wren@sealed.example");
        await TrainingRoom.PressAsync(page, "Add a new person");
        await TrainingRoom.SaysAsync(page, "2 to send");

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.ReachAsync("/$");
        await TrainingRoom.UntilAsync(async () => !(await TrainingRoom.SeenByAThiefAsync(page)).Contains("a key", StringComparison.Ordinal));
        var seen = await TrainingRoom.SeenByAThiefAsync(page);
        Assert.Contains(room.Session.Ref, seen);
        Assert.DoesNotContain(new[] { "Adeyemi", "Vickers", "wren@", "Essex Police", "Mwangi" }, word => seen.Contains(word, StringComparison.Ordinal));
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(room.Address);
        await Assertions.Expect(page.GetByText("2 marks wait here, encrypted, and go when the trainer who made them signs in")).ToBeVisibleAsync();
        await page.IsAccessibleAsync();
        await page.Context.SetOfflineAsync(false);

        room.Network.Always(null);
        await room.EnterAsync(page, other);
        await page.GotoAsync(room.Address);
        await TrainingRoom.MarkAsync(page, room.People[1].Name, "Attended");
        await TrainingRoom.UntilAsync(async () => (await room.MarksAsync()).Count > 0);
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        Assert.Equal([other.Id], (await room.MarksAsync()).Select(mark => mark.RecordedBy!.Value));

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.ReachAsync("/$");
        await room.EnterAsync(page);
        await page.GotoAsync("/register");
        await TrainingRoom.UntilAsync(async () => (await room.MarksAsync()).Count == 3);
        Assert.Equal(2, (await room.MarksAsync()).Count(mark => mark.RecordedBy == room.Trainer.Id));
    }
}
