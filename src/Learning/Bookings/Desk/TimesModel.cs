using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>A day of a session, as a form posts it.</summary>
public sealed class PartModel
{
    public string? Day { get; set; }
    public string? Starts { get; set; }
    public string? Ends { get; set; }
    public string? Title { get; set; }
}

/// <summary>When and where a session is, as a form posts it.</summary>
public class TimesModel
{
    public List<PartModel>? Parts { get; set; }
    public string? Mode { get; set; }
    public string? Venue { get; set; }
    public string? JoinLink { get; set; }
    public string? Closes { get; set; }

    /// <summary>As it was typed, for the rules.</summary>
    public TypedTimes Typed => new([.. Rows().Select(part => new TypedPart(part.Day, part.Starts, part.Ends, part.Title))], Mode, Venue, JoinLink, Closes);

    /// <summary>As many rows as the form has.</summary>
    public IReadOnlyList<PartModel> Rows() => [.. Enumerable.Range(0, PlanRules.MostParts).Select(index => Parts?.ElementAtOrDefault(index) ?? new PartModel())];

    /// <summary>Fills it with what a session is.</summary>
    /// <param name="days">False: the days are left to be chosen, for a copy.</param>
    public void Fill(Session session, IReadOnlyList<SessionPart> parts, Zone zone, bool days)
    {
        Parts = [.. parts.Select(part => new PartModel { Day = days ? $"{part.StartsLocal:yyyy-MM-dd}" : null, Starts = $"{part.StartsLocal:HH:mm}", Ends = $"{part.EndsLocal:HH:mm}", Title = part.Title })];
        (Mode, Venue, JoinLink) = (session.Mode.Word(), session.Mode == SessionMode.Virtual ? null : session.Venue, session.Mode == SessionMode.InPerson ? null : session.JoinLink);
        Closes = days && session.BookingClosesAt < session.StartsAt ? $"{zone.LocalOf(session.BookingClosesAt):yyyy-MM-dd}" : null;
    }

    /// <summary>Moves all days by as much as takes the first to <paramref name="day"/>, and the day that booking closes with them; where that would be past, it stays if it can, and else booking closes at the start.</summary>
    public void MoveTo(DateOnly day, Zone zone)
    {
        if (Parts is not [var head, ..] || PlanText.Day(head.Day) is not { } first)
        {
            return;
        }

        var by = day.DayNumber - first.DayNumber;
        foreach (var part in Parts)
        {
            part.Day = PlanText.Day(part.Day) is { } was ? $"{was.AddDays(by):yyyy-MM-dd}" : part.Day;
        }

        Closes = PlanText.Day(Closes) is not { } closes ? Closes
            : closes.AddDays(by) > zone.Today ? $"{closes.AddDays(by):yyyy-MM-dd}"
            : closes <= day ? Closes
            : null;
    }
}

/// <summary>Where a form shows what is wrong with an answer about a session.</summary>
internal static class DeskFields
{
    /// <summary>"Input.Parts[1].Day", "Input.Capacity".</summary>
    public static string Name(DeskMistake mistake) =>
        mistake.Field is DeskField.Day or DeskField.Starts or DeskField.Ends or DeskField.Title ? $"Input.Parts[{mistake.Part}].{mistake.Field}" : $"Input.{mistake.Field}";
}
