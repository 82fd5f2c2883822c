namespace Learning.ELearning;

/// <summary>
/// What must hold before a course is offered: the texts are whole, every choice has its answer, pictures and videos are for everybody, and the contacts that it names are filled in. Returns a
/// line for each mistake, as <c>file:line: what is wrong</c>; none means that the course can be offered.
/// </summary>
public static class ContentCheck
{
    public static IReadOnlyList<string> Of(CourseText course, LocalContacts local) => [.. OfTexts(course), .. OfContacts(course, local)];

    /// <summary>The part that depends on the version alone.</summary>
    public static IReadOnlyList<string> OfTexts(CourseText course) =>
    [
        .. course.Files.Faults, .. Head(course), .. Fields(course), .. course.Pages.SelectMany(page => PageCheck.Of(course, page)), .. PictureCheck.Of(course), .. Names(course),
        .. StoryCheck.Of(course), .. QuizCheck.Of(course),
    ];

    /// <summary>The part that changes with the contacts of the place.</summary>
    public static IReadOnlyList<string> OfContacts(CourseText course, LocalContacts local) =>
        [.. course.Head.Local.Where(field => local.Find(field) is null)
            .Select(field => $"{course.Files.At("course.yaml", "local")}: the local contact {field} is empty in programme/local.yaml")];

    private static IEnumerable<string> Head(CourseText course)
    {
        var head = course.Head;
        foreach (var (name, value) in new[]
                 {
                     ("code", head.Code), ("title", head.Title), ("summary", head.Summary), ("description", head.Description),
                     ("audience", head.Audience), ("level", head.Level), ("you_receive", head.YouReceive),
                 })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{course.Files.At("course.yaml", name)}: {name} is empty";
            }
        }

        if (head.Minutes <= 0)
        {
            yield return $"{course.Files.At("course.yaml", "minutes")}: minutes is not a number above 0";
        }

        if (head.AsAt == default || head.ReviewBy <= head.AsAt)
        {
            yield return $"{course.Files.At("course.yaml", "as_at")}: as_at and review_by are dates, and the review comes after";
        }
    }

    private static IEnumerable<string> Fields(CourseText course) =>
        from page in course.Pages
        from field in CourseMarkdown.Fields(page.Markdown).Except(course.Head.Local)
        select $"{PageCheck.At(page, "{{" + field)}: uses the local contact {field}, which course.yaml does not name under local";

    // A page's name is its address and what an attempt remembers, so the story and the quiz may not have it too.
    private static IEnumerable<string> Names(CourseText course) =>
        new Outline(course).Stops.GroupBy(stop => stop.Name)
            .Where(group => group.Key.Length == 0 || group.Count() > 1)
            .Select(group => $"{(course.Case is null ? "course.yaml:1" : course.Files.At("case.yaml", "id", group.Key))}: the name '{group.Key}' is empty or used by two pages, decisions or the quiz");
}
