using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>Which sessions of a year the planner shows; null: any.</summary>
/// <param name="Year">The year in which the financial year begins, April to March.</param>
/// <param name="Programme">A programme's code.</param>
/// <param name="Venue">A venue as it is written, whatever the case.</param>
public sealed record PlannerFilter(int Year, string? Programme, Board? Board, string? Venue, Guid? Trainer)
{
    public const string Path = "/manage/planner";

    /// <summary>Characters of a code or venue.</summary>
    public const int Longest = 200;

    /// <summary>Reads what an address asks for; what is none of these is not asked, and without a year it is the one that today lies in.</summary>
    public static PlannerFilter Of(string? year, string? programme, string? board, string? venue, string? trainer, DateOnly today) => new(
        DeskText.Number(year) is { } first and > 1900 and < 8999 ? first : YearOf(today), DeskText.Line(programme, Longest), Words.TryParse<Board>(board, out var one) ? one : null,
        DeskText.Line(venue, Longest), Guid.TryParse(trainer, out var id) ? id : null);

    /// <summary>The first day of the year, and the first day after it.</summary>
    public (DateOnly From, DateOnly To) Days => (new(Year, 4, 1), new(Year + 1, 4, 1));

    /// <summary>Whether anything but the year is asked for.</summary>
    public bool Narrows => this != new PlannerFilter(Year, null, null, null, null);

    /// <summary>The address of the planner with this filter.</summary>
    public string Address => Path + DeskText.Query(
        ("year", Year.ToString(British.Culture)), ("programme", Programme), ("board", Board?.Word()), ("venue", Venue), ("trainer", Trainer?.ToString()));

    /// <summary>Whether a session is to be shown.</summary>
    public bool Takes(PlannerLine line) =>
        (Programme is null || line.Programmes.Contains(Programme, StringComparer.OrdinalIgnoreCase)) && (Board is null || line.Board == Board)
        && (Venue is null || Venue.Equals(line.Venue?.Trim(), StringComparison.OrdinalIgnoreCase)) && (Trainer is null || line.TrainerIds.Contains(Trainer.Value));

    /// <summary>The year in which the financial year of a day begins.</summary>
    public static int YearOf(DateOnly day) => day.Month >= 4 ? day.Year : day.Year - 1;
}
