using System.Net;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.Tests.Support;

namespace Learning.Tests.Catalogue;

public class CoursesPageTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Theory]
    [InlineData("Zebra crossing")]   // its title, both words in any order
    [InlineData("crossing zebra")]
    [InlineData("ZEBRA1")]           // its code
    [InlineData("estuary zebra")]    // a venue
    public async Task A_course_is_found_by_its_title_its_code_and_its_venue(string words)
    {
        if (await ground.Sql<long>("select count(*) from courses where code = 'ZEBRA1'") == 0)
        {
            await Given.Session(await Given.Course(title: "Zebra crossing", code: "ZEBRA1"));
            await Given.Session(await Given.Course(title: "Something else"));
        }

        Assert.Equal(["Zebra crossing"], await TitlesAsync($"/courses?q={Uri.EscapeDataString(words)}"));
    }

    [Fact]
    public async Task A_course_is_found_by_the_words_of_its_text()
    {
        await Given.Course(CourseKind.ELearning, title: "Everybody", code: "SIEB");

        Assert.Equal(["Everybody"], await TitlesAsync("/courses?q=factual+note"));
    }

    [Fact]
    public async Task The_filters_keep_what_is_asked_for_and_nothing_else()
    {
        var (council, police) = (await Given.Agency(), await Given.Agency());
        var forum = await Given.Course(CourseKind.Forum, police, Board.Children, title: "Filter forum");
        var webinar = await Given.Course(CourseKind.Webinar, council, Board.Adults, title: "Filter webinar");
        await Given.Course(CourseKind.ELearning, council, Board.Joint, title: "Filter e-learning");
        var programme = await Given.Programme(webinar);
        await Given.Session(forum, 20, "2024-07-01 09:30 to 16:00");
        var full = await Given.Session(webinar, 1, "2024-08-01 09:30 to 16:00");
        await Given.Booking(full, await Given.Person());

        Assert.Equal(["Filter forum", "Filter webinar", "Filter e-learning"], await TitlesAsync("/courses?q=filter"));
        Assert.Equal(["Filter webinar"], await TitlesAsync("/courses?q=filter&kind=webinar"));
        Assert.Equal(["Filter webinar", "Filter e-learning"], await TitlesAsync("/courses?q=filter&kind=webinar&kind=e-learning"));
        Assert.Equal(["Filter forum"], await TitlesAsync("/courses?q=filter&board=children"));
        Assert.Equal(["Filter forum"], await TitlesAsync($"/courses?q=filter&agency={police.Code.ToLowerInvariant()}"));
        Assert.Equal(["Filter webinar"], await TitlesAsync($"/courses?q=filter&programme={programme.Code}"));
        Assert.Equal(["Filter webinar"], await TitlesAsync("/courses?q=filter&from=2024-08-01"));
        Assert.Equal(["Filter forum"], await TitlesAsync("/courses?q=filter&until=1/7/2024"));
        Assert.Empty(await TitlesAsync("/courses?q=filter&until=30/6/2024"));
        Assert.Equal(["Filter forum", "Filter e-learning"], await TitlesAsync("/courses?q=filter&places=free"));
    }

    [Fact]
    public async Task What_is_not_published_yet_or_withdrawn_is_not_listed()
    {
        var (later, gone) = (await Given.Course(title: "Hidden later"), await Given.Course(title: "Hidden gone"));
        await ground.Sql($"update courses set published_on = '2024-05-16' where id = '{later.Id}'");
        await ground.Sql($"update courses set withdrawn_on = '2024-05-15' where id = '{gone.Id}'");

        Assert.Empty(await TitlesAsync("/courses?q=hidden"));

        var site = await ground.SiteAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Get($"/courses/{later.Code}")).Status);
        Assert.Contains("No longer offered", (await site.Visitor().Get($"/courses/{gone.Code}")).Text);
    }

    [Fact]
    public async Task A_cancelled_session_a_past_one_and_a_workshop_are_no_next_date()
    {
        var course = await Given.Course(title: "Dateless");
        await Given.Session(course, 20, "2024-05-14 09:30 to 16:00");
        var cancelled = await Given.Session(course);
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{cancelled.Id}'");
        var workshop = await Given.Session(course);
        var conference = await Given.Session();
        await ground.Sql($"update sessions set parent_id = '{conference.Id}' where id = '{workshop.Id}'");

        var page = await (await ground.SiteAsync()).Visitor().Get("/courses?q=dateless");

        Assert.Contains("No date at the moment", page.Text);
    }

    [Fact]
    public async Task A_date_that_is_none_is_said_beside_its_field_and_filters_nothing()
    {
        await Given.Course(title: "Whenever");

        var page = await (await ground.SiteAsync()).Visitor().Get("/courses?q=whenever&from=31/02/2024");

        Assert.Contains("“31/02/2024” is not a date", page.Text);
        Assert.Equal("w-from-error", page.Document.GetElementById("w-from")!.GetAttribute("aria-describedby"));
        Assert.Contains("1 course", page.Text);
    }

    [Fact]
    public async Task Ten_are_shown_at_first_and_more_on_request()
    {
        for (var i = 0; i < 12; i++) await Given.Course(title: $"Plenty {i}");
        var page = await (await ground.SiteAsync()).Visitor().Get("/courses?q=plenty");

        Assert.Equal(10, page.Document.QuerySelectorAll(".app-courses > li").Length);
        Assert.EndsWith("#course-11", page.Document.QuerySelector(".app-more a")!.GetAttribute("href"));
        var more = await page.Follow("Show 2 more courses");
        Assert.NotNull(more.Document.GetElementById("course-11"));

        Assert.Equal(12, more.Document.QuerySelectorAll(".app-courses > li").Length);
        Assert.DoesNotContain("more course", more.Text);
    }

    [Fact]
    public async Task The_form_keeps_the_words_and_a_filter_can_be_taken_away()
    {
        await Given.Course(CourseKind.Forum, title: "Kept forum");
        var page = await (await ground.SiteAsync()).Visitor().Get("/courses?q=kept");

        var filtered = await page.Submit("Show results", ("kind", "forum"));
        Assert.Contains("q=kept", filtered.Path);
        Assert.Contains("kind=forum", filtered.Path);
        Assert.Contains("1 course", filtered.Text);

        var freed = await filtered.Follow("Remove filter Forum ×");
        Assert.Equal("/courses?q=kept", freed.Path);
    }

    [Fact]
    public async Task Nothing_found_says_so_and_offers_a_way_on()
    {
        var page = await (await ground.SiteAsync()).Visitor().Get("/courses?q=nosuchword");

        Assert.Contains("No course matches all of this", page.Text);
        Assert.Equal("/courses", (await page.Follow("Show all courses")).Path);
    }

    private async Task<string[]> TitlesAsync(string path)
    {
        var page = await (await ground.SiteAsync()).Visitor().Get(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return [.. page.Document.QuerySelectorAll(".app-courses h3").Select(title => title.TextContent.Trim())];
    }
}
