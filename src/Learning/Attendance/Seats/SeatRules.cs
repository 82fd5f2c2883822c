using Learning.Time;

namespace Learning.Attendance.Seats;

/// <summary>An answer that a sentence is about.</summary>
public enum SeatField
{
    Name,
    Agency,
    From,
    LastDay,
    Holder,
}

/// <summary>What is wrong with an answer, in words for whoever gave it.</summary>
public sealed record SeatMistake(SeatField Field, string Sentence);

/// <summary>A term as a rule knows it: days, and who or what it says.</summary>
/// <param name="Name">Who holds the seat; null: nobody.</param>
public sealed record TermSeen(Guid Id, DateOnly StartsOn, DateOnly? EndsOn, string? Name, MarkKind? Empty);

/// <summary>What may be said about a forum's seats (A1). Pure.</summary>
public static class SeatRules
{
    /// <summary>Characters of a seat's name.</summary>
    public const int LongestName = 100;

    /// <summary>A name as it is kept: with single spaces.</summary>
    public static string NameOf(string? typed) => string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Why a name cannot be kept; null: it can.</summary>
    public static string? WhyNotName(string name) =>
        name.Length == 0 ? "Enter what the seat is called, such as “Lay member”"
        : !ReadSentMarks.IsText(name, LongestName) ? $"Enter the name in plain letters, at most {LongestName}"
        : null;

    /// <summary>What stands against the days of a seat, from the first up to, not including, the last; null: nothing. Its terms that go on beyond its last day end with it.</summary>
    public static SeatMistake? WhyNotDays(DateOnly startsOn, DateOnly? endsOn, IEnumerable<TermSeen> terms)
    {
        var all = terms.OrderBy(term => term.StartsOn).ToList();
        return endsOn <= startsOn ? new(SeatField.LastDay, "The last day is before the first")
            : all.Find(term => term.StartsOn < startsOn) is { } early ? new(SeatField.From, $"{Says(early)} before that day. Give an earlier one, or take that back first")
            : all.Find(term => term.StartsOn >= endsOn) is { } late ? new(SeatField.LastDay, $"{Says(late)} after that day. Give a later one, or take that back first")
            : null;
    }

    /// <summary>What stands against a term from a day up to, not including, another (null: for as long as the seat is there); null: nothing. No two terms of a seat have a day in common.</summary>
    public static SeatMistake? WhyNotTerm(ForumSeat seat, DateOnly startsOn, DateOnly? endsOn, IEnumerable<TermSeen> terms)
    {
        // A term without a last day ends with its seat: then it is the first day that is beyond.
        if (endsOn <= startsOn && !(endsOn == seat.EndsOn))
        {
            return new(SeatField.LastDay, "The last day is before the first");
        }

        if (startsOn < seat.StartsOn)
        {
            return new(SeatField.From, $"The seat is there from {British.DateWithoutDay(seat.StartsOn)}. Give that day or a later one");
        }

        if (seat.EndsOn is { } last && (endsOn > last || startsOn >= last))
        {
            return new(startsOn >= last ? SeatField.From : SeatField.LastDay, $"The last day of the seat is {British.DateWithoutDay(last.AddDays(-1))}. Give that day or an earlier one");
        }

        return terms.OrderBy(term => term.StartsOn).FirstOrDefault(term => (term.EndsOn is null || startsOn < term.EndsOn) && (endsOn is null || term.StartsOn < endsOn)) is { } other
            ? other.StartsOn <= startsOn
                ? new(SeatField.From, $"{Says(other)} then. {(other.EndsOn is { } ends ? $"Give {British.DateWithoutDay(ends)} or a later day" : "End that first")}")
                : new(SeatField.LastDay, $"{Says(other)} then. Give a last day before {British.DateWithoutDay(other.StartsOn)}")
            : null;
    }

    /// <summary>"Ann Bell holds this seat from 1 April 2016 to 31 August 2016", "It is vacant since 1 September 2016".</summary>
    private static string Says(TermSeen term) => $"{(term.Empty is { } empty ? $"The seat is {MarkWords.Of(empty).ToLowerInvariant()}" : $"{term.Name} holds this seat")} {SeatWords.Days(term.StartsOn, term.EndsOn)}";
}
