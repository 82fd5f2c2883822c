using System.Net;

using Learning.Catalogue;
using Learning.ELearning.Packages;
using Learning.People;
using Learning.Tests.ELearning.Packages;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Learning.BrowserTests;

/// <summary>A package whose script tries all that a script can try, in a frame of the site as a course is shown (E4).</summary>
public sealed class HostilePackageTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    // Each attempt says what it got; "no" where it got nothing.
    private const string Attempts = """
        <!doctype html><html lang="en"><head><title>Hostile</title></head><body><script>
        const site = decodeURIComponent(location.hash.slice(1)), got = {};
        const attempt = async (name, what) => { try { got[name] = String(await what() ?? "no"); } catch (e) { got[name] = "no"; } };
        const within = (promise) => Promise.race([promise, new Promise(done => setTimeout(() => done("no"), 5000))]);
        (async () => {
          await attempt("cookie", () => document.cookie || "no");
          await attempt("parent", () => parent.parent.document.body.innerHTML);
          await attempt("top", () => top.document.title);
          await attempt("storage", () => top.localStorage.length);
          await attempt("api", () => fetch(site + "/api/v1/sessions", { credentials: "include" }).then(answer => answer.text()));
          await attempt("page", () => fetch(site + "/my", { credentials: "include", mode: "no-cors" }).then(() => "sent"));
          await attempt("post", () => fetch(site + "/trap", { method: "POST", credentials: "include", mode: "no-cors", body: "x" }).then(() => "sent"));
          await attempt("request", () => within(new Promise((done, no) => { const x = new XMLHttpRequest(); x.withCredentials = true; x.onload = () => done("sent"); x.onerror = no; x.open("GET", site + "/trap"); x.send(); })));
          await attempt("picture", () => within(new Promise((done, no) => { const i = new Image(); i.onload = () => done("sent"); i.onerror = no; i.src = site + "/trap"; })));
          await attempt("script", () => within(new Promise((done, no) => { const s = document.createElement("script"); s.onload = () => done("sent"); s.onerror = no; s.src = site + "/built/site.js"; document.head.append(s); })));
          await attempt("socket", () => within(new Promise((done, no) => { const w = new WebSocket(site.replace("http", "ws") + "/manage/_blazor"); w.onopen = () => done("open"); w.onerror = no; })));
          await attempt("beacon", () => { navigator.sendBeacon(site + "/trap", "x"); });
          await attempt("worker", () => navigator.serviceWorker.register("worker.js").then(() => "registered"));
          await attempt("module worker", () => within(new Promise((done, no) => { const w = new Worker("worker.js"); w.onmessage = () => done("runs"); w.onerror = no; })));
          await attempt("other", () => fetch("secret.html").then(answer => answer.ok ? answer.text() : "no"));
          await attempt("kept", () => localStorage.getItem("secret") || "no");
          await attempt("kept in a database", async () => (await indexedDB.databases()).map(one => one.name).join() || "no");
          await attempt("form", () => { const f = document.createElement("form"); f.method = "post"; f.action = site + "/trap"; f.target = "_top"; document.body.append(f); f.submit(); });
          await attempt("window", () => { const w = window.open(site + "/courses"); return within(new Promise(done => setTimeout(() => { let seen = "no"; try { seen = w.document.title || "no"; w.close(); } catch { } done(seen); }, 2000))); });
          await attempt("leave", () => { top.location.href = site + "/trap"; });
          await attempt("leave by link", () => { const a = document.createElement("a"); a.href = site + "/trap"; a.target = "_top"; document.body.append(a); a.click(); });
          localStorage.setItem("secret", "mine");
          await within(new Promise(done => { const open = indexedDB.open("mine"); open.onsuccess = () => done(); }));
          parent.document.body.dataset.got = JSON.stringify(got);
          // Last, since the browser puts its own page in the place of a frame that tries to go elsewhere.
          await attempt("own form", () => { const f = document.createElement("form"); f.method = "post"; f.action = site + "/trap"; document.body.append(f); f.submit(); });
        })();
        </script></body></html>
        """;

    private const string Wrapper = """<!doctype html><html lang="en"><head><title>Course</title></head><body><iframe title="Course" id="course"></iframe><script>document.getElementById("course").src = "../first.html" + location.hash;</script></body></html>""";

    [Fact] // E4
    public async Task A_hostile_package_reaches_nothing_of_the_site_and_the_page_around_it_is_unharmed()
    {
        var (trapped, files) = (0, Directory.CreateTempSubdirectory("learning-frame-"));
        Directory.CreateDirectory(Path.Combine(files.FullName, "built", "frame"));
        await File.WriteAllTextAsync(Path.Combine(files.FullName, "built", "frame", "frame.html"), Wrapper);
        var hostile = new[] { await PackageAsync("Hostile", Attempts), await PackageAsync("Hostile too", Attempts) };
        var shown = hostile[0];
        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, map: routes =>
        {
            routes.MapGet("/shown", (HttpContext http, ContentOrigin origin) =>
            {
                http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; frame-src {origin.Of(shown, http.Request)}; frame-ancestors 'none'";
                var frame = $"{origin.AddressOf(shown, Guid.CreateVersion7(), http.Request)}~/frame.html#{Uri.EscapeDataString($"{http.Request.Scheme}://{http.Request.Host}")}";
                return TypedResults.Content($"""<!doctype html><html lang="en"><head><title>Around it</title></head><body><h1>Around it</h1><iframe title="Package" src="{frame}" sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads" referrerpolicy="no-referrer"></iframe></body></html>""", "text/html");
            }).AllowAnonymous();
            routes.MapMethods("/trap", ["GET", "POST"], () => { Interlocked.Increment(ref trapped); return TypedResults.Text("trapped"); }).AllowAnonymous().DisableAntiforgery();
        });
        site.Services.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider = new PhysicalFileProvider(files.FullName);
        var person = await ground.Given.Person(await ground.Given.Agency());
        var page = await chromium.SignedInAsync(site, person);

        // One after the other: the second looks for what the first has left behind.
        foreach (var package in hostile)
        {
            shown = package;
            await page.GotoAsync("/shown");
            var course = page.FrameLocator("iframe");
            await course.Locator("body[data-got]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
            var got = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>((await course.Locator("body").GetAttributeAsync("data-got"))!)!;
            Assert.Equal(21, got.Count);
            Assert.Empty(got.Where(one => one.Value != "no").Select(one => $"{one.Key}: {one.Value}"));
            Assert.Equal(("Around it", "/shown"), (await page.HeadingAsync(), new Uri(page.Url).AbsolutePath));
        }

        Assert.Equal(0, trapped);
        // Whoever is signed in still is.
        Assert.Equal((int)HttpStatusCode.OK, (await page.GotoAsync("/my"))!.Status);
        files.Delete(recursive: true);
    }

    private async Task<Package> PackageAsync(string title, string content)
    {
        var (course, package) = (await ground.Given.Course(CourseKind.ELearning), new WrittenPackage()
            .With("imsmanifest.xml", WrittenPackage.Manifest12(title, "first")).With("first.html", content).With("worker.js", "postMessage('runs'); self.addEventListener('fetch', event => event.respondWith(new Response('mine')));"));
        return ((PackageOutcome.Imported)await ground.With((ImportPackage import) => import.DoAsync(Actor.Machine, course.Code, package.Zip()))).Package;
    }
}
