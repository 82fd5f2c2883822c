using System.Text.RegularExpressions;

namespace Learning.ELearning;

/// <summary>Turns the texts of a course into what can be shown and played.</summary>
public static partial class ReadCourse
{
    /// <exception cref="ContentException">A file is missing or cannot be read.</exception>
    public static CourseText From(CourseFiles files)
    {
        var head = Yaml<CourseHead>(files, "course.yaml")
            ?? throw new ContentException("course.yaml:1: is missing");
        return new CourseText(
            head,
            [.. files.Pages.Select(path => Page(path, files.Texts[path]))],
            Yaml<CaseStudy>(files, "case.yaml"),
            Yaml<Quiz>(files, "quiz.yaml"),
            files);
    }

    private static T? Yaml<T>(CourseFiles files, string file)
        where T : class, new() =>
        files.Texts.TryGetValue(file, out var text) ? CourseYaml.Read<T>(file, text) : null;

    private static CoursePage Page(string path, string text)
    {
        var (yaml, body) = CourseYaml.Split(path, text);
        var head = CourseYaml.Read<PageHead>(path, yaml, below: 1);
        return new CoursePage(PageName().Match(path).Groups[1].Value, head.Title, head.Minutes, body)
        {
            File = path,
            FirstLine = text[..^body.Length].Count(letter => letter == '\n') + 1,
            Check = head.Check,
            Reflection = head.Reflection,
            Video = head.Video,
        };
    }

    private sealed record PageHead
    {
        public string Title { get; init; } = "";
        public int Minutes { get; init; }
        public Question? Check { get; init; }
        public string? Reflection { get; init; }
        public CourseVideo? Video { get; init; }
    }

    [GeneratedRegex(@"^pages/(?:\d+-)?(.+)\.md$")]
    private static partial Regex PageName();
}
