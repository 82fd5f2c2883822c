using Learning.Bookings;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>A conference as somebody new meets it on a telephone without JavaScript, and as its organiser gives the workshops out and prints for the day.</summary>
public class ConferenceJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private static readonly string[] Titles = ["Neglect and the under-ones", "Hearing the child’s day", "Older children, hidden neglect", "Self-neglect in adults", "Poverty is not neglect"];

    private Given Given => ground.Given;

    [Fact] // B14
    public async Task Somebody_new_books_a_conference_ranks_three_rounds_is_given_workshops_and_the_organiser_prints_badges_and_lists()
    {
        var (session, unit) = await ConferenceAsync();
        var amara = await Given.Person(await Given.Agency("Children’s Services"), given: "Amara", family: "Osei");
        var phone = await chromium.SignedInAsync(await ground.SiteAsync(), amara, 360, javaScript: false);

        await phone.GotoAsync($"/sessions/{session.Ref}");
        await phone.LooksRightAsync(script: false);
        await phone.GetByRole(AriaRole.Link, new() { Name = "The whole programme" }).ClickAsync();
        await phone.LooksRightAsync(script: false);
        await phone.GotoAsync($"/sessions/{session.Ref}/book");
        await phone.GetByLabel("Vegan", new() { Exact = true }).CheckAsync();
        await phone.LooksRightAsync(script: false);
        await phone.PressAsync("Book a place");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Choose my workshops" }).ClickAsync();
        for (var round = 1; round <= 3; round++)
        {
            var group = phone.GetByRole(AriaRole.Group, new() { Name = $"Round {round}" });
            await group.GetByLabel("First choice").SelectOptionAsync(new SelectOptionValue { Label = $"{Titles[0]}, {round}" });
            await group.GetByLabel("Second choice").SelectOptionAsync(new SelectOptionValue { Label = $"{Titles[3]}, {round}" });
        }

        await phone.PressAsync("Save my choices");
        await Assertions.Expect(phone.GetByRole(AriaRole.Status)).ToContainTextAsync("Your choices are kept");
        await phone.LooksRightAsync(script: false);
        await phone.GetByLabel("How it is said").FillAsync("a-MAH-ra");
        await phone.PressAsync("Save my badge");

        var desk = await chromium.SignedInAsync(await ground.SiteAsync(), unit, 1366);
        var here = $"/manage/sessions/{session.Ref}/conference";
        await desk.GotoAsync(here);
        await desk.LooksRightAsync();
        await desk.GotoAsync($"{here}/workshops");
        await desk.LooksRightAsync();
        await desk.PressAsync("Work it out");
        await desk.PressAsync("Give the places and tell everybody");
        await desk.LooksRightAsync();

        var mine = phone.Url.Split('?')[0];
        await phone.GotoAsync(mine);
        await phone.LooksRightAsync(script: false);
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 3 }).First).ToContainTextAsync(Titles[3]);
        await phone.GetByLabel("Another workshop at 10:45am").SelectOptionAsync(new SelectOptionValue { Label = $"{Titles[1]}, 1: 3 places left" });
        await phone.GetByRole(AriaRole.Button, new() { Name = "Change at 10:45am to 11:45am" }).ClickAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Status)).ToContainTextAsync("Your workshop is changed");
        await phone.GetByRole(AriaRole.Link, new() { Name = "My ticket" }).ClickAsync();
        await phone.LooksRightAsync(script: false);

        var printed = new Dictionary<string, List<Printed>>();
        foreach (var (path, name) in new[] { ("badges", "badges"), ("badges?sheet=labels", "labels"), ("list", "list"), ("catering", "catering") })
        {
            await desk.GotoAsync($"{here}/{path}");
            await desk.LooksRightAsync();
            printed[name] = await PrintAsync(desk, name);
        }

        await desk.GotoAsync($"/sessions/{session.Ref}/programme");
        await desk.LooksRightAsync();
        printed["programme"] = await PrintAsync(desk, "programme");
        BadgesAreOnTheirSheets(printed);
        SheetsSayWhatTheDayNeeds(printed);
        // The pages of a delegate with the scanner, which needs a script.
        var scanned = await chromium.SignedInAsync(await ground.SiteAsync(), amara, 360);
        foreach (var path in new[] { mine, mine.Replace("/conference", "/ticket") })
        {
            await scanned.GotoAsync(path);
            await scanned.LooksRightAsync();
        }
    }

    // Ten delegates, a speaker and a helper: eight badges on a sheet of A4, or fourteen labels, each whole on its own field, and nothing of the site around them.
    private static void BadgesAreOnTheirSheets(Dictionary<string, List<Printed>> printed)
    {
        Assert.Equal([8, 4], printed["badges"].Select(page => page.Count("Neglect Conference") + page.Count("Speaker") + page.Count("Helper")));
        Assert.Equal([12], printed["labels"].Select(page => page.Count("Neglect Conference") + page.Count("Speaker") + page.Count("Helper")));
        foreach (var pages in new[] { printed["badges"], printed["labels"] })
        {
            Assert.All(pages, page => Assert.Equal((210, 297), (page.Width, page.Height)));
            var all = string.Join(' ', pages.Select(page => page.Words));
            Assert.All(new[] { "Osei", "“a-MAH-ra”", "O’Neill", "Wiśniewska", "Ashdown", "“shi-VAWN”", "Estuary", "Reid", "Featherstonehaugh" }, words => Assert.Contains(words, all));
            Assert.All(new[] { "Print", "My learning", "The conference", "eight to cut" }, words => Assert.DoesNotContain(words, all));
        }
    }

    private static void SheetsSayWhatTheDayNeeds(Dictionary<string, List<Printed>> printed)
    {
        // The list, then a sheet for the door of each of fifteen rooms, which begins a page of its own.
        Assert.Contains("10 delegates", printed["list"][0].Words);
        Assert.Equal(15, printed["list"].Count(page => page.Words.Contains("places", StringComparison.Ordinal) && page.Words.Contains("Round ", StringComparison.Ordinal) && !page.Words.Contains("Delegates of", StringComparison.Ordinal)));
        var catering = string.Join(' ', printed["catering"].Select(page => page.Words));
        Assert.Contains("Vegan 1", catering);
        Assert.All(new[] { "Amara", "Osei", "My learning" }, words => Assert.DoesNotContain(words, catering));
        var programme = string.Join(' ', printed["programme"].Select(page => page.Words));
        Assert.All(new[] { "Round 1, 10:45am to 11:45am", "Round 3, 2pm to 3pm", $"{Titles[4]}, 3", "Room E", "Dr Siobhan Ashdown", "Ten minutes’ walk" }, words => Assert.Contains(words, programme));
    }

    /// <param name="Width">Millimetres.</param>
    private sealed record Printed(string Words, int Width, int Height)
    {
        public int Count(string words) => Words.Split(words).Length - 1;
    }

    // What a printer gets, page by page, as its words are read; with PICTURES=folder the PDFs are left there.
    private static async Task<List<Printed>> PrintAsync(IPage page, string name)
    {
        var pdf = await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true, PrintBackground = false });
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), pdf);
        }

        static int Millimetres(double points) => (int)Math.Round(points / 72 * 25.4);
        using var document = UglyToad.PdfPig.PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(one => new Printed(string.Join(' ', one.GetWords().Select(word => word.Text)), Millimetres(one.Width), Millimetres(one.Height)))];
    }

    private async Task<(Session Session, Person Unit)> ConferenceAsync()
    {
        var unit = await Given.Unit();
        var actor = await Given.Actor(unit);
        var session = await Given.Session(await Given.Course(CourseKind.Conference, title: "Neglect Conference"), 260, "2024-06-05 09:00 to 16:00");
        foreach (var (number, times) in new[] { ("10:45", "11:45"), ("12:00", "13:00"), ("14:00", "15:00") }.Index())
        {
            await ground.With((PlanRounds plan) => plan.AddAsync(session.Ref, null, times.Item1, times.Item2, actor));
            await using var db = ground.Db();
            var round = await db.ConferenceRounds.Where(one => one.ConferenceId == session.Id).OrderByDescending(one => one.StartsLocal).FirstAsync();
            foreach (var (room, title) in Titles.Index())
            {
                await ground.With((PlanWorkshop plan) => plan.RunAsync(session.Ref, new(round.Id, $"{title}, {number + 1}", $"Room {"ABCDE"[room]}", room == 0 ? "4" : "5"), actor));
            }
        }

        await ground.With((NameForConference name) => name.AddAsync(session.Ref, new("speaker", "Dr Siobhan Ashdown", "shi-VAWN", "Estuary University", "Siobhan has studied how neglect is noticed, and missed, for fifteen years.", null, null), actor));
        await ground.With((NameForConference name) => name.AddAsync(session.Ref, new("helper", "Callum Reid", null, "College", null, null, null), actor));
        await ground.With((DescribeConference describe) => describe.RunAsync(session.Ref, new("Ten minutes’ walk from the station.\nStep-free throughout.", "Your ticket.", null), actor));
        var agency = await Given.Agency("Essex Partnership University NHS Foundation Trust, adult mental health");
        var names = new[] { ("Bartholomew", "Featherstonehaugh-Cholmondeley"), ("Joe", "Mwangi"), ("Wei", "Li"), ("Oluwaseun", "Adeyemi-Okonkwo"), ("Ann", "Ng"), ("Zoë", "O’Neill"), ("Muhammad", "Abdul Rahman"), ("Agnieszka", "Wiśniewska"), ("Sam", "Jones") };
        foreach (var (given, family) in names)
        {
            var person = await Given.Actor(await Given.Person(agency, given: given, family: family));
            var booking = (BookingOutcome.Confirmed)await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), person));
            await using var db = ground.Db();
            var rounds = await db.ConferenceRounds.Where(one => one.ConferenceId == session.Id).Select(one => new { one.Id, First = db.Sessions.Where(workshop => workshop.RoundId == one.Id).OrderBy(workshop => workshop.Venue).Select(workshop => workshop.Ref).First() }).ToListAsync();
            await ground.With((RankWishes rank) => rank.RunAsync(booking.Id, [.. rounds.Select(one => new TypedWish(one.Id, 1, one.First))], person));
        }

        return (session, unit);
    }
}
