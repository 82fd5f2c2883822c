using System.Net;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.Tests.Support;

namespace Learning.Tests.Web;

public class HomePageTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact]
    public async Task The_start_page_shows_a_persons_own_next_steps_and_nobody_elses() // S2
    {
        var (reader, other) = (await Given.Person(await Given.Agency()), await Given.Person());
        var mine = await Given.Session(await Given.Course(title: "Mine to attend"));
        var theirs = await Given.Session(await Given.Course(title: "Theirs to attend"));
        var cancelled = await Given.Session(await Given.Course(title: "Given up"));
        await Given.Booking(mine, reader);
        await Given.Booking(theirs, other);
        await Given.Booking(cancelled, reader, BookingState.Cancelled);

        var page = await (await (await ground.SiteAsync()).SignedInAsync(reader.Id)).Get("/");

        var steps = page.Document.QuerySelector(".app-hero__you")!.TextContent;
        Assert.Contains("Monday 3 June, 9:30am", steps);
        Assert.Contains("Mine to attend", steps);
        Assert.DoesNotContain("Theirs to attend", steps);
        Assert.DoesNotContain("Given up", steps);
    }

    [Fact]
    public async Task A_visitor_finds_the_next_sessions_the_courses_and_the_way_to_sign_in()
    {
        var session = await Given.Session(await Given.Course(CourseKind.Webinar, title: "Lunch and learn"), 20, "2024-05-16 12:30 to 13:15");

        var page = await (await ground.SiteAsync()).Visitor().Get("/");

        Assert.Equal("/sessions/" + session.Ref, page.Document.QuerySelector(".app-catalogue__next a")!.GetAttribute("href"));
        Assert.Contains("Lunch and learn", page.Document.QuerySelector(".app-courses")!.TextContent);
        Assert.Equal("/account/sign-in", page.Document.QuerySelector(".app-hero__you a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/help", "Help")]
    [InlineData("/accessibility", "Accessibility")]
    [InlineData("/privacy", "Privacy")]
    [InlineData("/cookies", "Cookies")]
    public async Task The_pages_of_words_are_there_for_everybody(string path, string title)
    {
        var page = await (await ground.SiteAsync()).Visitor().Get(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(title, page.Document.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.Document.QuerySelector(".app-prose :is(p, table)"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    [InlineData("/help")]
    [InlineData("/account/sign-in")]
    public async Task A_page_says_its_language_and_name_and_holds_no_style_or_script_of_its_own(string path)
    {
        var document = (await (await ground.SiteAsync()).Visitor().Get(path)).Document;

        Assert.Equal("en-GB", document.DocumentElement.GetAttribute("lang"));
        Assert.EndsWith(" – Learning", document.Title);
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Equal("#main-content", document.QuerySelector(".govuk-skip-link")!.GetAttribute("href"));
        Assert.NotNull(document.QuerySelector("main#main-content"));
        Assert.Empty(document.QuerySelectorAll("[style], style, script:not([src])"));
        Assert.DoesNotContain(document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }
}
