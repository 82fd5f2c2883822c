using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Learning.Tests.Web;

/// <summary>What the program logs names nobody and opens nothing, however much of it somebody turns on.</summary>
public class LogsTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task The_main_flows_log_no_address_no_name_no_password_no_token_and_no_cookie()
    {
        using var log = new HeardLog();
        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, log.Listen, map: routes =>
            routes.MapGet("/broken", async (LearningDb db) => await db.Database.ExecuteSqlAsync($"select {"zephyrine in a parameter"}::integer")).AllowAnonymous());
        var secrets = new List<string> { "zephyrine", "Quillfeather", "Learning-test-1", "a-wrong-password", "learning-form=", "needs a ramp" };

        var person = await ground.Given.Person(await ground.Given.Agency(), email: "zephyrine.q@agency.example", given: "Zephyrine", family: "Quillfeather");
        var trainer = await ground.Given.Person(given: "Trainer");
        var session = await ground.Given.Session(null, 20, "2024-05-15 09:30 to 12:00");
        var later = await ground.Given.Session();
        await ground.Given.Trainer(session, trainer);
        await ground.Given.Booking(session, person);

        // The door: a wrong password, the right one, an address that nobody has.
        var stranger = site.Visitor();
        await (await stranger.Get(SignIn.Page)).Submit("Sign in", ("Input.Email", "zephyrine.q@agency.example"), ("Input.Password", "a-wrong-password"));
        await (await stranger.Get(SignIn.Page)).Submit("Sign in", ("Input.Email", "zephyrine.nobody@agency.example"), ("Input.Password", "a-wrong-password"));
        var visitor = await site.SignedInAsync(person.Id);
        secrets.AddRange(visitor.Cookies.Split("; ").Select(cookie => cookie.Split('=', 2)[1][..30]));

        // Booking, with needs in words; the same by the API with a token.
        var page = await visitor.Get($"/sessions/{later.Ref}/book");
        secrets.Add(page.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")![..30]);
        await page.Submit("Book a place", ("Input.Needs", "needs a ramp"));
        var token = (await ground.With((MakeAccessToken make) => make.RunAsync("zephyrine.q@agency.example", 1, "a test", Actor.Machine)))!;
        secrets.Add(token);
        visitor.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await visitor.Http.PostAsJsonAsync($"/api/v1/sessions/{later.Ref}/bookings", new { email = "zephyrine.q@agency.example" });
        await visitor.Http.PostAsJsonAsync($"/api/v1/sessions/{later.Ref}/bookings", new { email = 7 });

        // The register: a search by name, a walk-in.
        var teacher = await site.SignedInAsync(trainer.Id);
        await teacher.Get($"/register/{session.Ref}");
        await teacher.Get($"/register/{session.Ref}/add?q=Quillfeather");
        await teacher.Http.PostAsJsonAsync($"/api/v1/registers/{session.Ref}/marks", new
        {
            device = "tablet", deviceNow = ground.Zone.Now, marks = new[] { new { id = Guid.CreateVersion7(), part = Guid.CreateVersion7(), walkIn = new { name = "Zephyrine Other", email = "zephyrine.other@agency.example" }, mark = "attended", at = ground.Zone.Now } },
        });

        // The business unit searches; an address in a path; something breaks; somebody leaves.
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);
        await unit.Get("/manage/messages?q=zephyrine.q%40agency.example");
        await unit.Get("/manage/people?q=Quillfeather");
        await unit.Get("/courses/zephyrine.q@agency.example");
        await unit.Get("/broken");
        await (await site.Visitor().Get("/account?email=zephyrine.q@agency.example")).Submit("Sign in", ("Input.Email", "zephyrine.q@agency.example"), ("Input.Password", "Learning-test-1"));

        Assert.Contains(log.Lines, line => line.Contains("GET /broken failed", StringComparison.Ordinal));
        Assert.IsType<ConsoleLoggerProvider>(Assert.Single(site.Services.GetServices<ILoggerProvider>(), provider => provider != log));
        Assert.True(log.Lines.Count > 500, "The log was not heard.");
        var told = log.Lines.SelectMany(line => secrets.Where(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{secret}: {line[..Math.Min(300, line.Length)]}")).Distinct().ToList();
        Assert.True(told.Count == 0, string.Join('\n', told.Take(40)));
    }

    [Fact]
    public void An_entry_is_a_line_that_nobody_else_can_begin_and_quotes_nothing_that_was_sent()
    {
        Exception thrown;
        try
        {
            throw new FormatException("The input string 'Quill\nfeather' was not in a correct format; see q@agency.example.", new InvalidOperationException("No \"zephyrine\" here"));
        }
        catch (FormatException e)
        {
            thrown = e;
        }

        var text = LogLines.Of(ground.Zone.Now, LogLevel.Error, "Learning", "failed\r\n2024-05-15T08:00:00.000Z error Learning: forged", thrown);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal("2024-05-15T08:00:00.000Z error Learning: failed\\u000d\\u000a2024-05-15T08:00:00.000Z error Learning: forged", lines[0]);
        Assert.Equal("    System.FormatException: The input string '…' was not in a correct format; see …", lines[1]);
        Assert.StartsWith("      at Learning.Tests.Web.LogsTests", lines[2]);
        Assert.Contains("    System.InvalidOperationException: No \"…\" here", lines);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("    ", line));
    }

    [Fact]
    public async Task Who_is_shown_a_reference_is_found_by_it_in_the_log()
    {
        using var log = new HeardLog();
        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, log.Listen, map: routes =>
        {
            routes.MapGet("/broken", IResult () => throw new InvalidOperationException()).AllowAnonymous();
            routes.MapGet("/api/broken", IResult () => throw new InvalidOperationException()).AllowAnonymous();
        });
        var page = (await site.Visitor().Get("/broken")).Document.QuerySelector("b")!.TextContent;
        var api = (await (await site.Visitor().Http.GetAsync("/api/broken")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("traceId").GetString()!;
        Assert.Single(log.Lines, line => line.Contains($"{page} GET /broken failed", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains($"{api} GET /api/broken failed", StringComparison.Ordinal));
    }
}
