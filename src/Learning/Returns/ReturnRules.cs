using Learning.Time;

namespace Learning.Returns;

/// <summary>A number of people as it was typed, beside what it is of.</summary>
/// <param name="InScope">Null: nothing is returned for the level.</param>
public sealed record TypedReturn(string Level, string? InScope, string? Valid);

/// <summary>What may be returned. Pure; the page and the file are held to the same.</summary>
public static class ReturnRules
{
    /// <summary>The bytes of a file.</summary>
    public const int LargestFile = 1_000_000;

    /// <summary>The rows of a file.</summary>
    public const int MostRows = 10_000;

    private const int MostPeople = 1_000_000;

    /// <summary>What is wrong with a date; null: nothing. A count of people is of a day that has been.</summary>
    public static string? WhyNotDate(DateOnly? date, DateOnly today) => date switch
    {
        null => "Enter the date on which people were counted",
        { } day when day > today => "The date is still to come: enter a day on which people have been counted",
        { Year: < 2000 } => "Enter a date since 2000",
        _ => null,
    };

    /// <summary>A number of people; null where nothing is typed, and a sentence where it is no number.</summary>
    public static (int? Number, string? Wrong) Number(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }

        return int.TryParse(text.Trim().Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.None, British.Culture, out var number) && number <= MostPeople
            ? (number, null) : (null, $"Enter the people {what} as a whole number, such as 40");
    }

    /// <summary>What is wrong with two numbers that belong together; null: nothing.</summary>
    public static string? WhyNotPair(int? inScope, int? valid) => (inScope, valid) switch
    {
        (null, null) => null,
        (null, _) => "Enter how many people are in scope, too",
        (_, null) => "Enter how many of them hold valid training; nobody is 0",
        var (all, some) when some > all => $"{British.Number(some!.Value)} people cannot hold valid training where {British.Number(all!.Value)} are in scope",
        _ => null,
    };
}
