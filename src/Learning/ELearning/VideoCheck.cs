using System.Globalization;
using System.Text.RegularExpressions;

namespace Learning.ELearning;

/// <summary>What must hold for a video: nobody is left out who cannot hear or see it, and it is short.</summary>
internal static partial class VideoCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static IEnumerable<string> Of(CourseText course, CoursePage page, CourseVideo video)
    {
        var at = course.Files.At(page.File, "video");
        if (string.IsNullOrWhiteSpace(video.Title))
        {
            yield return $"{at}: the video has no title";
        }

        if (!FolderFile.IsRecording(video.File))
        {
            yield return $"{at}: the video’s file is one like videos/first-visit.mp4";
        }
        else if (course.Files.Recordings?.Contains(video.File) == false)
        {
            yield return $"{at}: {video.File} is not in the course’s folder";
        }

        foreach (var mistake in Captions(course.Files, at, video.Captions).Concat(Transcript(course.Files, at, video.Transcript)))
        {
            yield return mistake;
        }
    }

    private static IEnumerable<string> Captions(CourseFiles files, string at, string file)
    {
        if (!file.EndsWith(".vtt", StringComparison.Ordinal) || !files.Texts.TryGetValue(file, out var text))
        {
            yield return $"{at}: the video has no captions: name a file like videos/first-visit.vtt, which is in the course’s folder";
            yield break;
        }

        var cues = Cue().Matches(text);
        if (!text.StartsWith("WEBVTT", StringComparison.Ordinal) || cues.Count == 0)
        {
            yield return $"{file}:1: captions begin with WEBVTT and have lines like 00:00:01.000 --> 00:00:04.000, each with what is said below it";
        }
        else if (cues.Max(cue => TimeSpan.Parse(cue.Groups[1].Value.Count(c => c == ':') == 1 ? $"00:{cue.Groups[1].Value}" : cue.Groups[1].Value, CultureInfo.InvariantCulture)) > Longest)
        {
            yield return $"{file}:1: the video is longer than {Longest.TotalMinutes:0} minutes";
        }
    }

    private static IEnumerable<string> Transcript(CourseFiles files, string at, string file)
    {
        if (!file.EndsWith(".md", StringComparison.Ordinal) || !files.Texts.TryGetValue(file, out var text))
        {
            yield return $"{at}: the video has no transcript: name a file like videos/first-visit.md, which is in the course’s folder";
        }
        else if (PlainText.Words(text) == 0)
        {
            yield return $"{file}:1: the transcript is empty";
        }
    }

    [GeneratedRegex(@"^(?:\d\d:)?\d\d:\d\d\.\d{3}\s+-->\s+((?:\d\d:)?[0-5]\d:[0-5]\d\.\d{3})", RegexOptions.Multiline)]
    private static partial Regex Cue();
}
