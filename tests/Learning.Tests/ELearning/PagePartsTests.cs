using System.Net;

using Learning.Accounts;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.ELearning;

/// <summary>A page's own question, the box for one's own words, and pictures, as a learner without JavaScript meets them.</summary>
public sealed class PagePartsTests : IClassFixture<Ground>, IAsyncLifetime
{
    private const string Drawing = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><path d="M0 0h320v180H0z"/></svg>""";

    private readonly Ground ground;
    private readonly SmallCourse folder = new();
    private WebsiteUnderTest site = null!;

    public PagePartsTests(Ground ground)
    {
        this.ground = ground;
        Directory.CreateDirectory(Path.Combine(folder.CourseFolder, "pictures"));
        Directory.CreateDirectory(Path.Combine(folder.CourseFolder, "videos"));
        folder.Write("pictures/two-doors.svg", Drawing);
        folder.Write("videos/visit.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\nChloe: Come in.\n");
        folder.Write("videos/visit.md", "Chloe says: Come in.\n");
        folder.Write("videos/visit.mp4", "moving pictures");
        folder.Write("pages/01-first.md", """
            ---
            title: First page
            minutes: 1
            check:
              text: Which door?
              kind: multiple
              options:
                - {text: The left, right: true, feedback: The left one is open.}
                - {text: “The middle”, right: true, feedback: The middle one is open.}
                - {text: The right, feedback: Not the right one.}
            reflection: Which door would you take?
            ---
            Words. ![Two doors, one open](pictures/two-doors.svg)

            """.ReplaceLineEndings("\n"));
        folder.Write("pages/02-second.md", "---\ntitle: Second page\nminutes: 1\nvideo: {title: A visit, file: videos/visit.mp4, captions: videos/visit.vtt, transcript: videos/visit.md, warning: Somebody shouts.}\n---\nMore.\n");
    }

    private string Start => $"/learn/{folder.Code}";

    public async Task InitializeAsync()
    {
        await ground.Given.Course(CourseKind.ELearning, code: folder.Code);
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ContentFolder(folder.Path)));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_answer_to_a_pages_question_is_judged_on_the_server_kept_and_counted_nowhere() // E2, E3
    {
        var (person, learner) = await LearnerAsync();
        var page = await learner.Get(Start);
        Assert.DoesNotContain("is open", page.Document.DocumentElement.OuterHtml);
        Assert.Contains("Choose an answer first", (await page.Submit("Check answer")).Document.QuerySelector(".govuk-error-summary")!.TextContent);

        var told = await page.Submit("Check answer", ("Input.Chosen", "2"));
        Assert.Contains("Another answer is better", told.Text);
        Assert.Equal(["Not the right one.", "“The left”: The left one is open.", "“The middle”: The middle one is open."], told.Document.QuerySelectorAll("#feedback p").Select(p => p.TextContent));

        var again = await (await site.SignedInAsync(person.Id)).Get(Start);
        Assert.NotNull(again.Document.QuerySelector("#feedback"));
        Assert.True(again.Document.QuerySelector("input[value='2']")!.HasAttribute("checked"));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from quiz_answers a join learning_attempts t on t.id = a.attempt_id where t.person_id = '{person.Id}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from page_checks a join learning_attempts t on t.id = a.attempt_id where t.person_id = '{person.Id}' and not correct"));
    }

    [Fact]
    public async Task Next_is_open_without_an_answer_and_shows_the_feedback_first_where_one_was_chosen()
    {
        var (_, learner) = await LearnerAsync();
        var page = await learner.Get(Start);

        Assert.Contains("Not the right one", (await page.Submit("Next", ("Input.Chosen", "2"))).Text);
        Assert.Equal($"{Start}?page=second", (await (await learner.Get(Start)).Submit("Next")).Path);
    }

    [Fact]
    public async Task An_answer_to_a_question_that_no_page_asks_or_that_is_not_on_the_page_is_a_sentence()
    {
        var (person, learner) = await LearnerAsync();
        var page = await learner.Get(Start);

        Assert.Contains("Choose one of the answers on the page", (await page.Submit("Check answer", ("Input.Chosen", "7"))).Text);
        await ground.With<CourseLibrary>(async _ =>
        {
            var actor = await ground.Given.Actor(person);
            var library = new CourseLibrary(new ContentFolder(folder.Path));
            await ground.With<LearningDb>(async db => Assert.NotNull(await new AnswerPageCheck(db, library, ground.Zone).DoAsync(actor, folder.Code, "second", new Sent([0]))));
            await ground.With<LearningDb>(async db => Assert.NotNull(await new KeepReflection(db, library, ground.Zone).DoAsync(actor, folder.Code, "second", "Words")));
        });
    }

    [Fact]
    public async Task Ones_own_words_are_kept_by_every_button_found_on_another_device_and_deleted_by_an_empty_box() // E2
    {
        var (person, learner) = await LearnerAsync();
        await (await learner.Get(Start)).Submit("Next", ("Input.Note", "  The middle one,\r\nI think <b>. "));

        var there = await (await site.SignedInAsync(person.Id)).Get($"{Start}?page=first");
        Assert.Equal("The middle one,\nI think <b>.", there.Document.QuerySelector("textarea")!.TextContent.Trim());
        var cleared = await there.Submit("Keep my note", ("Input.Note", " "));
        Assert.Equal("", cleared.Document.QuerySelector("textarea")!.TextContent.Trim());
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from reflections r join learning_attempts t on t.id = r.attempt_id where t.person_id = '{person.Id}'"));
    }

    [Fact]
    public async Task Too_many_words_are_refused_beside_the_box_and_stay_in_it()
    {
        var (_, learner) = await LearnerAsync();
        var refused = await (await learner.Get(Start)).Submit("Keep my note", ("Input.Note", new string('x', 4001)));

        Assert.Contains("A note has at most 4,000 letters, and yours has 4,001", refused.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal(4001, refused.Document.QuerySelector("textarea")!.TextContent.Trim().Length);
    }

    [Fact]
    public async Task My_notes_are_read_taken_away_and_deleted_by_me_and_seen_by_nobody_else() // S2
    {
        var (_, learner) = await LearnerAsync();
        await (await learner.Get(Start)).Submit("Keep my note", ("Input.Note", "A private thought"));
        var notes = await learner.Get("/my/notes");
        Assert.Contains("Which door would you take? A private thought", notes.Text);
        Assert.Contains("A private thought", await learner.Http.GetStringAsync("/my/notes.txt"));

        var (_, other) = await LearnerAsync();
        await (await other.Get(Start)).Submit("Keep my note", ("Input.Note", "Something else"));
        var id = notes.Document.QuerySelector("button[name='Input.Id']")!.GetAttribute("value")!;
        Assert.DoesNotContain("A private thought", (await other.Get("/my/notes")).Text);
        await (await other.Get("/my/notes")).Submit("Delete your note on First page", ("Input.Id", id));
        Assert.Contains("A private thought", (await learner.Get("/my/notes")).Text);

        Assert.Contains("You have no notes", (await notes.Submit("Delete your note on First page", ("Input.Id", id))).Text);
    }

    [Fact]
    public async Task The_business_unit_reads_in_what_is_held_that_there_is_a_note_and_never_its_words() // S2, P5
    {
        var (person, learner) = await LearnerAsync();
        await (await learner.Get(Start)).Submit("Keep my note", ("Input.Note", "A private thought"));
        var unit = await site.SignedInAsync((await ground.Given.Unit()).Id);

        foreach (var form in new[] { "html", "json" })
        {
            var theirs = await unit.Http.GetStringAsync($"/manage/people/{person.Id}/everything?as={form}");
            Assert.DoesNotContain("A private thought", theirs);
            Assert.Contains("Only the person themselves can read this", theirs);
            Assert.Contains("A private thought", await learner.Http.GetStringAsync($"/account/privacy/everything?as={form}"));
        }
    }

    [Fact]
    public async Task A_picture_comes_with_a_policy_that_lets_it_do_nothing_and_only_to_who_is_signed_in() // S1
    {
        var (_, learner) = await LearnerAsync();
        var address = (await learner.Get(Start)).Document.QuerySelector("img.app-picture")!.GetAttribute("src")!;
        var picture = await learner.Http.GetAsync(address);

        Assert.Equal(("image/svg+xml", Drawing), (picture.Content.Headers.ContentType!.MediaType, await picture.Content.ReadAsStringAsync()));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'", picture.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("immutable", picture.Headers.CacheControl!.ToString());
        Assert.StartsWith(SignIn.Page, (await site.Visitor().Get(address)).Path);
        foreach (var wrong in new[] { address.Replace("two-doors", "three-doors"), address.Replace("pictures/two-doors.svg", "pages/01-first.md"), address.Replace(folder.Code, "SIEB"), $"{Start}/files/{new string('b', 64)}/pictures/two-doors.svg" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await learner.Http.GetAsync(wrong)).StatusCode);
        }
    }

    [Fact]
    public async Task Who_began_an_old_version_sees_its_picture_when_the_folder_has_another() // E1
    {
        var (_, learner) = await LearnerAsync();
        var page = await learner.Get(Start);
        await page.Submit("Next");
        folder.Write("pictures/two-doors.svg", Drawing.Replace("320", "640"));

        var address = (await learner.Get($"{Start}?page=first")).Document.QuerySelector("img.app-picture")!.GetAttribute("src")!;
        Assert.Equal(Drawing, await learner.Http.GetStringAsync(address));
        folder.Write("pictures/two-doors.svg", Drawing);
    }

    [Fact]
    public async Task A_video_has_captions_on_a_transcript_beside_it_and_never_starts_by_itself()
    {
        var (_, learner) = await LearnerAsync();
        var page = await (await learner.Get(Start)).Submit("Next");
        var video = page.Document.QuerySelector("video")!;

        Assert.False(video.HasAttribute("autoplay"));
        Assert.True(video.QuerySelector("track[kind=captions]")!.HasAttribute("default"));
        Assert.Contains("Chloe says: Come in.", page.Text);
        Assert.Contains("Somebody shouts. You can read the transcript instead.", page.Text);
        var recording = await learner.Http.GetAsync(video.QuerySelector("source")!.GetAttribute("src"));
        Assert.Equal(("video/mp4", "bytes"), (recording.Content.Headers.ContentType!.MediaType, recording.Headers.AcceptRanges.Single()));
        Assert.StartsWith("WEBVTT", await learner.Http.GetStringAsync(video.QuerySelector("track")!.GetAttribute("src")));
    }

    [Fact]
    public async Task A_course_whose_topic_can_put_a_learner_at_risk_has_a_link_away_on_every_page_and_another_has_none()
    {
        var (_, learner) = await LearnerAsync();
        Assert.Null((await learner.Get(Start)).Document.QuerySelector("a[data-leave]"));

        folder.Write("course.yaml", File.ReadAllText(Path.Combine(folder.CourseFolder, "course.yaml")) + "quick_exit: true\n");
        var page = await learner.Get(Start);
        Assert.Equal("https://www.bbc.co.uk/weather", page.Document.QuerySelector("a[data-leave]")!.GetAttribute("href"));
        Assert.NotNull((await page.Submit("Next")).Document.QuerySelector("a[data-leave]"));
    }

    private async Task<(Person Person, Visitor Learner)> LearnerAsync()
    {
        var person = await ground.Given.Person(await ground.Given.Agency());
        return (person, await site.SignedInAsync(person.Id));
    }
}
