using System.Text.RegularExpressions;

using Learning.Attendance;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>A site, a session of today with people who hold places, and a trainer with a tablet.</summary>
internal sealed class TrainingRoom : IAsyncDisposable
{
    public const string AllSent = "All sent";

    private readonly Ground ground;

    private readonly RunningClock clock;

    private TrainingRoom(Ground ground, RunningClock clock, WebsiteUnderTest site, Network network, Session session, Person trainer, IReadOnlyList<Person> people) =>
        (this.ground, this.clock, Site, Network, Session, Trainer, People) = (ground, clock, site, network, session, trainer, people);

    public WebsiteUnderTest Site { get; }
    public Network Network { get; }
    public Session Session { get; }
    public Person Trainer { get; }
    public IReadOnlyList<Person> People { get; }
    public string Address => $"/register/{Session.Ref}";

    public static async Task<TrainingRoom> OpenAsync(Ground ground, int people = 6, params string[] parts)
    {
        // A device's clock is corrected against the server's (A2), so the server's has to run as the browser's does.
        var (network, clock) = (new Network(), new RunningClock(ground.Clock.GetUtcNow()));
        var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, clock, services => services.AddSingleton<IStartupFilter>(network));
        var given = ground.Given;
        var session = await given.Session(await given.Course(title: "Graded Care Profile 2"), 50, parts.Length == 0 ? ["2024-05-15 10:00 to 15:30"] : parts);
        var trainer = await given.Person(given: "Joe", family: "Mwangi");
        await given.Trainer(session, trainer);
        var police = await given.Agency("Essex Police");
        var here = new List<Person>();
        foreach (var (name, family) in Names.Take(people))
        {
            here.Add(await given.Person(police, given: name, family: family));
            await given.Booking(session, here[^1], agency: police);
        }

        await site.AccountAsync(trainer.Id);
        return new TrainingRoom(ground, clock, site, network, session, trainer, here);
    }

    // Six of the reference picture, and as many more as a hall has.
    private static IEnumerable<(string, string)> Names =>
        new[] { ("Tolu", "Adeyemi"), ("Devon", "Clarke"), ("Zofia", "Dąbrowska"), ("Samuel", "Fenwick"), ("Bernadette", "Fitzgerald-Okonkwo-Hughes"), ("Yusuf", "Warsame") }
            .Concat(Enumerable.Range(1, 60).Select(i => ("Ada", $"Hallam{i:00}")));

    /// <summary>Signs somebody in (the trainer unless said) and opens the register, until it can open without a network too.</summary>
    public async Task<IPage> TabletAsync(Chromium chromium, int width = 820, int height = 1180, Person? person = null, string? script = null)
    {
        var page = await chromium.WindowAsync(Site, width, height);
        if (script is not null) await page.AddInitScriptAsync(script);
        await EnterAsync(page, person);
        await page.GotoAsync(Address);
        await ReadyAsync(page);
        return page;
    }

    public async Task EnterAsync(IPage page, Person? person = null)
    {
        var (email, password) = await Site.AccountAsync((person ?? Trainer).Id);
        await page.SignInAsync(email, password);
    }

    /// <summary>Waits until the tablet keeps the page and the sheet.</summary>
    public static async Task ReadyAsync(IPage page)
    {
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await SheetsAsync(page, 1);
    }

    /// <summary>Waits until the tablet keeps so many sheets.</summary>
    public static Task SheetsAsync(IPage page, int sheets) => UntilAsync(async () => await page.EvaluateAsync<int>("""
        async () => !(await indexedDB.databases()).some(one => one.name === 'register') ? 0 : new Promise(done => { const open = indexedDB.open('register'); open.onsuccess = () => {
            const all = open.result.transaction('sheets').objectStore('sheets').count();
            all.onsuccess = () => { open.result.close(); done(all.result); }; }; })
        """) >= sheets);

    /// <summary>Waits until something is so: what a page's own locators cannot say.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < Windows.Patience / 100, "It does not come about.");
            await Task.Delay(100);
        }
    }

    /// <summary>How many events wait in the tablet's own storage.</summary>
    public static Task<int> KeptAsync(IPage page) => page.EvaluateAsync<int>("""
        () => new Promise(done => { const open = indexedDB.open('register'); open.onsuccess = () => {
            const all = open.result.transaction('events').objectStore('events').getAll();
            all.onsuccess = () => { open.result.close(); done(all.result.filter(one => one.state === 'waiting').length); }; }; })
        """);

    /// <summary>Everything that the tablet keeps, as a thief would read it: text of fields, and of bytes.</summary>
    public static Task<string> SeenByAThiefAsync(IPage page) => page.EvaluateAsync<string>("""
        () => new Promise(done => { const open = indexedDB.open('register'); open.onsuccess = async () => {
            const text = new TextDecoder('latin1');
            const said = one => JSON.stringify(one, (name, value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? text.decode(value) : value instanceof CryptoKey ? 'a key' : value);
            let all = JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
            for (const store of open.result.objectStoreNames) all += store + await new Promise(next => { const rows = open.result.transaction(store).objectStore(store).getAll(); rows.onsuccess = () => next(said(rows.result)); });
            open.result.close();
            for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all += request.url + await (await (await caches.open(name)).match(request)).text();
            done(all); }; })
        """);

    public static ILocator Group(IPage page, string name) => page.GetByRole(AriaRole.Group, new() { Name = name, Exact = true });

    // The press is on the label, as a finger's is; it lies under the transparent radio button.
    public static Task MarkAsync(IPage page, string name, string mark) => Group(page, name).GetByRole(AriaRole.Radio, new() { Name = mark, Exact = true }).CheckAsync();

    public static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public static Task SaysAsync(IPage page, string words) => Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync(words, new() { Timeout = Windows.Patience });

    /// <summary>What the page says above the rows.</summary>
    public static Task NotesAsync(IPage page, [System.Diagnostics.CodeAnalysis.StringSyntax("Regex")] string words) =>
        Assertions.Expect(page.Locator("[data-notes]")).ToContainTextAsync(new Regex(words, RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = Windows.Patience });

    public static Task CountAsync(IPage page, string words) => Assertions.Expect(page.Locator(".app-regbar__count")).ToHaveTextAsync(words, new() { Timeout = Windows.Patience });

    public static Task AddAsync(IPage page, string name, string email) => FillAsync(page, name, email);

    private static async Task FillAsync(IPage page, string name, string email)
    {
        await PressAsync(page, "Add someone");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Work e-mail", new() { Exact = true }).FillAsync(email);
        await PressAsync(page, "Add a new person");
    }

    /// <summary>The network is back, and the tablet notices.</summary>
    public static Task BackAsync(IPage page) => page.EvaluateAsync("dispatchEvent(new Event('online'))");

    public async Task<List<Mark>> MarksAsync()
    {
        await using var db = ground.Db();
        return await db.Marks.AsNoTracking().Where(mark => mark.SessionId == Session.Id).OrderBy(mark => mark.Number).ToListAsync();
    }

    public async Task<StandingMark?> StandingAsync(Person person) => StandingMark.Of((await MarksAsync()).Where(mark => mark.PersonId == person.Id));

    public Task<bool> IsSignedAsync() => ground.Sql<bool>($"select exists (select from register_events where session_id = '{Session.Id}' and event = 'signed')");

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    /// <summary>A while goes by for the server.</summary>
    public void Pass(TimeSpan time) => clock.Ahead += time;

    private sealed class RunningClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long started = System.GetTimestamp();

        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(started) + Ahead;
    }
}
