using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Learning.ELearning;

/// <summary>A picture on a page: where it is, and the size that it was drawn in.</summary>
public sealed record CoursePicture(string Address, int Width, int Height);

/// <summary>The pictures of one version of a course. Their addresses name the version, so that whoever began an old one sees its pictures (E1), and a browser may keep them.</summary>
public sealed partial class CoursePictures(string code, CourseFiles files)
{
    /// <summary>The pictures stand in the page itself: for drafts, which have no address.</summary>
    public bool Inside { get; init; }

    public CoursePicture? Find(string? path)
    {
        if (path is null || !FolderFile.IsPicture(path) || !files.Texts.TryGetValue(path, out var svg))
        {
            return null;
        }

        var (width, height) = ViewBox().Match(svg) is { Success: true } box ? (Side(box.Groups[1].Value), Side(box.Groups[2].Value)) : (640, 360);
        return new CoursePicture(Inside ? Whole(svg) : CourseAddress.OfFile(code, files.Digest, path), width, height);
    }

    // A browser runs nothing in a picture.
    private static string Whole(string svg) => $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}";

    private static int Side(string number) => Math.Max(1, (int)Math.Round(double.Parse(number, CultureInfo.InvariantCulture)));

    [GeneratedRegex("""viewBox\s*=\s*["']\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+(\d{1,5}(?:\.\d{1,6})?)[\s,]+(\d{1,5}(?:\.\d{1,6})?)\s*["']""")]
    private static partial Regex ViewBox();
}

/// <summary>Addresses of what belongs to a course's pages.</summary>
public static class CourseAddress
{
    /// <param name="path">Inside the course's folder: a picture or captions of that version, or a recording.</param>
    public static string OfFile(string code, string digest, string path) => $"/learn/{Uri.EscapeDataString(code)}/files/{digest}/{path}";
}
