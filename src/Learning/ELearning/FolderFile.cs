using System.Globalization;
using System.Text.RegularExpressions;

using Learning.Time;

namespace Learning.ELearning;

/// <summary>Which files a course's folder may hold, and how large. Pure.</summary>
public static partial class FolderFile
{
    /// <summary>Of a picture, in bytes: a drawing that teaches is a few kilobytes, and a phone on a break loads it.</summary>
    public const long LargestPicture = 200 * 1024;

    /// <summary>Of any other text, in bytes.</summary>
    public const long LargestText = 512 * 1024;

    /// <summary>Of a recording, in bytes: three minutes at a rate that a phone can take.</summary>
    public const long LargestRecording = 60L * 1024 * 1024;

    private static readonly string[] Texts = [".yaml", ".md", ".svg", ".vtt"];

    /// <summary>A part of the course's version: words, a drawing, captions.</summary>
    public static bool IsText(string path) => Texts.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));

    public static bool IsPicture(string path) => Picture().IsMatch(path);

    public static bool IsRecording(string path) => Recording().IsMatch(path);

    /// <summary>Why a file cannot be a part of a course, or null. A file that a course does not know, such as a note of the author's, is left alone.</summary>
    public static string? WhyNot(string path, long bytes) =>
        path.StartsWith("pictures/", StringComparison.Ordinal) && !IsPicture(path)
            ? $"is no picture that a course can show: it is an SVG file with a name of small letters, digits and hyphens, such as pictures/two-doors.svg"
        : IsPicture(path) && bytes > LargestPicture
            ? $"has {Size(bytes)}, and a picture has {Size(LargestPicture)} at most. Draw it with fewer points, and without a photograph inside"
        : IsRecording(path) && bytes > LargestRecording ? $"has {Size(bytes)}, and a video has {Size(LargestRecording)} at most"
        : IsText(path) && bytes > LargestText ? $"has {Size(bytes)}, and a text has {Size(LargestText)} at most"
        : null;

    private static string Size(long bytes) => bytes >= 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MB")
        : string.Create(British.Culture, $"{(bytes + 1023) / 1024} KB");

    [GeneratedRegex("^pictures/[a-z0-9][a-z0-9-]*\\.svg$")]
    private static partial Regex Picture();

    [GeneratedRegex("^videos/[a-z0-9][a-z0-9-]*\\.mp4$")]
    private static partial Regex Recording();
}
