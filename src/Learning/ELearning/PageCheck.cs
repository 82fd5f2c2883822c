namespace Learning.ELearning;

/// <summary>What must hold for a page: plain English, and whole questions, reflections and videos.</summary>
internal static class PageCheck
{
    /// <summary>Words that the invitation to think about something has at most.</summary>
    public const int LongestReflection = 60;

    public static IEnumerable<string> Of(CourseText course, CoursePage page) =>
    [
        .. Head(page),
        .. PlainEnglishCheck.Of(page, course.Head.PlainEnglish).Select(mistake => $"{At(page, mistake.Near)}: {mistake.Sentence}"),
        .. Check(course, page),
        .. Reflection(course, page),
        .. page.Video is { } video ? VideoCheck.Of(course, page, video) : [],
    ];

    /// <summary>The line of a page's Markdown on which some words stand: as many of the first of them as one line holds.</summary>
    public static string At(CoursePage page, string? words)
    {
        var lines = page.Markdown.Split('\n');
        for (var part = words ?? ""; part.Length > 0; part = part.LastIndexOf(' ') is > 0 and var space ? part[..space] : "")
        {
            if (Array.FindIndex(lines, line => line.Contains(part, StringComparison.Ordinal)) is >= 0 and var found)
            {
                return $"{page.File}:{page.FirstLine + found}";
            }
        }

        return $"{page.File}:{page.FirstLine}";
    }

    private static IEnumerable<string> Head(CoursePage page)
    {
        if (string.IsNullOrWhiteSpace(page.Title) || page.Minutes <= 0)
        {
            yield return $"{page.File}:2: has no title or no minutes";
        }
    }

    private static IEnumerable<string> Check(CourseText course, CoursePage page)
    {
        if (page.Check is not { } check)
        {
            yield break;
        }

        var at = course.Files.At(page.File, "check");
        if (string.IsNullOrWhiteSpace(check.Text))
        {
            yield return $"{at}: the check has no text";
        }

        if (check.Id.Length > 0 || check.Pool is not null || check.Outcome.Count > 0)
        {
            yield return $"{at}: the check counts nowhere, so it has no id, pool or outcome";
        }

        foreach (var mistake in QuestionCheck.Of(check))
        {
            yield return $"{at}: the check {mistake}";
        }
    }

    private static IEnumerable<string> Reflection(CourseText course, CoursePage page)
    {
        if (page.Reflection is { } reflection && PlainText.Words(reflection) is < 1 or > LongestReflection)
        {
            yield return $"{course.Files.At(page.File, "reflection")}: the reflection is a question or a sentence of 1 to {LongestReflection} words";
        }
    }
}
