using System.Globalization;

using Learning.Time;

namespace Learning.Catalogue;

/// <summary>A course's certificates as they were typed.</summary>
/// <param name="From">The first day of learning that gets one; empty: none.</param>
/// <param name="Share">Per cent.</param>
public sealed record TypedCertificates(string? From, string? Framework, string? Share);

/// <summary>Since when a course grants certificates, and what they say that only the business unit knows (E5). Read from what was typed; pure.</summary>
internal sealed record CourseCertificates(DateOnly? From, string? Framework, decimal? Share)
{
    private const int LongestFramework = 200;

    /// <summary>What was typed; null with the mistakes where it cannot stand.</summary>
    public static CourseCertificates? Read(TypedCertificates typed, List<CourseMistake> mistakes)
    {
        var before = mistakes.Count;
        if (!British.TryDate(typed.From, out var from))
        {
            mistakes.Add(new(CourseField.CertificatesFrom, "Enter the day as a date, such as 1/4/2026"));
        }

        var framework = string.Concat((typed.Framework ?? "").Where(letter => !char.IsControl(letter))).Trim();
        if (framework.Length > LongestFramework)
        {
            mistakes.Add(new(CourseField.LevelFramework, $"The framework must be {LongestFramework} characters or fewer"));
        }

        decimal? share = null;
        if (typed.Share?.Trim().TrimEnd('%') is { Length: > 0 } text)
        {
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, British.Culture, out var percent) && percent is >= 0 and <= 100)
            {
                share = Math.Round(percent / 100, 3);
            }
            else
            {
                mistakes.Add(new(CourseField.ParticipatoryShare, "Enter a share from 0 to 100, such as 50"));
            }
        }

        return mistakes.Count > before ? null : new(from, framework.Length == 0 ? null : framework, share);
    }

    public void SetOn(Course course) => (course.CertificatesFrom, course.LevelFramework, course.ParticipatoryShare) = (From, Framework, Share);
}
