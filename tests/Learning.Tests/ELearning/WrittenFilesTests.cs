using System.Net;
using System.Net.Http.Headers;
using System.Text;

using Learning.Catalogue;
using Learning.ELearning;
using Learning.ELearning.Writing;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.ELearning;

/// <summary>The head of a course, its drawings and its videos are written in the product: drafts, preview, linter and versions as for pages.</summary>
public sealed class WrittenFilesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private const string Drawing = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><path d="M0 0h320v180H0z"/></svg>""";

    private static readonly byte[] Film = [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(new string('x', 5000))];

    private readonly SmallCourse folder = new();
    private WebsiteUnderTest site = null!;
    private Course course = null!;
    private Visitor writer = null!;

    public async Task InitializeAsync()
    {
        course = await ground.Given.Course(CourseKind.ELearning, code: folder.Code);
        site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, services => services.AddSingleton(new ContentFolder(folder.Path)));
        writer = await site.SignedInAsync((await ground.Given.Unit()).Id);
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        folder.Dispose();
    }

    [Fact] // E1
    public async Task The_head_of_a_course_is_a_draft_that_is_previewed_linted_and_published_and_whoever_has_begun_keeps_the_old_one()
    {
        var early = await LearnerAsync();
        await (await early.Get(Start)).Submit("Next");
        var page = await writer.Get(Write("course.yaml"));
        var old = page.Document.QuerySelector("textarea")!.TextContent;
        var wrong = await page.Submit("Preview", ("Input.Words", old.Replace("minutes: 5", "minutes: 0").Replace($"code: {folder.Code}", "code: OTHER")));
        Assert.Contains($"course.yaml:1: the code is OTHER, and this course is {folder.Code}", wrong.Text);
        Assert.Contains("course.yaml:6: minutes is not a number above 0", wrong.Text);
        Assert.Contains("cannot be left out", (await page.Submit("Save the draft", ("Input.Words", ""))).Text);

        page = await page.Submit("Save the draft", ("Input.Words", old.Replace("title: A small course", "title: A better course").Replace("level: Awareness", "level: Practitioner")));
        Assert.Equal("A better course", page.Document.QuerySelector("#preview h3")!.TextContent);
        Assert.Contains("Practitioner", page.Document.QuerySelector("#preview")!.TextContent);
        Assert.Contains("A small course", (await (await LearnerAsync()).Get(Start)).Text);
        await PublishAsync();

        Assert.Contains("A better course", (await (await LearnerAsync()).Get(Start)).Text);
        Assert.Contains("A small course", (await early.Get(Start)).Text);
    }

    [Fact] // E1
    public async Task A_drawing_is_taken_from_a_file_linted_previewed_and_published()
    {
        var page = await TakeAsync("Two Doors.SVG", Encoding.UTF8.GetBytes(Drawing.Replace("<path", "<script>alert(1)</script><path")));
        Assert.EndsWith("file=pictures%2Ftwo-doors.svg&done=taken", page.Path);
        Assert.Contains("pictures/two-doors.svg:1:", page.Document.QuerySelector("#linted")!.TextContent);
        await TakeAsync("two-doors.svg", Encoding.UTF8.GetBytes(Drawing));
        page = await (await writer.Get(Write("pages/01-first.md"))).Submit("Save the draft", ("Input.Words", "---\ntitle: First page\nminutes: 1\n---\nWords.\n\n![Two doors](pictures/two-doors.svg)\n"));
        Assert.StartsWith("data:image/svg+xml;base64,", page.Document.QuerySelector("#preview img")!.GetAttribute("src"));
        await PublishAsync();

        var learner = await LearnerAsync();
        var address = (await learner.Get(Start)).Document.QuerySelector("img.app-picture")!.GetAttribute("src");
        Assert.Equal(Drawing, (await learner.Http.GetStringAsync(address)).TrimEnd());
    }

    [Fact]
    public async Task What_a_course_cannot_hold_is_a_sentence_and_nothing_is_kept()
    {
        foreach (var (name, bytes, sentence) in new (string, byte[], string)[]
        {
            ("photo.svg", new byte[50 * 1024 * 1024], "pictures/photo.svg has 50 MB, and a picture has 200 KB at most"),
            ("photo.png", [1, 2, 3], "Choose a drawing (.svg), captions (.vtt) or a recording (.mp4)"),
            ("drawing.svg", [0xff, 0xfe, 0x00], "pictures/drawing.svg is no text in UTF-8"),
            ("film.mp4", Encoding.ASCII.GetBytes("<html>not a film</html>"), "videos/film.mp4 is no MP4 recording"),
            ("empty.svg", [], "Choose a file first"),
        })
        {
            Assert.Contains(sentence, (await TakeAsync(name, bytes)).Document.QuerySelector(".govuk-error-summary")!.TextContent);
        }

        var page = await (await writer.Get(Write("pictures/big.svg"))).Submit("Save the draft", ("Input.Words", new string('x', 300_000)));
        Assert.Contains("pictures/big.svg has 293 KB, and a picture has 200 KB at most", page.Text);
        Assert.Equal(0L, await ground.Sql<long>($"select (select count(*) from course_saves where course_id = '{course.Id}') + (select count(*) from course_recordings where course_id = '{course.Id}')"));
        var stranger = await site.SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Get(Write("course.yaml"))).Status);
    }

    [Fact] // E1
    public async Task A_video_is_taken_with_captions_and_transcript_and_a_new_recording_needs_a_new_name()
    {
        await TakeAsync("First visit.mp4", Film);
        Assert.Contains("There is a recording videos/first-visit.mp4 already", (await TakeAsync("first-visit.mp4", [.. Film, 1])).Text);
        Assert.Contains("The file is taken", (await TakeAsync("first-visit.mp4", Film)).Text);
        const string Page = "---\ntitle: First page\nminutes: 1\nvideo: {title: A visit, file: videos/first-visit.mp4, captions: videos/first-visit.vtt, transcript: videos/first-visit.md}\n---\nWords.\n";
        var page = await (await writer.Get(Write("pages/01-first.md"))).Submit("Save the draft", ("Input.Words", Page));
        Assert.Contains("the video has no captions", page.Text);
        await TakeAsync("first-visit.vtt", Encoding.UTF8.GetBytes("WEBVTT\n\n00:00:01.000 --> 00:00:09.000\nChloe: Come in.\n"));
        await (await writer.Get(Write("videos/first-visit.md"))).Submit("Save the draft", ("Input.Words", "Chloe says: Come in."));
        await PublishAsync();

        var learner = await LearnerAsync();
        var video = (await learner.Get(Start)).Document.QuerySelector("video")!;
        Assert.Equal(Film, await learner.Http.GetByteArrayAsync(video.QuerySelector("source")!.GetAttribute("src")));
        using var part = new HttpRequestMessage(HttpMethod.Get, video.QuerySelector("source")!.GetAttribute("src")) { Headers = { Range = new RangeHeaderValue(4, 7) } };
        var answer = await learner.Http.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, "ftyp"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.StartsWith("WEBVTT", await learner.Http.GetStringAsync(video.QuerySelector("track")!.GetAttribute("src")));
    }

    [Theory]
    [InlineData("Two doors.SVG", "pictures/two-doors.svg")]
    [InlineData("../../etc/passwd.svg", "pictures/passwd.svg")]
    [InlineData("..\\x.svg", "pictures/x.svg")]
    [InlineData("é!.vtt", "videos/file.vtt")]
    [InlineData("visit.mp4", "videos/visit.mp4")]
    [InlineData("course.yaml", null)]
    [InlineData("", null)]
    public void The_name_in_the_course_follows_from_the_files_and_leaves_no_folder(string name, string? file)
    {
        Assert.Equal(file, TakeCourseFile.NameOf(name));
        Assert.True(file is null || FolderFile.IsRecording(file) || CourseDraft.IsWritable(file));
    }

    private string Start => $"/learn/{folder.Code}";

    private string Write(string file) => $"/manage/courses/{folder.Code}/write?file={Uri.EscapeDataString(file)}";

    private async Task<Visitor> LearnerAsync() => await site.SignedInAsync((await ground.Given.Person(await ground.Given.Agency())).Id);

    private async Task<Page> TakeAsync(string name, byte[] bytes) => await (await writer.Get(Write("course.yaml"))).Upload("Take it", "Upload.File", name, bytes);

    private async Task PublishAsync() => Assert.Contains("is published", (await (await writer.Get($"/manage/courses/{folder.Code}/versions")).Submit("Publish", ("Input.Note", "Better"))).Text);
}
