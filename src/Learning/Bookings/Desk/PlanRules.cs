using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>What can be planned, and a sentence beside the field for what cannot. Pure; the numbers are an installation's to change.</summary>
public static class PlanRules
{
    /// <summary>Days of a session.</summary>
    public const int MostParts = 6;

    /// <summary>Sessions of a series.</summary>
    public const int MostRepeats = 26;

    /// <summary>Characters of a venue or a part's title.</summary>
    public const int LongestVenue = 200;
    public const int LongestLink = 2000;

    /// <summary>Days from the first part to the last: what is further away is another session.</summary>
    public const int Longest = 180;

    /// <summary>Years ahead; what is typed for later is a slip.</summary>
    public const int YearsAhead = 5;

    /// <summary>Reads when and where; null, and at least one mistake more, where that cannot be. A part that is not the first and has nothing in it is none.</summary>
    /// <param name="closedOn">The day on which booking closes already: it may stay, though it is past.</param>
    public static PlannedTimes? Times(TypedTimes typed, Zone zone, List<DeskMistake> mistakes, DateOnly? closedOn = null)
    {
        var before = mistakes.Count;
        var parts = Parts(typed.Parts, zone, mistakes);
        var mode = Words.TryParse<SessionMode>(typed.Mode, out var one) ? one : (SessionMode?)null;
        if (mode is null)
        {
            mistakes.Add(new(DeskField.Mode, "Choose how people come together"));
        }

        var (venue, link) = (DeskText.Line(typed.Venue, int.MaxValue), DeskText.Line(typed.JoinLink, int.MaxValue));
        if (venue?.Length > LongestVenue)
        {
            mistakes.Add(new(DeskField.Venue, $"Write the venue in {LongestVenue} characters or fewer"));
        }
        else if (venue is not null && mode == SessionMode.Virtual)
        {
            mistakes.Add(new(DeskField.Venue, "An online session has no venue. Leave it empty, or choose that people come in person or online"));
        }

        if (WhyNotLink(link, mode) is { } wrong)
        {
            mistakes.Add(new(DeskField.JoinLink, wrong));
        }

        var closes = PlanText.Day(typed.Closes);
        if (closes is null && !string.IsNullOrWhiteSpace(typed.Closes))
        {
            mistakes.Add(new(DeskField.Closes, "Enter a date, such as 31/12/2026, or leave it empty"));
        }
        else if (parts.Count > 0 && closes > DateOnly.FromDateTime(parts[0].Starts))
        {
            mistakes.Add(new(DeskField.Closes, "Booking closes before the session starts, or on its first day"));
        }
        else if (closes is { } day && day != closedOn && zone.InstantOf(day.ToDateTime(PlannedTimes.ClosingTime)) <= zone.Now)
        {
            mistakes.Add(new(DeskField.Closes, "Enter a day that is still to come"));
        }

        return mistakes.Count > before ? null : new(parts, mode!.Value, venue, link, closes);
    }

    /// <summary>Null when a minimum is decided on that day; both or neither are given.</summary>
    public static DeskMistake? WhyNotMinimum(string? typed, string? typedDay, int? capacity, DateOnly? firstDay, DateOnly today, out int? minimum, out DateOnly? day)
    {
        (minimum, day) = (DeskText.Number(typed), PlanText.Day(typedDay));
        return !string.IsNullOrWhiteSpace(typed) && (minimum is null or < 1 || minimum > capacity) ? new(DeskField.Minimum, "Enter how few people it takes place with, 1 or more and no more than there are places, or leave it empty")
            : minimum is null && string.IsNullOrWhiteSpace(typedDay) ? null
            : minimum is null ? new(DeskField.Minimum, "Enter how few people it takes place with, or leave the day empty too")
            : day is null ? new(DeskField.DecideOn, "Enter the day on which it is decided whether it takes place")
            : day < today ? new(DeskField.DecideOn, "Enter a day that is still to come")
            : day > firstDay ? new(DeskField.DecideOn, "It is decided before the session starts")
            : null;
    }

    private static string? WhyNotLink(string? link, SessionMode? mode) =>
        link is null ? null
        : mode == SessionMode.InPerson ? "Nobody joins a session in person by a link. Leave it empty, or choose another way of coming together"
        : link.Length > LongestLink || !Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") ? "Enter a link that begins with https://"
        : null;

    private static List<PlannedPart> Parts(IReadOnlyList<TypedPart> typed, Zone zone, List<DeskMistake> mistakes)
    {
        var parts = new List<PlannedPart>();
        foreach (var (index, part) in typed.Index().Where(part => part.Index == 0 || !part.Item.IsEmpty).Take(MostParts))
        {
            void Wrong(DeskField field, string sentence) => mistakes.Add(new(field, sentence, index));
            var (day, starts, ends) = (PlanText.Day(part.Day), PlanText.Time(part.Starts), PlanText.Time(part.Ends));
            if (day is null)
            {
                Wrong(DeskField.Day, "Enter its date, such as 31/12/2026");
            }

            if (starts is null)
            {
                Wrong(DeskField.Starts, "Enter when it starts, such as 9:30am");
            }

            if (ends is null)
            {
                Wrong(DeskField.Ends, "Enter when it ends, such as 4pm");
            }

            if (part.Title?.Trim().Length > LongestVenue)
            {
                Wrong(DeskField.Title, $"Write the title in {LongestVenue} characters or fewer");
            }

            if (day is null || starts is null || ends is null)
            {
                continue;
            }

            var (from, to) = (day.Value.ToDateTime(starts.Value), day.Value.ToDateTime(ends.Value));
            // The hour that spring skips is no time to begin or end in, and none passes in it.
            var lasts = to > from && zone.InstantOf(to) > zone.InstantOf(from);
            if (zone.InstantOf(from) <= zone.Now)
            {
                Wrong(DeskField.Day, "Enter a date and time that are still to come");
            }
            else if (day > zone.Today.AddYears(YearsAhead))
            {
                Wrong(DeskField.Day, $"Enter a date within the next {YearsAhead} years");
            }
            else if (parts.Count > 0 && from < parts[^1].Ends)
            {
                Wrong(DeskField.Day, "It starts before the one above ends. Put the days in order");
            }
            else if (parts.Count > 0 && (from - parts[0].Starts).TotalDays > Longest)
            {
                Wrong(DeskField.Day, $"It lies outside the session: more than {Longest} days after the first day");
            }
            else if (lasts)
            {
                parts.Add(new(from, to, DeskText.Line(part.Title, LongestVenue)));
            }

            if (!lasts)
            {
                Wrong(DeskField.Ends, "Enter an end that is after the start");
            }
        }

        return parts;
    }
}
