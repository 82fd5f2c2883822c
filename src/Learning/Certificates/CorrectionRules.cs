using Learning.Time;

namespace Learning.Certificates;

/// <summary>An answer on the form that says what is missing.</summary>
public enum MissingField
{
    Course,
    LearntOn,
    What,
}

/// <summary>What is wrong with an answer, in words for whoever gave it.</summary>
public sealed record MissingMistake(MissingField Field, string Sentence);

/// <summary>What somebody may say is missing in their record. Pure.</summary>
internal static class CorrectionRules
{
    /// <summary>Characters of a course, of what is wrong, of an answer.</summary>
    public const int LongestCourse = 200, LongestWhat = 1000;

    /// <summary>That wait for an answer, of one person.</summary>
    public const int MostOpen = 20;

    /// <summary>What is wrong with what was typed; none: it can be sent.</summary>
    public static IReadOnlyList<MissingMistake> Check(string? course, string? on, string? what, int open, DateOnly today, out DateOnly? learntOn)
    {
        var mistakes = new List<MissingMistake>();
        if (course is null)
        {
            mistakes.Add(new(MissingField.Course, "Say which course or session it is"));
        }
        else if (course.Length > LongestCourse)
        {
            mistakes.Add(new(MissingField.Course, $"The course must be {LongestCourse} characters or fewer"));
        }

        if (!British.TryDate(on, out learntOn))
        {
            mistakes.Add(new(MissingField.LearntOn, "Enter the day as a date, such as 31/3/2026"));
        }
        else if (learntOn > today)
        {
            mistakes.Add(new(MissingField.LearntOn, "The day lies ahead"));
        }

        if (what is null)
        {
            mistakes.Add(new(MissingField.What, "Say what is missing or wrong"));
        }
        else if (what.Length > LongestWhat)
        {
            mistakes.Add(new(MissingField.What, $"Say it in {LongestWhat} characters or fewer"));
        }

        if (open >= MostOpen)
        {
            mistakes.Add(new(MissingField.What, $"{MostOpen} of yours wait for an answer already"));
        }

        return mistakes;
    }
}
