using Learning.Commands;
using Learning.ELearning;

namespace Learning.Tests.ELearning;

/// <summary>What a writer may put into a page and a quiz, and what the linter says of each mistake, by file and line.</summary>
public sealed class CourseFormatTests : IDisposable
{
    private const string Drawing = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><path d="M0 0h320v180H0z" fill="#fff"/><text x="9" y="9">A</text></svg>""";

    private readonly SmallCourse folder = new();

    public CourseFormatTests()
    {
        Directory.CreateDirectory(Path.Combine(folder.CourseFolder, "pictures"));
        Directory.CreateDirectory(Path.Combine(folder.CourseFolder, "videos"));
    }

    public void Dispose() => folder.Dispose();

    private CourseText Course => new CourseLibrary(new ContentFolder(folder.Path)).Current(folder.Code).Text!;

    private IReadOnlyList<string> Faults => new CourseLibrary(new ContentFolder(folder.Path)).Current(folder.Code).Faults;

    private void Page(string head, string body = "Some words.") => folder.Write("pages/01-first.md", $"---\ntitle: First page\nminutes: 1\n{head}---\n{body}\n");

    [Fact]
    public void A_page_has_a_question_a_box_a_picture_and_a_video_and_nothing_is_wrong()
    {
        folder.Write("pictures/two-doors.svg", Drawing);
        folder.Write("videos/visit.vtt", "WEBVTT\n\n00:00:01.000 --> 00:02:59.000\nChloe: Come in.\n");
        folder.Write("videos/visit.md", "Chloe opens the door and says: Come in.\n");
        folder.Write("videos/visit.mp4", "");
        Page("""
            check:
              text: Which door?
              options:
                - {text: The left, right: true, feedback: Yes.}
                - {text: The right, feedback: Not this one.}
            reflection: Which door would you take?
            video: {title: A visit, file: videos/visit.mp4, captions: videos/visit.vtt, transcript: videos/visit.md, warning: Somebody shouts.}

            """, "Words.\n\n![Two doors, one open](pictures/two-doors.svg)\n\nMore words.");

        Assert.Empty(Faults);
        var page = Course.Pages[0];
        Assert.Equal(("Which door?", "Which door would you take?", "A visit"), (page.Check!.Text, page.Reflection, page.Video!.Title));
        var html = CourseMarkdown.ToHtml(page.Markdown, pictures: new CoursePictures(folder.Code, Course.Files));
        Assert.Contains($"<img src=\"/learn/{folder.Code}/files/{Course.Digest}/pictures/two-doors.svg\" class=\"app-picture\" width=\"320\" height=\"180\" alt=\"Two doors, one open\" />", html);
        Assert.DoesNotContain("Two doors", string.Join(' ', PlainText.Sentences(page.Markdown)));
    }

    [Theory]
    [InlineData("check:\n  text: Which?\n  options:\n    - {text: A, right: true, feedback: Yes.}\n", "4: the check has fewer than two options")]
    [InlineData("check:\n  text: Which?\n  options:\n    - {text: A, right: true, feedback: Yes.}\n    - {text: B}\n", "4: the check has an option without text or feedback")]
    [InlineData("check:\n  text: Which?\n  options:\n    - {text: A, right: true, feedback: Yes.}\n    - {text: B, right: true, feedback: No.}\n", "4: the check has 2 right options, a single one needs exactly 1")]
    [InlineData("check:\n  id: one\n  text: ''\n  options:\n    - {text: A, right: true, feedback: Yes.}\n    - {text: B, feedback: No.}\n", "4: the check has no text")]
    [InlineData("reflection: ''\n", "4: the reflection is a question or a sentence of 1 to 60 words")]
    [InlineData("check:\n  txt: Which?\n", "5: there is no key “txt” here")]
    [InlineData("video: {title: A visit, file: videos/no.mp4, captions: videos/no.vtt, transcript: videos/no.md}\n", "4: videos/no.mp4 is not in the course’s folder")]
    [InlineData("video: {title: A visit, file: videos/no.mp4}\n", "4: the video has no captions: name a file like videos/first-visit.vtt, which is in the course’s folder")]
    [InlineData("video: {title: A visit, file: videos/no.mp4}\n", "4: the video has no transcript: name a file like videos/first-visit.md, which is in the course’s folder")]
    [InlineData("video: {file: https://video.example/x}\n", "4: the video’s file is one like videos/first-visit.mp4")]
    public void A_mistake_in_a_pages_head_is_named_with_its_line(string head, string fault)
    {
        Page(head);

        Assert.Contains(Faults, one => one.StartsWith($"pages/01-first.md:{fault}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("![](pictures/two-doors.svg)", "7: the picture has no alternative text")]
    [InlineData("![Doors](https://pictures.example/doors.svg)", "7: a picture is a file of the course’s own folder")]
    [InlineData("![Doors](pictures/../course.yaml)", "7: a picture is a file of the course’s own folder")]
    [InlineData("![Doors](pictures/none.svg)", "7: pictures/none.svg is not in the course’s folder")]
    public void A_mistake_with_a_picture_is_named_with_its_line(string body, string fault)
    {
        folder.Write("pictures/two-doors.svg", Drawing);
        Page("", $"Some words.\n\n{body}");

        Assert.Contains(Faults, one => one.StartsWith($"pages/01-first.md:{fault}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "has <script>")]
    [InlineData("<path d='' onclick='alert(1)'/>", "has the event handler onclick")]
    [InlineData("<a href='javascript:alert(1)'/>", "has <a>")]
    [InlineData("<use href='https://elsewhere.example/x.svg#a'/>", "refers to something outside the picture: href")]
    [InlineData("<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='data:text/html,x'/>", "refers to something outside the picture: href")]
    [InlineData("<image href='#x'/>", "has <image>")]
    [InlineData("<foreignObject/>", "has <foreignObject>")]
    [InlineData("<animate attributeName='x'/>", "has <animate>")]
    [InlineData("<rect style='fill:url(https://elsewhere.example/)'/>", "refers to something outside the picture: style")]
    [InlineData("<style>@import 'https://elsewhere.example/x.css';</style>", "has a style that loads something, or moves")]
    [InlineData("<style>a{background:u\\72l(//elsewhere.example)}</style>", "has a style that loads something, or moves")]
    [InlineData("<text>The children’s front door</text>", "has the words “The children’s front door”")]
    [InlineData("<?xml-stylesheet href='x.css'?>", "has a processing instruction")]
    [InlineData("<g>", "is no well-formed SVG")]
    public void A_drawing_that_does_more_than_draw_is_refused(string part, string fault)
    {
        folder.Write("pictures/two-doors.svg", $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">\n{part}\n</svg>");

        Assert.Contains(Faults, one => one.StartsWith("pictures/two-doors.svg:", StringComparison.Ordinal) && one.Contains(fault, StringComparison.Ordinal));
        Assert.Contains(Faults, one => one.StartsWith("pictures/two-doors.svg:2:", StringComparison.Ordinal) || fault == "is no well-formed SVG");
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "begins with <svg")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", "is no well-formed SVG, or has a document type")]
    [InlineData("", "is no well-formed SVG")]
    public void A_drawing_is_an_SVG_that_fits_every_screen_and_brings_no_document_type(string svg, string fault)
    {
        folder.Write("pictures/two-doors.svg", svg);

        Assert.Contains(Faults, one => one.StartsWith("pictures/two-doors.svg:1: " + fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_of_50_MB_is_refused_by_its_size_and_not_read()
    {
        using (var file = File.Create(Path.Combine(folder.CourseFolder, "pictures", "photograph.svg")))
        {
            file.SetLength(50 * 1024 * 1024);
        }

        File.WriteAllText(Path.Combine(folder.CourseFolder, "pictures", "photo.jpg"), "x");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var faults = Faults;

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
        Assert.Contains("pictures/photograph.svg:1: has 50 MB, and a picture has 200 KB at most. Draw it with fewer points, and without a photograph inside", faults);
        Assert.Contains(faults, one => one.StartsWith("pictures/photo.jpg:1: is no picture that a course can show", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("one\n\n00:01.000 --> 00:02.000\nx", "videos/visit.vtt:1: captions begin with WEBVTT")]
    [InlineData("WEBVTT\n\n00:00:01.000 --> 00:03:01.000\nx", "videos/visit.vtt:1: the video is longer than 3 minutes")]
    public void Captions_are_captions_and_a_video_is_short(string captions, string fault)
    {
        folder.Write("videos/visit.vtt", captions);
        folder.Write("videos/visit.md", " \n");
        folder.Write("videos/visit.mp4", "");
        Page("video: {title: A visit, file: videos/visit.mp4, captions: videos/visit.vtt, transcript: videos/visit.md}\n");

        Assert.Contains(Faults, one => one.StartsWith(fault, StringComparison.Ordinal));
        Assert.Contains("videos/visit.md:1: the transcript is empty", Faults);
    }

    [Fact]
    public void A_change_that_a_coarse_clock_does_not_show_is_seen_all_the_same()
    {
        var (library, file) = (new CourseLibrary(new ContentFolder(folder.Path)), Path.Combine(folder.CourseFolder, "pages", "01-first.md"));
        Page("", "Some words.");
        var written = File.GetLastWriteTimeUtc(file);
        Assert.Contains("Some words.", library.Current(folder.Code).Text!.Pages[0].Markdown);
        Page("", "Some other");
        Page("", "Same words.");
        File.SetLastWriteTimeUtc(file, written);

        Assert.Contains("Same words.", library.Current(folder.Code).Text!.Pages[0].Markdown);
    }

    [Fact]
    public void A_pool_draws_from_enough_questions_and_every_question_is_in_one_that_exists() // E3
    {
        folder.Write("quiz.yaml", folder.Quiz.Replace("questions:", "pools: {law: 2, none: 1}\nquestions:").Replace("id: one\n", "id: one\n    pool: law\n").Replace("id: several\n", "id: several\n    pool: lew\n"));

        Assert.Equal(
            [
                "quiz.yaml:6: the pool law draws 2 of its 1 questions", "quiz.yaml:6: the pool none draws 1 of its 0 questions",
                "quiz.yaml:16: several is in the pool lew, which is not under pools",
            ],
            Faults);
    }

    [Fact]
    public void An_outcome_is_tested_twice_in_every_try_whatever_is_drawn() // E3
    {
        var outcomes = File.ReadAllText(Path.Combine(folder.CourseFolder, "course.yaml")) + "outcomes: {1: Say it.}\n";
        folder.Write("course.yaml", outcomes);
        folder.Write("quiz.yaml", folder.Quiz.Replace("questions:", "pools: {all: 1}\nquestions:").Replace("id: one\n", "id: one\n    pool: all\n    outcome: [1]\n").Replace("id: several\n", "id: several\n    pool: all\n    outcome: [1]\n"));

        Assert.Equal(["quiz.yaml:7: outcome 1 is tested by 1 questions in every try, it needs 2"], Faults);
    }

    [Fact]
    public async Task The_command_prints_every_mistake_with_course_file_and_line_and_fails()
    {
        Page("reflection: ''\n", "![](pictures/none.svg) {{front_door}}");
        folder.Write("quiz.yaml", folder.Quiz.Replace("pass_mark: 80", "pass_mark: 0"));
        var output = new StringWriter();

        Assert.Equal(1, await CoursesCommand.CheckAsync(folder.Path, output));
        var course = folder.Code.ToLowerInvariant();
        Assert.Equal(
            [
                $"{course}/pages/01-first.md:6: uses the local contact front_door, which course.yaml does not name under local",
                $"{course}/pages/01-first.md:4: the reflection is a question or a sentence of 1 to 60 words",
                $"{course}/pages/01-first.md:6: the picture has no alternative text: write its point between the square brackets, as in ![what it shows](pictures/two-doors.svg)",
                $"{course}/pages/01-first.md:6: pictures/none.svg is not in the course’s folder",
                $"{course}/quiz.yaml:3: pass_mark is a percentage from 1 to 100",
                "5 mistakes.",
            ],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
