using System.Globalization;

namespace Learning.Time;

/// <summary>Dates and times as people here read them: "Wednesday 1 November 2023", "9:30am to 4pm".</summary>
public static class British
{
    /// <summary>The culture of every word and number that people see.</summary>
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"Wednesday 1 November 2023".</summary>
    public static string Date(DateOnly date) => date.ToString("dddd d MMMM yyyy", Culture);

    /// <summary>"1 November 2023".</summary>
    public static string DateWithoutDay(DateOnly date) => date.ToString("d MMMM yyyy", Culture);

    /// <summary>"Wed 1 Nov 2023": in tables only.</summary>
    public static string ShortDate(DateOnly date) => date.ToString("ddd d MMM yyyy", Culture);

    /// <summary>"9:30am", "4pm", "midday", "midnight".</summary>
    public static string Time(TimeOnly time) => (time.Hour, time.Minute) switch
    {
        (0, 0) => "midnight",
        (12, 0) => "midday",
        (_, 0) => time.ToString("htt", Culture).ToLowerInvariant(),
        _ => time.ToString("h:mmtt", Culture).ToLowerInvariant(),
    };

    /// <summary>"9:30am to 4pm".</summary>
    public static string Times(TimeOnly from, TimeOnly to) => $"{Time(from)} to {Time(to)}";

    /// <summary>"Wednesday 1 November 2023, 9:30am to 4pm", or with both dates when it ends on another day.</summary>
    public static string When(DateTime startsLocal, DateTime endsLocal)
    {
        var (from, to) = (DateOnly.FromDateTime(startsLocal), DateOnly.FromDateTime(endsLocal));
        return from == to
            ? $"{Date(from)}, {Times(TimeOnly.FromDateTime(startsLocal), TimeOnly.FromDateTime(endsLocal))}"
            : $"{Moment(startsLocal)} to {Moment(endsLocal)}";
    }

    /// <summary>"Wednesday 1 November 2023, 9:30am".</summary>
    public static string Moment(DateTime local) => $"{Date(DateOnly.FromDateTime(local))}, {Time(TimeOnly.FromDateTime(local))}";

    /// <summary>"1,234".</summary>
    public static string Number(long number) => number.ToString("N0", Culture);

    /// <summary>A share in whole per cent, halves up: 0.225 is "23%".</summary>
    public static string Percent(double share) => $"{Math.Round(share * 100, MidpointRounding.AwayFromZero)}%";

    /// <summary>"1 place", "3 places"; <paramref name="plural"/> only where it is not the word with an s.</summary>
    public static string Count(long number, string word, string? plural = null) =>
        $"{Number(number)} {(number == 1 ? word : plural ?? word + "s")}";

    /// <summary>A date as a browser's date field sends it, or as people type it: "2026-12-31", "31/12/2026". Nothing typed is no date; false for what is none.</summary>
    public static bool TryDate(string? text, out DateOnly? date)
    {
        date = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (!DateOnly.TryParseExact(text.Trim(), ["yyyy-MM-dd", "d/M/yyyy"], Culture, DateTimeStyles.None, out var typed) || typed.Year is < 1900 or > 8999)
        {
            return false;
        }

        date = typed;
        return true;
    }
}
