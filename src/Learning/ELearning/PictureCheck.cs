using Markdig.Syntax.Inlines;

namespace Learning.ELearning;

/// <summary>
/// What must hold for pictures: each is a drawing of the course's own folder, says its point in words to whoever does not see it, and does nothing but show. A browser runs nothing in a picture
/// either; this is so that a file that is opened by itself does not, and that the author hears of it.
/// </summary>
internal static class PictureCheck
{
    public static IEnumerable<string> Of(CourseText course) =>
    [
        .. Places(course).SelectMany(place => OfPlace(course.Files, place)),
        .. course.Files.Texts.Where(text => FolderFile.IsPicture(text.Key)).SelectMany(text => SvgCheck.Of(text.Value).Select(mistake => $"{text.Key}:{mistake.Line}: {mistake.Sentence}")),
    ];

    private static IEnumerable<string> OfPlace(CourseFiles files, (string At, LinkInline Picture) place)
    {
        var (at, picture) = place;
        if (string.IsNullOrWhiteSpace(CourseMarkdown.AltOf(picture)))
        {
            yield return $"{at}: the picture has no alternative text: write its point between the square brackets, as in ![what it shows](pictures/two-doors.svg)";
        }

        if (!FolderFile.IsPicture(picture.Url ?? ""))
        {
            yield return $"{at}: a picture is a file of the course’s own folder, such as pictures/two-doors.svg, not {picture.Url}";
        }
        else if (!files.Texts.ContainsKey(picture.Url!))
        {
            yield return $"{at}: {picture.Url} is not in the course’s folder";
        }
    }

    // Where pictures may stand: in pages, and in what a story tells.
    private static IEnumerable<(string At, LinkInline Picture)> Places(CourseText course) =>
        course.Pages.SelectMany(page => CourseMarkdown.Pictures(page.Markdown).Select(p => ($"{page.File}:{page.FirstLine + p.Line}", p)))
            .Concat((course.Case?.Decisions ?? []).SelectMany(d => CourseMarkdown.Pictures(d.Story).Select(p => (course.Files.At("case.yaml", "id", d.Id, "story"), p))))
            .Concat(CourseMarkdown.Pictures(course.Case?.Ending ?? "").Select(p => (course.Files.At("case.yaml", "ending"), p)));
}
