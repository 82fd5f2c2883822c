using Learning.Database;
using Learning.People;
using Learning.Time;

namespace Learning.Required;

/// <summary>A rule as it was typed.</summary>
public sealed record TypedRule(string? Course, string? Agency, string? Workforce, string? Level, string? JobWords, string? Months, string? DueDays, string? DueOn, string? Because);

/// <summary>What of a typed rule can be read without the database. Pure.</summary>
internal static class RequiredRules
{
    private const int Longest = 200;

    /// <summary>Months, days and date of a rule; says what is wrong, by field.</summary>
    public static (int? Months, int? DueDays, DateOnly? DueOn) Read(TypedRule typed, Action<string, string> wrong)
    {
        var months = Whole(typed.Months, 1, 240, "Input.Months", "Enter the months as a whole number from 1 to 240, or leave it empty", wrong);
        var days = Whole(typed.DueDays, 0, 3650, "Input.DueDays", "Enter the days as a whole number from 0 to 3650", wrong);
        if (!British.TryDate(typed.DueOn, out var on))
        {
            wrong("Input.DueOn", "Enter a date such as 31/03/2027");
        }
        else if (on is null && string.IsNullOrWhiteSpace(typed.DueDays))
        {
            wrong("Input.DueDays", "Enter the days after joining, or a date");
        }
        else if (on is not null && !string.IsNullOrWhiteSpace(typed.DueDays))
        {
            wrong("Input.DueOn", "Enter the days after joining or a date, not both");
        }

        if (!string.IsNullOrWhiteSpace(typed.Workforce) && !Words.TryParse<Workforce>(typed.Workforce, out _))
        {
            wrong("Input.Workforce", "Choose a workforce of the list, or all");
        }

        foreach (var (field, text, what) in new[] { ("Input.Level", typed.Level, "level"), ("Input.JobWords", typed.JobWords, "words of the job title"), ("Input.Because", typed.Because, "reason") })
        {
            if (text?.Length > Longest)
            {
                wrong(field, $"The {what} can have {Longest} characters at most");
            }
        }

        if (string.IsNullOrWhiteSpace(typed.Because))
        {
            wrong("Input.Because", "Enter why it is needed, such as the framework with its edition");
        }

        return (months, days, on);
    }

    private static int? Whole(string? text, int from, int to, string field, string sentence, Action<string, string> wrong)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text.Trim(), System.Globalization.NumberStyles.None, British.Culture, out var number) && number >= from && number <= to)
        {
            return number;
        }

        wrong(field, sentence);
        return null;
    }
}
