namespace Learning.ELearning;

/// <summary>
/// What must hold before a course is offered: the texts are whole, every choice has its answer, and the contacts that it names
/// are filled in. Returns a line for each mistake, beginning with the file; none means that the course can be offered.
/// </summary>
public static class ContentCheck
{
    public static IReadOnlyList<string> Of(CourseText course, LocalContacts local) => [.. OfTexts(course), .. OfContacts(course, local)];

    /// <summary>The part that depends on the version alone.</summary>
    public static IReadOnlyList<string> OfTexts(CourseText course) =>
        [.. Head(course.Head), .. Fields(course), .. Pages(course), .. Names(course), .. Story(course.Case), .. QuizCheck.Of(course)];

    /// <summary>The part that changes with the contacts of the place.</summary>
    public static IReadOnlyList<string> OfContacts(CourseText course, LocalContacts local) =>
        [.. course.Head.Local.Where(field => local.Find(field) is null)
            .Select(field => $"course.yaml: the local contact {field} is empty in programme/local.yaml")];

    private static IEnumerable<string> Head(CourseHead head)
    {
        foreach (var (name, value) in new[]
                 {
                     ("code", head.Code), ("title", head.Title), ("summary", head.Summary), ("description", head.Description),
                     ("audience", head.Audience), ("level", head.Level), ("you_receive", head.YouReceive),
                 })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"course.yaml: {name} is empty";
            }
        }

        if (head.Minutes <= 0)
        {
            yield return "course.yaml: minutes is not a number above 0";
        }

        if (head.AsAt == default || head.ReviewBy <= head.AsAt)
        {
            yield return "course.yaml: as_at and review_by are dates, and the review comes after";
        }
    }

    private static IEnumerable<string> Fields(CourseText course) =>
        from page in course.Pages
        from field in CourseMarkdown.Fields(page.Markdown).Except(course.Head.Local)
        select $"pages/{page.Name}: uses the local contact {field}, which course.yaml does not name under local";

    private static IEnumerable<string> Pages(CourseText course)
    {
        foreach (var page in course.Pages)
        {
            if (string.IsNullOrWhiteSpace(page.Title) || page.Minutes <= 0)
            {
                yield return $"pages/{page.Name}: has no title or no minutes";
            }

            foreach (var mistake in PlainEnglishCheck.Of(page, course.Head.PlainEnglish))
            {
                yield return $"pages/{page.Name}: {mistake}";
            }
        }
    }

    // A page's name is its address and what an attempt remembers, so the story and the quiz may not have it too.
    private static IEnumerable<string> Names(CourseText course) =>
        new Outline(course).Stops.GroupBy(stop => stop.Name)
            .Where(group => group.Key.Length == 0 || group.Count() > 1)
            .Select(group => $"the name '{group.Key}' is empty or used by two pages, decisions or the quiz");

    private static IEnumerable<string> Story(CaseStudy? story)
    {
        foreach (var decision in story?.Decisions ?? [])
        {
            if (decision.Options.Count < 2)
            {
                yield return $"case.yaml: {decision.Id} has fewer than two choices";
            }

            if (decision.Options.Any(o => new[] { o.Text, o.Effect, o.Reason, o.After }.Any(string.IsNullOrWhiteSpace)))
            {
                yield return $"case.yaml: {decision.Id} has a choice without text, effect, reason or after";
            }
        }

        if (story is not null && (story.Decisions.Count == 0 || string.IsNullOrWhiteSpace(story.Ending)))
        {
            yield return "case.yaml: a story has decisions and an ending";
        }
    }
}
